using Yaopai.Server.Apps;
using Yaopai.Server.Gateway;
using Yaopai.Server.OAuth;
using Yaopai.Server.Surfaces.Identity.Gateway;
using Yaopai.Server.Surfaces.Identity.MiniProgram;
using Yaopai.Server.Surfaces.Identity.OAuth;
using Yaopai.Server.Surfaces.Identity.Users;
using Yaopai.Server.Surfaces.Identity.WeChat;

namespace Yaopai.Server.Surfaces.Identity;

/// <summary>The identity platform, as the program takes it in.</summary>
internal sealed class IdentityModule : ISurfaceModule
{
    public GrantTypes? GrantTypes => IdentityGrantTypes.Types;

    public void AddProfile(IServiceCollection services)
    {
        services.AddOptions<IdentityGrantOptions>().BindConfiguration(IdentityGrantOptions.SectionName)
            .ValidateDataAnnotations().ValidateOnStart();
        services.AddProfile<IdentityProfile>();
    }

    public void AddSurface(IServiceCollection services) => services
        .AddSurface<IdentitySurface, IdentityOptions>(IdentityOptions.SectionName)
        .AddSingleton<IdentityDialect>()
        .AddSingleton<CallerKit>()
        .AddSingleton<BearerKit>()
        .AddSingleton<UserTokens>()
        .AddSingleton<QrMaker>()
        .AddSingleton<SocialSignIn>()
        .AddSingleton<MiniSessions>()
        .AddSingleton<BindKit>()
        .AddSingleton<GatewayKit>()
        .AddSingleton<ManagedUsers>()
        .AddSingleton<ISandboxCodes, IdentityCodes>();
}
