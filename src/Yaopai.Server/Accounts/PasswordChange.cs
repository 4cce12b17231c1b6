using Yaopai.Server.Credentials;

namespace Yaopai.Server.Accounts;

internal enum PasswordChangeOutcome
{
    Changed,

    /// <summary>The old password is another.</summary>
    Refused,

    /// <summary>Too many failures lately, as at the door.</summary>
    LockedOut,

    /// <summary>The new password is too short or too long.</summary>
    Unacceptable,
}

/// <summary>Gives an account another password. Whatever was signed in to with the old one dies: sessions, codes, tokens.</summary>
internal sealed class PasswordChange(IAccountStore accounts, SignIn signIn, PasswordHashing hashing, Revoker revoker)
{
    /// <summary>By the person, who has to know the old one.</summary>
    public async Task<PasswordChangeOutcome> ChangeAsync(long accountId, string old, string chosen, CancellationToken ct)
    {
        if (!Passwords.IsAcceptable(chosen))
            return PasswordChangeOutcome.Unacceptable;

        var (outcome, current) = await signIn.ProveAsync(accountId, old, ct);
        if (outcome is not SignInOutcome.SignedIn)
            return outcome is SignInOutcome.LockedOut ? PasswordChangeOutcome.LockedOut : PasswordChangeOutcome.Refused;

        if (await hashing.HashAsync(chosen, ct) is not { } hash)
            return PasswordChangeOutcome.LockedOut;

        // Of two changes at once one wins; to the other the old password is no longer the old one.
        var changed = await revoker.TryRevokeAccountAsync(
            accountId, revocation => accounts.TryChangePasswordAsync(revocation, current!.PasswordHash, hash, ct));
        return changed ? PasswordChangeOutcome.Changed : PasswordChangeOutcome.Refused;
    }

    /// <summary>By an operator: stores the account as given, with this password. False on a clash, as in the store.</summary>
    public async Task<bool> TrySetAsync(Account account, string chosen, CancellationToken ct)
    {
        if (!await accounts.TryChangeAsync(account, Passwords.Hash(chosen), ct))
            return false;

        await revoker.RevokeAccountAsync(account.Id, ct);
        await signIn.UnlockAsync(account.Id, ct);
        return true;
    }
}
