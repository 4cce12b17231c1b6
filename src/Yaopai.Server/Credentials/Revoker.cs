using Yaopai.Server.Stores;

namespace Yaopai.Server.Credentials;

/// <summary>Revokes credentials before their time: durably first, then on this node at once and on others within a second.</summary>
/// <remarks>A room that changes something else in the same transaction hands its write to a method that takes one.</remarks>
internal sealed class Revoker(IRevocationStore store, RevocationList list, TimeProvider time, CredentialProfiles profiles)
{
    /// <summary>All tokens that came of one code.</summary>
    public Task RevokeGrantAsync(Credential credential, CancellationToken ct) =>
        RevokeAsync(OfGrant(credential), ct);

    /// <summary>
    /// Everything that an app holds for a person, together with a write that stores the revocation. False, and nothing ends, when the
    /// write answers so.
    /// </summary>
    public Task<bool> TryRevokeHoldAsync(long appId, long accountId, Func<Revocation, Task<bool>> tryWrite)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(appId); // zero stands for all
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(accountId);
        return TryRevokeAsync(OfAll(appId, accountId), tryWrite);
    }

    /// <summary>
    /// Everything of a person, together with a write that stores the revocation. False, and nothing ends, when the write answers so.
    /// </summary>
    public Task<bool> TryRevokeAccountAsync(long accountId, Func<Revocation, Task<bool>> tryWrite)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(accountId);
        return TryRevokeAsync(OfAll(0, accountId), tryWrite);
    }

    /// <summary>Everything of a person.</summary>
    public Task RevokeAccountAsync(long accountId, CancellationToken ct) => TryRevokeAccountAsync(accountId, async revocation =>
    {
        await store.AddForAccountAsync(revocation, ct);
        return true;
    });

    /// <summary>Everything of an app.</summary>
    public Task RevokeAppAsync(long appId, CancellationToken ct) => TryRevokeAsync(OfAll(appId, 0), async revocation =>
    {
        await store.AddAsync(revocation, ct);
        return true;
    });

    private async Task RevokeAsync(Revocation revocation, CancellationToken ct)
    {
        await store.AddAsync(revocation, ct);
        list.OnRevoked(revocation);
    }

    private async Task<bool> TryRevokeAsync(Revocation revocation, Func<Revocation, Task<bool>> tryWrite)
    {
        if (!await tryWrite(revocation))
            return false;

        list.OnRevoked(revocation);
        await RevokeLateComersAsync(revocation);
        return true;
    }

    /// <summary>
    /// A request that came before the revocation could be seen may be given credentials at this moment, valid since it came: so the
    /// revocation is stored once more, as of now. The caller is not told of it, and its failure takes nothing back.
    /// </summary>
    private async Task RevokeLateComersAsync(Revocation revocation)
    {
        try
        {
            await RevokeAsync(OfAll(revocation.AppId, revocation.AccountId), CancellationToken.None);
        }
        catch (StorageException)
        {
        }
    }

    /// <summary>A pair is dead for good: tokens of it that are being made at this moment included.</summary>
    private Revocation OfGrant(Credential credential)
    {
        var forGood = time.GetUtcNow() + credential.Profile.Lifetimes.RefreshToken;
        return new Revocation(credential.AppId, credential.AccountId, credential.GrantId, Before: forGood, KeepUntil: forGood);
    }

    private Revocation OfAll(long appId, long accountId)
    {
        var now = time.GetUtcNow();
        return new Revocation(appId, accountId, Guid.Empty, CeilingOfMicrosecond(now), KeepUntil: now + profiles.LongestRefreshToken);
    }

    /// <summary>Stored to the microsecond; rounded down, a credential of the same microsecond would survive.</summary>
    private static DateTimeOffset CeilingOfMicrosecond(DateTimeOffset instant) =>
        instant.AddTicks((TimeSpan.TicksPerMicrosecond - (instant.Ticks % TimeSpan.TicksPerMicrosecond)) % TimeSpan.TicksPerMicrosecond);
}
