namespace Yaopai.Server.Credentials;

internal static class CredentialsRegistration
{
    public static IServiceCollection AddCredentials(this IServiceCollection services)
    {
        services.AddOptions<GrantOptions>().BindConfiguration(GrantOptions.SectionName).ValidateDataAnnotations().ValidateOnStart();
        return services
            .AddSingleton<RevocationList>()
            .AddSingleton<IRevocationListener>(provider => provider.GetRequiredService<RevocationList>())
            .AddSingleton<HybridClock>()
            .AddSingleton<IRevocationListener>(provider => provider.GetRequiredService<HybridClock>())
            .AddSingleton<CredentialSealer>()
            .AddSingleton<CredentialReader>()
            .AddSingleton<CredentialIssuer>()
            .AddSingleton<RefreshTokenUse>()
            .AddSingleton<TicketUse>()
            .AddSingleton<Revoker>()
            .AddSingleton<CodeUse>();
    }
}
