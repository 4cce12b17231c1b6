using Yaopai.Server.Events;
using Yaopai.Server.Gateway;
using Yaopai.Server.Provisioning;
using Yaopai.Server.Sandbox.Worlds;

namespace Yaopai.Server.Sandbox.Endpoints;

/// <summary>A clock that moves, for everyone or for one app.</summary>
internal sealed class ClockEndpoints(
    SandboxClock clock, WorldDirectory worlds, EventSignal events, ProvisioningSignal provisioning) : ISandboxEndpoints
{
    private const string Path = "/sandbox/clock";

    internal sealed record ClockRequest(string? Advance, DateTimeOffset? Set, long? ClientId, string? World);

    public void Map(SandboxRoutes routes)
    {
        routes.Get(Path, http => ShowAsync(http.Request.Query["world"], http.RequestAborted));
        routes.Post<ClockRequest>(Path, (http, request) => MoveAsync(request, http.RequestAborted));
        routes.Delete(Path, http => ResetAsync(http.Request.Query, http.RequestAborted));
    }

    private async Task<SandboxAnswer> ShowAsync(string? named, CancellationToken ct)
    {
        var (world, problem) = await worlds.FindNamedAsync(named, ct);
        return problem is null ? Show(world) : problem;
    }

    private SandboxAnswer Show(World? world) => SandboxAnswer.Of(world is null
        ? new
        {
            now = clock.Now,
            offset = Iso8601Duration.Write(clock.Offset),
            apps = clock.AppOffsets.Select(own => new
            {
                client_id = $"{own.AppId}",
                now = clock.NowFor(own.AppId),
                offset = Iso8601Duration.Write(own.Offset),
            }),
        }
        : new
        {
            world = world.Id,
            now = clock.NowFor(world.Apps[0]),
            offset = Iso8601Duration.Write(clock.OffsetFor(world.Apps[0])),
        });

    private async Task<SandboxAnswer> MoveAsync(ClockRequest request, CancellationToken ct)
    {
        var (world, apps, problem) = await OfAsync(request.World, request.ClientId, ct);
        if (problem is not null)
            return problem;

        var moved = request switch
        {
            { Advance: { } text, Set: null } => Iso8601Duration.TryRead(text, out var by) && clock.TryAdvance(by, apps),
            { Advance: null, Set: { } instant } => clock.TrySet(instant, apps),
            _ => false,
        };

        events.Set(); // what was put off may be due
        provisioning.Set();
        return moved
            ? Show(world)
            : Problem.Invalid(
                "Either \"advance\": an ISO 8601 duration such as PT6M or P180D, or \"set\": an instant such as 2026-01-01T00:00:00Z; "
                + "between the years 2000 and 9000.");
    }

    private async Task<SandboxAnswer> ResetAsync(IQueryCollection query, CancellationToken ct)
    {
        var named = query["client_id"];
        if (!long.TryParse(named, out var appId) && named.Count > 0)
            return Problem.Invalid("client_id: a number, or nothing to put back every clock.");

        var (world, apps, problem) = await OfAsync(query["world"], named.Count > 0 ? appId : null, ct);
        if (problem is not null)
            return problem;

        clock.Reset(apps);
        return Show(world);
    }

    /// <summary>Whose clock is meant: a world's, an app's, or everyone's.</summary>
    private async Task<(World? World, SandboxClock.Apps? Apps, Problem? Problem)> OfAsync(
        string? named, long? clientId, CancellationToken ct)
    {
        if (named is not null && clientId is not null)
            return (null, null, Problem.Invalid("Either \"client_id\" or \"world\": the apps of a world have one clock."));

        var (world, problem) = await worlds.FindNamedAsync(named, ct);
        var apps = world is not null ? new SandboxClock.Apps(world.Apps, AreWorld: true)
            : clientId is { } id ? new([id], AreWorld: false)
            : null;
        return (world, apps, problem);
    }
}
