using Yaopai.Server.Stores;

namespace Yaopai.Server.Organisations;

internal static class OrganisationsRegistration
{
    public static IServiceCollection AddOrganisations(this IServiceCollection services)
    {
        services.AddOptions<RegistrationOptions>().BindConfiguration(RegistrationOptions.SectionName)
            .ValidateDataAnnotations().ValidateOnStart();
        return services
            .AddSingleton<TenantDirectory>()
            .AddSingleton<IChangeListener>(provider => provider.GetRequiredService<TenantDirectory>());
    }
}
