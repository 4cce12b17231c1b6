namespace Yaopai.Server.Credentials;

internal static class CredentialsRegistration
{
    public static IServiceCollection AddCredentials(this IServiceCollection services)
    {
        services.AddOptions<GrantOptions>().BindConfiguration(GrantOptions.SectionName).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<OpenGrantOptions>().BindConfiguration(OpenGrantOptions.SectionName).ValidateDataAnnotations().ValidateOnStart();
        return services
            .AddSingleton<RealmLifetimes>()
            .AddSingleton<RevocationList>()
            .AddSingleton<IRevocationListener>(provider => provider.GetRequiredService<RevocationList>())
            .AddSingleton<CredentialSealer>()
            .AddSingleton<CredentialReader>()
            .AddSingleton<Issuer>()
            .AddSingleton<SessionSecrets>()
            .AddSingleton<OpenIssuer>()
            .AddSingleton<OpenCredentials>()
            .AddSingleton<RefreshTokenUse>()
            .AddSingleton<Revoker>()
            .AddSingleton<CodeUse>();
    }
}
