using Yaopai.Errors;
using Yaopai.Server.Gateway;
using E = Yaopai.Errors.OpenApiErrors.Api;

namespace Yaopai.Server.Surfaces.OpenApi.Calls;

/// <summary>GET or POST /1.0/restserver?method=baidu.… — the dispatcher that came first: the same methods by name, always signed,
/// numbered by <c>call_id</c>.</summary>
internal static class RestServer
{
    public const string Path = "/1.0/restserver";

    public static async ValueTask<RouteResult> RouteAsync(Call call, MethodTable methods)
    {
        switch (await call.ReadAsync(ParameterSource.Form))
        {
            case Failure.TooManyParameters:
                return new RouteResult(null, new Refusal(E.TooManyParameters, call.WhyUnreadable));
            case not null:
                return new RouteResult(null, new Refusal(E.ParameterMalformed, call.WhyUnreadable));
        }

        var name = call.Parameters["method"];
        return methods.Named(name) is { } operation
            ? new RouteResult(operation)
            : new RouteResult(null, new Refusal(E.MethodUnknown, () => methods.WhyUnknown(name)));
    }

    /// <summary>What it answers where no operation takes the request.</summary>
    public static IReadOnlyList<ErrorDefinition> UnroutedErrors { get; } = [E.TooManyParameters, E.ParameterMalformed, E.MethodUnknown];
}
