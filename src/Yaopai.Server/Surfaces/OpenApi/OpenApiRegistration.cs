using Yaopai.Server.Protocol;

namespace Yaopai.Server.Surfaces.OpenApi;

internal static class OpenApiRegistration
{
    public static IServiceCollection AddOpenApi(this IServiceCollection services) => services
        .AddSurface<OpenApiSurface, OpenApiOptions>(OpenApiOptions.SectionName)
        .AddSingleton<OpenApiDialect>()
        .AddSingleton<Methods>()
        .AddSingleton<IpLookup.Services>();
}
