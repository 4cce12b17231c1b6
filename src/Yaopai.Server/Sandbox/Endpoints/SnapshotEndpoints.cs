using Yaopai.Server.Sandbox.Snapshots;

namespace Yaopai.Server.Sandbox.Endpoints;

/// <summary>The sandbox as it is, kept under a name and brought back.</summary>
internal sealed class SnapshotEndpoints(Snapshots.Snapshots snapshots) : ISandboxEndpoints
{
    private const string Path = "/sandbox/snapshots", One = Path + "/{name}";

    public void Map(SandboxRoutes routes)
    {
        routes.Get(Path, _ => Task.FromResult(SandboxAnswer.Of(new { snapshots = snapshots.List().Select(Describe) })));
        routes.Post(One, async http =>
            SandboxAnswer.From(await snapshots.TakeAsync(NameOf(http), http.RequestAborted), Describe) with
            {
                Status = StatusCodes.Status201Created,
            });
        routes.Post(One + "/restore", async http =>
            SandboxAnswer.From(await snapshots.RestoreAsync(NameOf(http), http.RequestAborted), Describe));
        routes.Delete(One, http =>
            Task.FromResult<SandboxAnswer>(snapshots.Remove(NameOf(http)) is { } problem ? problem : SandboxAnswer.Done));
    }

    private static object Describe(Snapshot snapshot) => new { snapshot.Name, snapshot.TakenAt };

    private static string NameOf(HttpContext http) => (string)http.Request.RouteValues["name"]!;
}
