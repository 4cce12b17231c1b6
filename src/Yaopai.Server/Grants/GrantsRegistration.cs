namespace Yaopai.Server.Grants;

internal static class GrantsRegistration
{
    public static IServiceCollection AddGrants(this IServiceCollection services)
    {
        services.AddOptions<GrantOptions>().BindConfiguration(GrantOptions.SectionName).ValidateDataAnnotations().ValidateOnStart();
        return services
            .AddSingleton<RevocationList>()
            .AddSingleton<CredentialSealer>()
            .AddSingleton<CredentialReader>()
            .AddSingleton<Issuer>()
            .AddSingleton<Revoker>()
            .AddSingleton<CodeExchange>()
            .AddSingleton<Tickets>()
            .AddSingleton<Decisions>()
            .AddSingleton<DeviceAuthorizations>();
    }
}
