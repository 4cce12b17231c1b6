namespace Yaopai.Server.Knowledge;

internal static class KnowledgeRegistration
{
    public static IServiceCollection AddKnowledge(this IServiceCollection services)
    {
        services.AddOptions<KnowledgeOptions>().BindConfiguration(KnowledgeOptions.SectionName).ValidateDataAnnotations().ValidateOnStart();
        return services.AddSingleton<Attachments>();
    }
}
