using Microsoft.Extensions.Options;
using Yaopai.Server.Gateway.Signing;

namespace Yaopai.Server.Gateway;

internal static class GatewayRegistration
{
    public static IServiceCollection AddGateway(this IServiceCollection services)
    {
        services.AddOptions<GatewayOptions>().BindConfiguration(GatewayOptions.SectionName).ValidateDataAnnotations()
            .Validate(options => options.Proxies.All(IsNetwork), "Gateway:Proxies: networks such as 10.0.0.0/8.")
            .Validate(
                options => options.PublicAddress is null || PublicAddress.TryRead(options.PublicAddress, out _),
                "Gateway:PublicAddress: what browsers open, such as https://id.example or https://www.example/idp.")
            .Validate(
                options => options.Origins.All(CrossOrigin.IsOrigin), "Gateway:Origins: as browsers send them: https://spa.example.")
            .ValidateOnStart();
        services.AddOptions<QuotaOptions>().BindConfiguration(QuotaOptions.SectionName).ValidateDataAnnotations().ValidateOnStart();
        return services
            .AddSingleton<Deadlines>()
            .AddSingleton<OutageLog>()
            .AddSingleton<CrossOrigin>()
            .AddSingleton<Quotas>()
            .AddSingleton<Admission>()
            .AddSingleton<SignedCalls>()
            .AddSingleton<RememberedCalls>()
            .AddHostedService<SignedCallsAtStop>()
            .AddTransient<SurfaceRoutes>() // each surface has its own
            .AddSingleton<IRefusalListener, RefusalLog>();
    }

    /// <summary>A surface with its settings and its gateway.</summary>
    public static IServiceCollection AddSurface<TSurface, TOptions>(this IServiceCollection services, string section)
        where TSurface : class, ISurface
        where TOptions : SurfaceOptions
    {
        services.AddOptions<TOptions>().BindConfiguration(section).ValidateDataAnnotations()
            .Validate(options => options.AllowedNetworks.All(IsNetwork), $"{section}:AllowedNetworks: networks such as 10.0.0.0/8.")
            .ValidateOnStart();
        return services
            .AddSingleton<SurfaceOptions>(provider => provider.GetRequiredService<IOptions<TOptions>>().Value)
            .AddSingleton<TSurface>()
            .AddSingleton<ISurface>(provider => provider.GetRequiredService<TSurface>())
            .AddSingleton(provider => ActivatorUtilities.CreateInstance<SurfaceGateway>(
                provider, provider.GetRequiredService<TSurface>(), provider.GetRequiredService<IOptions<TOptions>>().Value));
    }

    /// <summary>Surfaces come before everything else: a request of theirs touches no routing.</summary>
    public static void UseSurfaces(this WebApplication app)
    {
        var settings = app.Services.GetRequiredService<IOptions<GatewayOptions>>().Value;
        var proxies = new Proxies(settings.Proxies);
        var unnamed = ActivatorUtilities.CreateInstance<UnnamedProxies>(app.Services, proxies);
        app.Use(next => http =>
        {
            unnamed.LookAt(http);
            return next(http);
        });
        proxies.Use(app);
        if (PublicAddress.TryRead(settings.PublicAddress, out var address))
            address.Use(app);

        app.Use(next =>
        {
            var gateways = app.Services.GetServices<SurfaceGateway>().ToArray(); // made while the storage starts
            return http =>
            {
                foreach (var gateway in gateways)
                {
                    if (gateway.Takes(http.Request, out var path))
                        return gateway.HandleAsync(http, path);
                }

                return next(http);
            };
        });
    }

    private static bool IsNetwork(string text) => System.Net.IPNetwork.TryParse(text, out _);
}
