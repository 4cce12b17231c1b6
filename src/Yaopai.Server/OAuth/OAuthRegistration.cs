using Yaopai.Server.Credentials;
using Yaopai.Server.OAuth.Authorization;
using Yaopai.Server.OAuth.Devices;
using Yaopai.Server.OAuth.Grants;

namespace Yaopai.Server.OAuth;

internal static class OAuthRegistration
{
    /// <summary>What the profiles of surfaces are held in: the command line needs it too.</summary>
    public static IServiceCollection AddProfiles(this IServiceCollection services) => services
        .AddSingleton<SurfaceProfiles>()
        .AddSingleton<CredentialProfiles>()
        .AddSingleton<SessionProfile>()
        .AddSingleton(provider => provider.GetRequiredService<SessionProfile>().Credentials);

    /// <summary>The checks, the grants and the way to the pages that all surfaces share.</summary>
    public static IServiceCollection AddOAuth(this IServiceCollection services) => services
        .AddSingleton<Sessions>()
        .AddSingleton<UserCodeLookup>()
        .AddSingleton<SandboxParties>()
        .AddSingleton<AuthorizationKit>()
        .AddSingleton<VerificationKit>()
        .AddSingleton<GrantKit>();

    /// <summary>The profile of one surface, for those who serve all of them and for itself.</summary>
    public static IServiceCollection AddProfile<T>(this IServiceCollection services) where T : SurfaceProfile => services
        .AddSingleton<T>()
        .AddSingleton<SurfaceProfile>(provider => provider.GetRequiredService<T>())
        .AddSingleton(provider => provider.GetRequiredService<T>().Credentials);
}
