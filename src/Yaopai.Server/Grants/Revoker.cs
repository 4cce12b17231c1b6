using Yaopai.Server.Accounts;

namespace Yaopai.Server.Grants;

/// <summary>Kills credentials before their time: durable first, then obeyed on this node at once and on the others within a second.</summary>
internal sealed class Revoker(
    IRevocationStore store, IConsentStore consents, IAccountStore accounts, RevocationList list, TimeProvider time, RealmLifetimes lifetimes)
{
    /// <summary>All tokens that came of one code.</summary>
    public Task RevokePairAsync(Credential credential, CancellationToken ct) =>
        RevokeAsync(OfPair(credential), ct);

    /// <summary>All that an app holds for a person, and the consent itself. False when there was no consent.</summary>
    public async Task<bool> WithdrawAsync(long accountId, long appId, CancellationToken ct)
    {
        var revocation = OfAll(appId, accountId);
        var there = await consents.TryWithdrawAsync(revocation, ct);
        list.Hear(revocation);
        return there;
    }

    /// <summary>
    /// These scopes of what a person allowed an app, and all that the app holds for the person: what it holds was given for more than is left.
    /// False, and nothing ends, when it was allowed none of them.
    /// </summary>
    public async Task<bool> WithdrawAsync(long accountId, long appId, IReadOnlyCollection<string> scopes, CancellationToken ct)
    {
        var revocation = OfAll(appId, accountId);
        if (!await consents.TryWithdrawAsync(revocation, scopes, ct))
            return false;

        list.Hear(revocation);
        return true;
    }

    /// <summary>Everything of a person, as after a change of password.</summary>
    public async Task RevokeAccountAsync(long accountId, CancellationToken ct)
    {
        var revocation = OfAll(0, accountId);
        await store.AddForAccountAsync(revocation, ct);
        list.Hear(revocation);
    }

    /// <summary>The account itself, and everything of it. False when there is none.</summary>
    public async Task<bool> DeleteAccountAsync(long accountId, CancellationToken ct)
    {
        var revocation = OfAll(0, accountId);
        var there = await accounts.TryDeleteAsync(revocation, ct);
        if (there)
            list.Hear(revocation);
        return there;
    }

    /// <summary>Everything of an app.</summary>
    public Task RevokeAppAsync(long appId, CancellationToken ct) => RevokeAsync(OfAll(appId, 0), ct);

    private async Task RevokeAsync(Revocation revocation, CancellationToken ct)
    {
        await store.AddAsync(revocation, ct);
        list.Hear(revocation);
    }

    /// <summary>A pair is dead for good: tokens of it that are being made at this moment included.</summary>
    private Revocation OfPair(Credential credential)
    {
        var forGood = time.GetUtcNow() + lifetimes[credential.Realm].RefreshToken;
        return new Revocation(credential.AppId, credential.AccountId, credential.PairId, Before: forGood, KeepUntil: forGood);
    }

    private Revocation OfAll(long appId, long accountId)
    {
        var now = time.GetUtcNow();
        return new Revocation(appId, accountId, Guid.Empty, CeilingOfMicrosecond(now), KeepUntil: now + lifetimes.LongestRefreshToken);
    }

    /// <summary>Stored to the microsecond; rounded down, a credential of the same microsecond would survive.</summary>
    private static DateTimeOffset CeilingOfMicrosecond(DateTimeOffset instant) =>
        instant.AddTicks((TimeSpan.TicksPerMicrosecond - (instant.Ticks % TimeSpan.TicksPerMicrosecond)) % TimeSpan.TicksPerMicrosecond);
}
