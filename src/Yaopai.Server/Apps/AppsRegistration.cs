using Yaopai.Server.Stores;

namespace Yaopai.Server.Apps;

internal static class AppsRegistration
{
    public static IServiceCollection AddApps(this IServiceCollection services) => services
        .AddSingleton<IAppClock, WallClock>()
        .AddSingleton<AppDirectory>()
        .AddSingleton<IChangeListener>(provider => provider.GetRequiredService<AppDirectory>())
        .AddSingleton<SigningSecrets>();
}
