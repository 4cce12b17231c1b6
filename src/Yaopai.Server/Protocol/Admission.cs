using Yaopai.Errors;
using Yaopai.Server.Apps;

namespace Yaopai.Server.Protocol;

/// <summary>Whether a caller is let in at all: the app enabled, its network allowed, its quota not spent.</summary>
internal sealed class Admission(AppDirectory apps, Quotas quotas, IFaults? faults = null)
{
    public async ValueTask<ErrorDefinition?> RefuseAsync(Call call, IOperation operation, long? clientId, bool isProven)
    {
        if (clientId is { } id)
        {
            // Without a client the gateway has asked already, and a fault would strike the same request twice.
            if (faults is not null && await faults.StrikeAsync(call, operation, id) is { } forced)
                return forced;

            call.App = await apps.FindAsync(id, call.Ct);
        }

        if (call.App is { } app && (!app.IsEnabled || !(operation.IsForPeople || app.Allows(call.Peer))))
            return operation.Mishaps[Mishap.Forbidden];

        return quotas.TryTake(call, operation, isProven) ? null : operation.Mishaps[Mishap.Throttled];
    }
}
