using System.Collections.Frozen;
using Microsoft.Extensions.Options;
using Yaopai.Errors;
using Yaopai.Server.Gateway;
using Yaopai.Server.Surfaces.OpenApi.Calls;
using Yaopai.Server.Surfaces.OpenApi.OAuth;
using E = Yaopai.Errors.OpenApiErrors;

namespace Yaopai.Server.Surfaces.OpenApi;

/// <summary>The Open API: OAuth endpoints, and methods that are called by their paths.</summary>
internal sealed class OpenApiSurface : ISurface
{
    private readonly FrozenDictionary<string, IOperation> _paths;
    private readonly OpenApiDialect _dialect;
    private readonly MethodTable _methods;
    private readonly IOptionsMonitor<OpenApiOptions> _options;

    public OpenApiSurface(OpenApiDialect dialect, IOptionsMonitor<OpenApiOptions> options, MethodTable methods, OAuthEndpoints oauth)
    {
        (_dialect, _options, _methods) = (dialect, options, methods);
        _paths = oauth.Paths.Concat(methods.Paths).ToFrozenDictionary(StringComparer.Ordinal);

        Operations = [.. _paths.Values.Distinct().OrderBy(operation => operation.Name, StringComparer.Ordinal)];
    }

    public string Slug => "open";

    public IReadOnlyList<IOperation> Operations { get; }

    /// <summary>What is answered where no operation takes the request.</summary>
    internal static IReadOnlyList<ErrorDefinition> UnroutedErrors { get; } = [E.Api.ServiceUnavailable, .. RestServer.UnroutedErrors];

    public async ValueTask<RouteResult> RouteAsync(Call call)
    {
        var destination = call.Path is RestServer.Path ? await RestServer.RouteAsync(call, _methods) : await FindAsync(call);
        if (destination.Operation is null || !_options.CurrentValue.Maintenance)
            return destination;

        await call.ReadAsync(ParameterSource.Form);
        return new RouteResult(null, E.Api.ServiceUnavailable);
    }

    public ValueTask WriteAsync(Call call, Answer answer) => _dialect.WriteAsync(call, answer);

    private async ValueTask<RouteResult> FindAsync(Call call)
    {
        if (_paths.TryGetValue(call.Path, out var operation))
            return new RouteResult(operation);

        await call.ReadAsync(ParameterSource.Form); // for the form of the answer, and nothing else
        return new RouteResult(null, E.Api.MethodUnknown);
    }
}
