using Yaopai.Server.Accounts.Verification;
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

    /// <summary>The new password is one of the first that are tried.</summary>
    Guessable,

    /// <summary>The new password is the old one.</summary>
    Same,
}

/// <summary>Gives an account another password. Whatever was signed in to with the old one dies: sessions, codes, tokens.</summary>
internal sealed class PasswordChange(
    IAccountStore accounts, SignIn signIn, PasswordHashing hashing, Revoker revoker, AccountNotices notices)
{
    /// <summary>By the person, who has to know the old one.</summary>
    public async Task<PasswordChangeOutcome> ChangeAsync(long accountId, string old, string chosen, CancellationToken ct)
    {
        if (!Passwords.HasLength(chosen))
            return PasswordChangeOutcome.Unacceptable;

        if (NormalForms.OfPassword(chosen) == NormalForms.OfPassword(old))
            return PasswordChangeOutcome.Same; // says nothing of whether it is right

        var (outcome, current) = await signIn.ProveAsync(accountId, old, ct);
        if (outcome is not SignInOutcome.SignedIn)
            return outcome is SignInOutcome.LockedOut ? PasswordChangeOutcome.LockedOut : PasswordChangeOutcome.Refused;

        if (Passwords.FaultOf(chosen, Passwords.LoginsOf(current!)) is not null)
            return PasswordChangeOutcome.Guessable;

        if (await hashing.HashAsync(chosen, ct) is not { } hash)
            return PasswordChangeOutcome.LockedOut;

        // Of two changes at once one wins; to the other the old password is no longer the old one.
        var changed = await revoker.TryRevokeAccountAsync(
            accountId, revocation => accounts.TryChangePasswordAsync(revocation, current!.PasswordHash, hash, ct), ct);
        if (!changed)
            return PasswordChangeOutcome.Refused;

        await notices.TellAsync(current!, MessageKind.PasswordChanged, address: "", ct);
        return PasswordChangeOutcome.Changed;
    }

    /// <summary>By an operator: changes the account, and gives it this password. Null when there is none, when the change
    /// answers so, or on a clash, as in the store.</summary>
    public async Task<Account?> SetAsync(long accountId, Func<Account, Account?> change, string chosen, CancellationToken ct)
    {
        if (await accounts.ChangeAsync(accountId, change, Passwords.Hash(chosen), ct) is not { } changed)
            return null;

        await revoker.RevokeAccountAsync(accountId, ct);
        await signIn.UnlockAsync(accountId, ct);
        return changed;
    }
}
