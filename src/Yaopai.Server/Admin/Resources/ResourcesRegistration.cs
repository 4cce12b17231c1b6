namespace Yaopai.Server.Admin.Resources;

internal static class ResourcesRegistration
{
    public static IServiceCollection AddAdministrationOfResources(this IServiceCollection services) => services
        .AddSingleton<Auditor>()
        .AddSingleton<Readmission>()
        .AddSingleton<AppAdministration>()
        .AddSingleton<DeveloperAdministration>()
        .AddSingleton<GroupAdministration>()
        .AddSingleton<UserAdministration>()
        .AddSingleton<TenantAdministration>()
        .AddSingleton<KeyAdministration>()
        .AddSingleton<EventAdministration>()
        .AddSingleton<AdminKeyAdministration>();
}
