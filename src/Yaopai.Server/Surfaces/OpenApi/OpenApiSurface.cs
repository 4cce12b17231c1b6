using System.Collections.Frozen;
using Microsoft.Extensions.Options;
using Yaopai.Errors;
using Yaopai.Server.Protocol;
using E = Yaopai.Errors.OpenApiErrors;

namespace Yaopai.Server.Surfaces.OpenApi;

/// <summary>The Open API: OAuth endpoints, and methods that are called by their paths.</summary>
internal sealed class OpenApiSurface : ISurface
{
    private readonly FrozenDictionary<string, IOperation> _paths;
    private readonly OpenApiDialect _dialect;
    private readonly IOptionsMonitor<OpenApiOptions> _options;

    public OpenApiSurface(OpenApiDialect dialect, IOptionsMonitor<OpenApiOptions> options, Methods methods, OAuthEndpoints oauth)
    {
        (_dialect, _options) = (dialect, options);
        _paths = oauth.Paths.Concat(methods.Paths).ToFrozenDictionary(StringComparer.Ordinal);

        Operations = [.. _paths.Values.Distinct().OrderBy(operation => operation.Name, StringComparer.Ordinal)];
    }

    public string Slug => "open";

    public IReadOnlyList<IOperation> Operations { get; }

    /// <summary>What is answered where no operation takes the request.</summary>
    internal static IReadOnlyList<ErrorDefinition> Strays { get; } = [E.Api.MethodUnknown, E.Api.ServiceUnavailable];

    public async ValueTask<Destination> RouteAsync(Call call)
    {
        if (!_paths.TryGetValue(call.Path, out var operation))
        {
            await call.ReadAsync(ParameterSource.Form); // only for the form of the answer
            return new Destination(null, E.Api.MethodUnknown);
        }

        return _options.CurrentValue.Maintenance ? new Destination(null, E.Api.ServiceUnavailable) : new Destination(operation);
    }

    public ValueTask WriteAsync(Call call, Answer answer) => _dialect.WriteAsync(call, answer);
}
