namespace Yaopai.Server.Accounts.Verification;

internal static class VerificationRegistration
{
    public static IServiceCollection AddVerification(this IServiceCollection services)
    {
        services.AddOptions<VerificationOptions>().BindConfiguration(VerificationOptions.SectionName)
            .ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<MailOptions>().BindConfiguration(MailOptions.SectionName).ValidateDataAnnotations().ValidateOnStart();
        return services
            .AddSingleton<VerificationCodes>()
            .AddSingleton<WebhookSender>()
            .AddSingleton<MailSender>()
            .AddSingleton<IVerificationSender, Senders>()
            .AddSingleton<MessagePost>()
            .AddSingleton<AccountNotices>();
    }

    /// <summary>For programs that serve: a command of the command line is over before anything is sent.</summary>
    public static IServiceCollection AddMessagePost(this IServiceCollection services) =>
        services.AddHostedService(provider => provider.GetRequiredService<MessagePost>());
}
