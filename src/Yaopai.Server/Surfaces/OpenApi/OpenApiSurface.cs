using Microsoft.Extensions.Options;
using Yaopai.Errors;
using Yaopai.Server.Gateway;
using Yaopai.Server.OAuth.Devices;
using Yaopai.Server.Surfaces.OpenApi.Calls;
using Yaopai.Server.Surfaces.OpenApi.OAuth;
using E = Yaopai.Errors.OpenApiErrors;

namespace Yaopai.Server.Surfaces.OpenApi;

/// <summary>The Open API: OAuth endpoints, and methods that are called by their paths.</summary>
internal sealed class OpenApiSurface : ISurface
{
    private static readonly SurfaceRoute[] s_oauth =
    [
        SurfaceRoute.To<Authorize>("/oauth/2.0/authorize"),
        SurfaceRoute.To<Token>("/oauth/2.0/token"),
        SurfaceRoute.To<TokenInfo>("/oauth/2.0/tokeninfo"),
        SurfaceRoute.To<DeviceCode>("/oauth/2.0/device/code"),
        SurfaceRoute.To<DevicePage>(DevicePage.Path),
        SurfaceRoute.To<DevicePage>(VerificationRequest.QrOf(DevicePage.Path)),
    ];

    private readonly RouteTable _paths;
    private readonly OpenApiDialect _dialect;
    private readonly MethodTable _methods;
    private readonly IOptionsMonitor<OpenApiOptions> _options;

    public OpenApiSurface(OpenApiDialect dialect, IOptionsMonitor<OpenApiOptions> options, MethodTable methods, SurfaceRoutes routes)
    {
        (_dialect, _options, _methods) = (dialect, options, methods);
        _paths = routes.Table(s_oauth).With(methods.Paths);
        Operations = [.. _paths.Operations.OrderBy(operation => operation.Name, StringComparer.Ordinal)];
    }

    public string Slug => "open";

    public IReadOnlyList<IOperation> Operations { get; }

    public IReadOnlyList<ErrorDefinition> UnroutedErrors { get; } = [E.Api.ServiceUnavailable, .. RestServer.UnroutedErrors];

    public async ValueTask<RouteResult> RouteAsync(Call call)
    {
        var destination = call.Path is RestServer.Path ? await RestServer.RouteAsync(call, _methods) : await FindAsync(call);
        if (destination.Operation is null || !_options.CurrentValue.Maintenance)
            return destination;

        await call.ReadAsync(ParameterSource.Form);
        return new RouteResult(null, new Refusal(E.Api.ServiceUnavailable, static () => "Surfaces:OpenApi:Maintenance is on"));
    }

    public ValueTask WriteAsync(Call call, Answer answer) => _dialect.WriteAsync(call, answer);

    private async ValueTask<RouteResult> FindAsync(Call call)
    {
        if (_paths.Find(call.Path) is { } operation)
            return new RouteResult(operation);

        await call.ReadAsync(ParameterSource.Form); // for the form of the answer, and nothing else
        return new RouteResult(null, new Refusal(E.Api.MethodUnknown, () => _paths.WhyUnknown(call.Path)));
    }
}
