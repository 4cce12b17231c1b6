namespace Yaopai.Server.Administration;

internal static class AdministrationRegistration
{
    public static IServiceCollection AddAdministration(this IServiceCollection services) => services
        .AddSingleton<AdminKeys>()
        .AddSingleton<AuditVerification>();
}
