using Microsoft.Extensions.Options;
using Yaopai.Server.Apps;

namespace Yaopai.Server.Accounts;

/// <summary>Locks out an app that shows wrong secrets in a row, on all nodes: with the limits and the times of sign-ins.</summary>
internal sealed class ClientLockout(ISignInStore store, SignInTraces traces, IAppClock clock, IOptions<SignInOptions> options)
{
    public async Task<bool> IsLockedAsync(long appId, CancellationToken ct) =>
        await store.LockedUntilAsync([traces.OfClient(appId)], clock.NowFor(appId), ct) is not null;

    /// <summary>Counts a wrong secret. False for one more than may be: it locks out, and was not looked at.</summary>
    public async Task<bool> TryFailAsync(long appId, CancellationToken ct) =>
        await store.FailAsync([traces.OfClient(appId)], clock.NowFor(appId), record: null, ct) <= options.Value.FailuresBeforeLockout;

    /// <summary>Forgets the failures of an app that showed the right one. False when it is locked out by now.</summary>
    public Task<bool> TryProveAsync(long appId, CancellationToken ct) =>
        store.TryProveAsync([traces.OfClient(appId)], clock.NowFor(appId), record: null, ct);
}
