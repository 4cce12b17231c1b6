namespace Yaopai.Server.Recognition;

internal static class RecognitionRegistration
{
    public static IServiceCollection AddRecognition(this IServiceCollection services)
    {
        services.AddOptions<RecognitionOptions>().BindConfiguration(RecognitionOptions.SectionName)
            .ValidateDataAnnotations().ValidateOnStart();
        return services.AddSingleton<Pictures>()
            .AddSingleton<IOcrEngine, TesseractEngine>()
            .AddSingleton<IFaceEngine, HttpFaceEngine>();
    }
}
