namespace Yaopai.Server.Sandbox;

/// <summary>Some of the addresses under /sandbox, which belong together.</summary>
internal interface ISandboxEndpoints
{
    void Map(SandboxRoutes routes);
}

internal static class SandboxEndpoints
{
    public static void MapSandbox(this IEndpointRouteBuilder routes)
    {
        var sandbox = new SandboxRoutes(routes);
        foreach (var endpoints in routes.ServiceProvider.GetServices<ISandboxEndpoints>())
            endpoints.Map(sandbox);
    }
}
