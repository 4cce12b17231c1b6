using Microsoft.Extensions.Options;
using Yaopai.Errors;
using Yaopai.Server.Gateway;
using Yaopai.Server.OAuth.Devices;
using Yaopai.Server.Surfaces.OpenApi.Calls;
using Yaopai.Server.Surfaces.OpenApi.Methods;
using Yaopai.Server.Surfaces.OpenApi.OAuth;
using E = Yaopai.Errors.OpenApiErrors;

namespace Yaopai.Server.Surfaces.OpenApi;

/// <summary>The Open API: OAuth endpoints, and methods that are called by their paths.</summary>
internal sealed class OpenApiSurface : ISurface
{
    private static readonly SurfaceRoute[] s_endpoints =
    [
        SurfaceRoute.To<Authorize>("/oauth/2.0/authorize"),
        SurfaceRoute.To<Token>(Token.Path),
        SurfaceRoute.To<TokenInfo>("/oauth/2.0/tokeninfo"),
        SurfaceRoute.To<DeviceCode>(DeviceCode.Path),
        SurfaceRoute.To<DevicePage>(DevicePage.Path),
        SurfaceRoute.To<DevicePage>(VerificationRequest.QrOf(DevicePage.Path)),
        SurfaceRoute.To<Logout>(Logout.Path),
        .. Portrait.Paths.Select(path => SurfaceRoute.To<Portrait>($"{path}*")),
    ];

    private readonly RouteTable _paths;
    private readonly OpenApiDialect _dialect;
    private readonly MethodTable _methods;
    private readonly IOptionsMonitor<OpenApiOptions> _options;

    public OpenApiSurface(OpenApiDialect dialect, IOptionsMonitor<OpenApiOptions> options, MethodTable methods, SurfaceRoutes routes)
    {
        (_dialect, _options, _methods) = (dialect, options, methods);
        _paths = routes.Table(s_endpoints).With(methods.Paths);
        Operations = [.. _paths.Operations.OrderBy(operation => operation.Name, StringComparer.Ordinal)];
    }

    public string Slug => "open";

    public IReadOnlySet<string> ParameterNames => OpenApiParameters.Names;

    public IEnumerable<string> Paths => [.. _paths.Names, RestServer.Path];

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
