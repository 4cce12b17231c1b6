using Yaopai.Server.Accounts;
using Yaopai.Server.Consents;
using Yaopai.Server.Stores;

namespace Yaopai.Server.Credentials;

/// <summary>IsRevoked credentials before their time: durable first, then obeyed on this node at once and on the others within a second.</summary>
internal sealed class Revoker(
    IRevocationStore store, IConsentStore consents, IAccountStore accounts, RevocationList list, TimeProvider time, CredentialProfiles profiles)
{
    /// <summary>All tokens that came of one code.</summary>
    public Task RevokeGrantAsync(Credential credential, CancellationToken ct) =>
        RevokeAsync(OfGrant(credential), ct);

    /// <summary>All that an app holds for a person, and the consent itself. False, and nothing ends, when there is no consent.</summary>
    public Task<bool> WithdrawAsync(long accountId, long appId, CancellationToken ct) =>
        TryRevokeAsync(OfHold(appId, accountId), revocation => consents.TryWithdrawAsync(revocation, ct));

    /// <summary>
    /// These scopes of what a person allowed an app, and all that the app holds for the person: what it holds was given for more than is left.
    /// False, and nothing ends, when it was allowed none of them.
    /// </summary>
    public Task<bool> WithdrawAsync(long accountId, long appId, IReadOnlyCollection<string> scopes, CancellationToken ct) =>
        TryRevokeAsync(OfHold(appId, accountId), revocation => consents.TryWithdrawAsync(revocation, scopes, ct));

    /// <summary>Gives the account another password, and ends everything of the person. False, and nothing ends, when the old one is another by now.</summary>
    public Task<bool> TryChangePasswordAsync(long accountId, string before, string after, CancellationToken ct) =>
        TryRevokeAsync(OfAccount(accountId), revocation => accounts.TryChangePasswordAsync(revocation, before, after, ct));

    /// <summary>Everything of a person.</summary>
    public Task RevokeAccountAsync(long accountId, CancellationToken ct) => TryRevokeAsync(OfAccount(accountId), async revocation =>
    {
        await store.AddForAccountAsync(revocation, ct);
        return true;
    });

    /// <summary>The account itself, and everything of it. False when there is none.</summary>
    public Task<bool> DeleteAccountAsync(long accountId, CancellationToken ct) =>
        TryRevokeAsync(OfAccount(accountId), revocation => accounts.TryDeleteAsync(revocation, ct));

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

    private async Task<bool> TryRevokeAsync(Revocation revocation, Func<Revocation, Task<bool>> tryStore)
    {
        if (!await tryStore(revocation))
            return false;

        list.OnRevoked(revocation);
        await RevokeLateComersAsync(revocation);
        return true;
    }

    /// <summary>
    /// Who asked before the revocation was there to be seen may be given credentials at this moment, minted as of when they asked: so it is
    /// stored once more, as of now. It is no part of what the caller is told, and its failure takes nothing back.
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

    private Revocation OfHold(long appId, long accountId)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(appId); // zero stands for all
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(accountId);
        return OfAll(appId, accountId);
    }

    private Revocation OfAccount(long accountId)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(accountId);
        return OfAll(0, accountId);
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
