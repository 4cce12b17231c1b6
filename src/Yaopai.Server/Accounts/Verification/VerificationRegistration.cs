namespace Yaopai.Server.Accounts.Verification;

internal static class VerificationRegistration
{
    public static IServiceCollection AddVerification(this IServiceCollection services)
    {
        services.AddOptions<VerificationOptions>().BindConfiguration(VerificationOptions.SectionName)
            .ValidateDataAnnotations().ValidateOnStart();
        return services.AddSingleton<VerificationCodes>().AddSingleton<IVerificationSender, WebhookSender>();
    }
}
