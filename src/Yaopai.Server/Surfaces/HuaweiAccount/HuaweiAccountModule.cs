using System.Net;
using Yaopai.Server.Events;
using Yaopai.Server.Gateway;
using Yaopai.Server.OAuth;
using Yaopai.Server.Surfaces.HuaweiAccount.Events;
using Yaopai.Server.Surfaces.HuaweiAccount.OAuth;
using Yaopai.Server.Surfaces.HuaweiAccount.People;
using Yaopai.Server.Surfaces.HuaweiAccount.Tokens;

namespace Yaopai.Server.Surfaces.HuaweiAccount;

/// <summary>Huawei Account, as the program takes it in.</summary>
internal sealed class HuaweiAccountModule : ISurfaceModule
{
    public void AddProfile(IServiceCollection services)
    {
        services.AddOptions<HuaweiAccountGrantOptions>().BindConfiguration(HuaweiAccountGrantOptions.SectionName)
            .ValidateDataAnnotations().ValidateOnStart();
        services.AddProfile<HuaweiAccountProfile>();
        services.AddSingleton<IEventWriter, SecurityEvents>(); // the command line sets which events an app is told
    }

    public void AddSurface(IServiceCollection services)
    {
        services.AddOptions<HuaweiAccountOptions>().Validate(
            options => options.MainlandNetworks.All(text => IPNetwork.TryParse(text, out _)),
            $"{HuaweiAccountOptions.SectionName}:{nameof(HuaweiAccountOptions.MainlandNetworks)}: networks such as 10.0.0.0/8.");
        services
            .AddSurface<HuaweiAccountSurface, HuaweiAccountOptions>(HuaweiAccountOptions.SectionName)
            .AddSingleton<IdTokens>()
            .AddSingleton<IdTokenHints>()
            .AddSingleton<UserTokensKit>()
            .AddSingleton<OneTap>()
            .AddSingleton<VerifyTokens>()
            .AddSingleton<RealNameCalls>()
            .AddSingleton<ISandboxCodes, HuaweiAccountCodes>();
    }
}
