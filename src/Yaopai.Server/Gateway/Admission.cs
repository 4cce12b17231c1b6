using Yaopai.Errors;
using Yaopai.Server.Apps;

namespace Yaopai.Server.Gateway;

/// <summary>Whether a caller is let in at all: the app enabled, its network allowed, its quota not spent.</summary>
internal sealed class Admission(AppDirectory apps, Quotas quotas, IFaults? faults = null)
{
    public async ValueTask<ErrorDefinition?> RefuseAsync(Call call, IOperation operation, long? clientId, bool isProven)
    {
        if (clientId is { } id)
        {
            if (await FindAsync(call, operation, id) is { } forced)
                return forced;
        }

        if (call.App is { } app)
        {
            if (!app.IsEnabled)
                return operation.Failures[Failure.AppDisabled];

            if (!(operation.IsForPeople || app.Allows(call.Peer)))
                return operation.Failures[Failure.Forbidden];
        }

        if (quotas.TryTake(call, operation, isProven))
            return null;

        return operation.Failures[isProven && call.App is not null ? Failure.Throttled : Failure.Flooded];
    }

    /// <summary>Only finds the app that calls, for operations whose own rules say who of them is let in; or the error that is forced on its call.</summary>
    public async ValueTask<ErrorDefinition?> FindAsync(Call call, IOperation operation, long clientId)
    {
        // Without a client the gateway has asked already, and a fault would strike the same request twice.
        if (faults is not null && await faults.StrikeAsync(call, operation, clientId) is { } forced)
            return forced;

        call.App = await apps.FindAsync(clientId, call.Ct);
        return null;
    }
}
