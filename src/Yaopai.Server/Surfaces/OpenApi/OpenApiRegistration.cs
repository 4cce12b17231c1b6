using Yaopai.Server.Protocol;

namespace Yaopai.Server.Surfaces.OpenApi;

internal static class OpenApiRegistration
{
    public static IServiceCollection AddOpenApi(this IServiceCollection services) => services
        .AddSurface<OpenApiSurface, OpenApiOptions>(OpenApiOptions.SectionName)
        .AddSingleton<OpenApiDialect>()
        .AddSingleton<Methods>()
        .AddSingleton<OAuthEndpoints>()
        .AddSingleton<Authorize.Services>()
        .AddSingleton<Token.Services>()
        .AddSingleton<TokenInfo.Services>()
        .AddSingleton<DeviceCode.Services>()
        .AddSingleton<DevicePage.Services>()
        .AddSingleton<IpLookup.Services>();
}
