using Yaopai.Server.Gateway;
using Yaopai.Server.Surfaces.OpenApi.Calls;
using Yaopai.Server.Surfaces.OpenApi.Data;
using Yaopai.Server.Surfaces.OpenApi.Methods;
using Yaopai.Server.Surfaces.OpenApi.OAuth;

namespace Yaopai.Server.Surfaces.OpenApi;

internal static class OpenApiRegistration
{
    public static IServiceCollection AddOpenApi(this IServiceCollection services)
    {
        services.AddOptions<OpenApiOptions>()
            .Validate(options => options.IpLibrary is null || File.Exists(options.IpLibrary), $"{OpenApiOptions.SectionName}:IpLibrary: there is no such file.")
            .Validate(
                options => options.IpLibrary is null || !File.Exists(options.IpLibrary) || IpLibrary.FirstWrong(options.IpLibrary) is null,
                $"{OpenApiOptions.SectionName}:IpLibrary: a line is not like 203.0.113.0/24,province,city.");
        return services.AddSurface<OpenApiSurface, OpenApiOptions>(OpenApiOptions.SectionName).AddSingleton<OpenApiDialect>().AddMethods();
    }

    private static IServiceCollection AddMethods(this IServiceCollection services) => services
        .AddSingleton<ApiServices>()
        .AddSingleton<DataMethods>()
        .AddSingleton<MethodTable>()
        .AddSingleton<OAuthEndpoints>()
        .AddSingleton<Authorize.Services>()
        .AddSingleton<Token.Services>()
        .AddSingleton<TokenInfo.Services>()
        .AddSingleton<DeviceCode.Services>()
        .AddSingleton<DevicePage.Services>()
        .AddSingleton<GetLoggedInUser.Services>()
        .AddSingleton<GetInfo.Services>()
        .AddSingleton<IsAppUser.Services>()
        .AddSingleton<HasAppPermission.Services>()
        .AddSingleton<GetFriends.Services>()
        .AddSingleton<AreFriends.Services>()
        .AddSingleton<ExpireSession.Services>()
        .AddSingleton<RevokeAuthorization.Services>()
        .AddSingleton<IpLibrary>()
        .AddSingleton<IpLookup.Services>()
        .AddSingleton<BatchRun.Services>();
}
