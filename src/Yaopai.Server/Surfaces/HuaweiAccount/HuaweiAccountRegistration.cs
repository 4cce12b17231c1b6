using Yaopai.Server.Protocol;

namespace Yaopai.Server.Surfaces.HuaweiAccount;

internal static class HuaweiAccountRegistration
{
    public static IServiceCollection AddHuaweiAccount(this IServiceCollection services) => services
        .AddSurface<HuaweiAccountSurface, HuaweiAccountOptions>(HuaweiAccountOptions.SectionName)
        .AddSingleton<IdTokens>()
        .AddSingleton<Authorize.Services>()
        .AddSingleton<Token.Services>()
        .AddSingleton<DeviceCode.Services>()
        .AddSingleton<GetTokenInfo.Services>()
        .AddSingleton<Revoke.Services>()
        .AddSingleton<GetInfo.Services>()
        .AddSingleton<OpenIdConfiguration.Services>()
        .AddSingleton<Certs.Services>()
        .AddSingleton<TokenInfo.Services>()
        .AddSingleton<GetRiskLevel.Services>();
}
