using Yaopai.Server.Consents.Scans;

namespace Yaopai.Server.Consents;

internal static class ConsentsRegistration
{
    public static IServiceCollection AddConsents(this IServiceCollection services) => services
        .AddSingleton<Withdrawal>()
        .AddSingleton<Tickets>()
        .AddSingleton<ScanScenes>()
        .AddSingleton<Decisions>()
        .AddSingleton<DeviceAuthorizations>();
}
