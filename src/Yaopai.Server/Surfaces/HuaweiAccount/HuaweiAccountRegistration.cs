using System.Net;
using Yaopai.Server.Events;
using Yaopai.Server.Gateway;
using Yaopai.Server.Surfaces.HuaweiAccount.Events;
using Yaopai.Server.Surfaces.HuaweiAccount.OAuth;
using Yaopai.Server.Surfaces.HuaweiAccount.People;
using Yaopai.Server.Surfaces.HuaweiAccount.Tokens;

namespace Yaopai.Server.Surfaces.HuaweiAccount;

internal static class HuaweiAccountRegistration
{
    public static IServiceCollection AddHuaweiAccount(this IServiceCollection services)
    {
        services.AddOptions<HuaweiAccountOptions>().Validate(
            options => options.MainlandNetworks.All(text => IPNetwork.TryParse(text, out _)),
            $"{HuaweiAccountOptions.SectionName}:{nameof(HuaweiAccountOptions.MainlandNetworks)}: networks such as 10.0.0.0/8.");
        return AddParts(services);
    }

    /// <summary>What apps of the platform are told. The command line needs it too: its verbs change what apps are told of.</summary>
    public static IServiceCollection AddHuaweiAccountEvents(this IServiceCollection services) =>
        services.AddSingleton<IEventWriter, SecurityEvents>();

    private static IServiceCollection AddParts(IServiceCollection services) => services
        .AddSurface<HuaweiAccountSurface, HuaweiAccountOptions>(HuaweiAccountOptions.SectionName)
        .AddSingleton<IdTokens>()
        .AddSingleton<OneTap>()
        .AddSingleton<Authorize.Services>()
        .AddSingleton<Token.Services>()
        .AddSingleton<DeviceCode.Services>()
        .AddSingleton<DevicePage.Services>()
        .AddSingleton<GetTokenInfo.Services>()
        .AddSingleton<Revoke.Services>()
        .AddSingleton<GetInfo.Services>()
        .AddSingleton<OpenIdConfiguration.Services>()
        .AddSingleton<Certs.Services>()
        .AddSingleton<TokenInfo.Services>()
        .AddSingleton<VerifyTokens>()
        .AddSingleton<RealNameCall.Services>()
        .AddSingleton<GetRealName.Services>()
        .AddSingleton<VerifyRealName.Services>()
        .AddSingleton<GetRiskLevel.Services>()
        .AddSingleton<RiscConfiguration.Services>()
        .AddSingleton<QuickLogin.Services>()
        .AddSingleton<OpenIdToUnionId.Services>()
        .AddSingleton<BatchGetGroupUnionId.Services>();
}
