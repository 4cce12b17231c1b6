using System.Net;
using Yaopai.Server.Apps;

namespace Yaopai.Server.Gateway;

/// <summary>Whether a caller is let in at all: the app enabled, its network allowed, its quota not spent.</summary>
internal sealed class Admission(AppDirectory apps, Quotas quotas, IFaults? faults = null)
{
    public async ValueTask<Refusal?> RefuseAsync(Call call, IOperation operation, long? clientId, bool isProven)
    {
        if (clientId is { } id && await FindAsync(call, operation, id) is { } forced)
            return forced;

        if (call.App is { } app)
        {
            if (!app.IsEnabled)
                return Because(operation, Failure.AppDisabled, () => $"app {app.Id} is disabled");

            if (!(operation.IsForPeople || app.Allows(call.Peer)))
                return Because(operation, Failure.Forbidden, () => NotOn(app.Allowlist, call.Peer));
        }

        if (quotas.TryTake(call, operation, isProven))
            return null;

        return isProven && call.App is { } proven
            ? Because(operation, Failure.Throttled, () => $"the quota of app {proven.Id} for {operation.Target} is spent for this minute")
            : Because(operation, Failure.Flooded, () =>
                $"{call.Peer} proves no app and has spent its quota for {operation.Target} for this minute");
    }

    /// <summary>Only finds the app that calls, for operations whose own rules say who of them is let in;
    /// or the error that is forced on its call.</summary>
    public async ValueTask<Refusal?> FindAsync(Call call, IOperation operation, long clientId)
    {
        // Without a client the gateway has asked already, and a fault would strike the same request twice.
        if (faults is not null && await faults.StrikeAsync(call, operation, clientId) is { } forced)
            return new Refusal(forced, Forced);

        call.App = await apps.FindAsync(clientId, call.Ct);
        return null;
    }

    public static Reason NotOn(IEnumerable<IPNetwork> allowlist, IPAddress peer) =>
        new($"the app's allowlist is {string.Join(", ", allowlist)}; the request came from {peer}")
        {
            Expected = string.Join(", ", allowlist),
            Actual = $"{peer}",
        };

    /// <summary>The reason of an error that nothing but the sandbox caused.</summary>
    internal static Reason? Forced() => "forced by a fault of the sandbox";

    /// <summary>Null where the operation documents no error for it.</summary>
    private static Refusal? Because(IOperation operation, Failure failure, Func<Reason?> why) =>
        operation.Failures[failure] is { } error ? new Refusal(error, why) : null;
}
