using Yaopai.Server.Stores;

namespace Yaopai.Server.Credentials;

/// <summary>Revokes credentials before their time: durably first, then on this node at once and on others within a second.</summary>
/// <remarks>A room that changes something else in the same transaction hands its write to a method that takes one.</remarks>
internal sealed class Revoker(
    IRevocationStore store, RevocationList list, HybridClock clock, TimeProvider time, CredentialProfiles profiles)
{
    /// <summary>All tokens that came of one code.</summary>
    public Task RevokeGrantAsync(Credential credential, CancellationToken ct) =>
        RevokeAsync(OfGrant(credential), ct);

    /// <summary>
    /// Everything that an app holds for a person, together with a write that stores the revocation. False, and nothing ends, when the
    /// write answers so.
    /// </summary>
    public Task<bool> TryRevokeHoldAsync(long appId, long accountId, Func<Revocation, Task<bool>> tryWrite, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(appId); // zero stands for all
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(accountId);
        return TryRevokeAsync(appId, accountId, tryWrite, ct);
    }

    /// <summary>
    /// Everything of a person, together with a write that stores the revocation. False, and nothing ends, when the write answers so.
    /// </summary>
    public Task<bool> TryRevokeAccountAsync(long accountId, Func<Revocation, Task<bool>> tryWrite, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(accountId);
        return TryRevokeAsync(0, accountId, tryWrite, ct);
    }

    /// <summary>Everything of a person.</summary>
    public Task RevokeAccountAsync(long accountId, CancellationToken ct) => TryRevokeAccountAsync(accountId, async revocation =>
    {
        await store.AddForAccountAsync(revocation, ct);
        return true;
    }, ct);

    /// <summary>Everything of an app.</summary>
    public Task RevokeAppAsync(long appId, CancellationToken ct) => TryRevokeAsync(appId, 0, async revocation =>
    {
        await store.AddAsync(revocation, ct);
        return true;
    }, ct);

    /// <summary>Everything that was given out: codes, tokens, sessions.</summary>
    public Task RevokeEverythingAsync(CancellationToken ct) => TryRevokeAsync(0, 0, async revocation =>
    {
        await store.AddAsync(revocation, ct);
        return true;
    }, ct);

    private async Task RevokeAsync(Revocation revocation, CancellationToken ct)
    {
        await store.AddAsync(revocation, ct);
        Obey(revocation);
    }

    private async Task<bool> TryRevokeAsync(long appId, long accountId, Func<Revocation, Task<bool>> tryWrite, CancellationToken ct)
    {
        var revocation = await OfAllAsync(appId, accountId, ct);
        if (!await tryWrite(revocation))
            return false;

        Obey(revocation);
        await RevokeLateComersAsync(appId, accountId);
        return true;
    }

    /// <summary>
    /// A request that came before the revocation could be seen may be given credentials at this moment, valid since it came: so the
    /// revocation is stored once more, as of now. The caller is not told of it, and its failure takes nothing back.
    /// </summary>
    private async Task RevokeLateComersAsync(long appId, long accountId)
    {
        try
        {
            await RevokeAsync(await OfAllAsync(appId, accountId, CancellationToken.None), CancellationToken.None);
        }
        catch (StorageException)
        {
        }
    }

    private void Obey(Revocation revocation)
    {
        list.OnRevoked(revocation);
        clock.OnRevoked(revocation);
    }

    /// <summary>A pair is dead for good: also tokens of it that are being made at this moment, and those that are dated ahead.</summary>
    private Revocation OfGrant(Credential credential)
    {
        var forGood = time.GetUtcNow() + credential.Profile.Lifetimes.Longest + HybridClock.Furthest;
        return new Revocation(credential.AppId, credential.AccountId, credential.GrantId, Before: forGood, KeepUntil: forGood);
    }

    private async Task<Revocation> OfAllAsync(long appId, long accountId, CancellationToken ct)
    {
        var before = await clock.UpperBoundAsync(ct);
        return new Revocation(appId, accountId, Guid.Empty, before, KeepUntil: before + profiles.LongestLifetime);
    }
}
