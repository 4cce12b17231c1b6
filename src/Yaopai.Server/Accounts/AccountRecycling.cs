using Yaopai.Server.Apps;
using Yaopai.Server.Credentials;

namespace Yaopai.Server.Accounts;

/// <summary>Puts accounts away and brings them back.</summary>
internal sealed class AccountRecycling(
    IRecycledAccountStore store, AccountDeletion deletion, Revoker revoker, IAppClock clock, TimeProvider time)
{
    /// <summary>How long an account can be had back.</summary>
    public static TimeSpan Kept { get; } = TimeSpan.FromDays(30);

    /// <summary>Nobody restores an account in the moment in which it is removed, whichever node's clock is ahead.</summary>
    private static readonly TimeSpan s_margin = TimeSpan.FromHours(1);

    private const int Slice = 100;

    /// <summary>False when there is none, or it is away already.</summary>
    public Task<bool> TryRecycleAsync(long accountId, CancellationToken ct) =>
        revoker.TryRevokeAccountAsync(accountId, revocation => store.TryRecycleAsync(revocation, clock.Now, ct), ct);

    /// <summary>False when it is not away, or has been for too long. What was revoked stays so.</summary>
    public Task<bool> TryRestoreAsync(long accountId, CancellationToken ct) =>
        store.TryRestoreAsync(accountId, clock.Now - Kept, ct);

    /// <summary>Removes for good what nobody can have back: by the wall clock, because a clock that was moved can be put back.</summary>
    public async Task PurgeAsync(CancellationToken ct)
    {
        IReadOnlyList<long> ids;
        do
        {
            ids = await store.ListAsync(time.GetUtcNow() - Kept - s_margin, Slice, ct);
            foreach (var id in ids)
                await deletion.TryDeleteAsync(id, ct);
        }
        while (ids.Count == Slice);
    }
}
