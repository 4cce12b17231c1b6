using Yaopai.Server.Events;
using Yaopai.Server.Gateway;
using Yaopai.Server.Provisioning;

namespace Yaopai.Server.Sandbox.Endpoints;

/// <summary>A clock that moves, for everyone or for one app.</summary>
internal sealed class ClockEndpoints(SandboxClock clock, EventSignal events, ProvisioningSignal provisioning) : ISandboxEndpoints
{
    private const string Path = "/sandbox/clock";

    internal sealed record ClockRequest(string? Advance, DateTimeOffset? Set, long? ClientId);

    public void Map(SandboxRoutes routes)
    {
        routes.Get(Path, _ => Task.FromResult(Show()));
        routes.Post<ClockRequest>(Path, (_, request) => Task.FromResult(Move(request)));
        routes.Delete(Path, http => Task.FromResult(Reset(http.Request.Query)));
    }

    private SandboxAnswer Show() => SandboxAnswer.Of(new
    {
        now = clock.Now,
        offset = Iso8601Duration.Write(clock.Offset),
        apps = clock.AppOffsets.Select(own => new
        {
            client_id = $"{own.Key}",
            now = clock.NowFor(own.Key),
            offset = Iso8601Duration.Write(own.Value),
        }),
    });

    private SandboxAnswer Move(ClockRequest request)
    {
        var moved = request switch
        {
            { Advance: { } text, Set: null } => Iso8601Duration.TryRead(text, out var by) && clock.TryAdvance(by, request.ClientId),
            { Advance: null, Set: { } instant } => clock.TrySet(instant, request.ClientId),
            _ => false,
        };

        events.Set(); // what was put off may be due
        provisioning.Set();
        return moved
            ? Show()
            : Problem.Invalid(
                "Either \"advance\": an ISO 8601 duration such as PT6M or P180D, or \"set\": an instant such as 2026-01-01T00:00:00Z; "
                + "between the years 2000 and 9000.");
    }

    private SandboxAnswer Reset(IQueryCollection query)
    {
        var named = query["client_id"];
        if (!long.TryParse(named, out var appId) && named.Count > 0)
            return Problem.Invalid("client_id: a number, or nothing to put back every clock.");

        clock.Reset(named.Count > 0 ? appId : null);
        return Show();
    }
}
