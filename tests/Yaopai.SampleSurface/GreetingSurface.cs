using Yaopai.Errors;
using Yaopai.Server.Gateway;

namespace Yaopai.SampleSurface;

/// <summary>What is where.</summary>
internal sealed class GreetingSurface : ISurface
{
    private static readonly SurfaceRoute[] s_paths =
    [
        SurfaceRoute.To<Hello>("/hello"),
    ];

    private readonly RouteTable _paths;

    public GreetingSurface(SurfaceRoutes routes) => (_paths, Operations) = (routes.Table(s_paths), routes.Operations);

    public string Slug => "greeting";

    public IReadOnlyList<IOperation> Operations { get; }

    public IReadOnlyList<ErrorDefinition> UnroutedErrors => [];

    public ValueTask<RouteResult> RouteAsync(Call call) =>
        ValueTask.FromResult(_paths.Find(call.Path) is { } operation ? new RouteResult(operation) : _paths.NoSuchPath(call.Path));

    public ValueTask WriteAsync(Call call, Answer answer) => GreetingDialect.WriteAsync(call.Http.Response, answer);
}
