using Yaopai.Errors;
using Yaopai.Server.Gateway;
using E = Yaopai.Errors.OpenApiErrors.Api;

namespace Yaopai.Server.Surfaces.OpenApi.Calls;

/// <summary>GET or POST /1.0/restserver?method=baidu.… — the dispatcher that came first: the same methods by name, always signed, numbered by <c>call_id</c>.</summary>
internal static class RestServer
{
    public const string Path = "/1.0/restserver";

    public static async ValueTask<RouteResult> RouteAsync(Call call, MethodTable methods) => await call.ReadAsync(ParameterSource.Form) switch
    {
        Failure.TooManyParameters => new RouteResult(null, new Refusal(E.TooManyParameters, call.WhyUnreadable)),
        not null => new RouteResult(null, new Refusal(E.ParameterMalformed, call.WhyUnreadable)),
        _ => methods.Named(call.Parameters["method"]) is { } operation ? new RouteResult(operation) : new RouteResult(null, new Refusal(E.MethodUnknown)),
    };

    /// <summary>What it answers where no operation takes the request.</summary>
    public static IReadOnlyList<ErrorDefinition> UnroutedErrors { get; } = [E.TooManyParameters, E.ParameterMalformed, E.MethodUnknown];
}
