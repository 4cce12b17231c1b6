using System.Net;
using Yaopai.Server.Accounts.Verification;
using Yaopai.Server.Credentials;

namespace Yaopai.Server.Accounts.Recovery;

/// <summary>The way by which a code reaches a person.</summary>
internal enum CodeWay
{
    Phone,
    Mail,
}

internal enum ResetOutcome
{
    Changed,

    /// <summary>Another code, too old, used, or five were wrong; nor is there a right one for nobody.</summary>
    CodeInvalid,

    /// <summary>Too many failures of this address, or too many passwords are being hashed.</summary>
    LockedOut,

    /// <summary>The new password is too short or too long.</summary>
    Unacceptable,

    /// <summary>The new password is one of the first that are tried.</summary>
    Guessable,
}

/// <summary>Gives an account another password by a code, to a person who has forgotten theirs. A second factor stays, and is asked when
/// they sign in.</summary>
/// <remarks>Whether an account exists, has a number or an address, or may sign in, no answer tells: as much is done for nobody.</remarks>
internal sealed class PasswordReset(
    IAccountStore accounts, VerificationCodes codes, PasswordHashing hashing, Revoker revoker, SignIn signIn, AddressFailures addresses,
    AccountNotices notices)
{
    /// <summary>False when too many codes were asked for.</summary>
    /// <param name="typed">A login, as on the sign-in page.</param>
    public async Task<bool> TrySendAsync(string typed, CodeWay way, IPAddress peer, CancellationToken ct)
    {
        var (purpose, login, account, to) = await FindAsync(typed, way, ct);
        var meant = account is null ? $"nobody {login.Canonical}" : $"account {account.Id}";
        return await codes.TryPostAsync(
            new CodeRequest(purpose, $"login {login.Canonical}", [meant, to ?? $"no way {login.Canonical}"], MessageKind.PasswordCode, to),
            peer, ct);
    }

    public async Task<ResetOutcome> ResetAsync(
        string typed, CodeWay way, string code, string chosen, IPAddress peer, CancellationToken ct)
    {
        if (addresses.IsSpent(peer))
            return ResetOutcome.LockedOut;

        if (FaultOf(chosen, [typed]) is { } early)
            return early; // costs no try, and says nothing of anybody

        var (purpose, _, account, to) = await FindAsync(typed, way, ct);
        if (!await codes.MatchesAsync(purpose, code, ct) || account is null || to is null)
        {
            addresses.Count(peer);
            return ResetOutcome.CodeInvalid;
        }

        if (FaultOf(chosen, Passwords.LoginsOf(account)) is { } fault)
            return fault;

        if (await hashing.HashAsync(chosen, ct) is not { } hash)
            return ResetOutcome.LockedOut;

        if (!await codes.TryUseAsync(purpose, code, ct))
            return ResetOutcome.CodeInvalid;

        // Of two changes at once one wins, whichever way they came.
        if (!await revoker.TryRevokeAccountAsync(
            account.Id, revocation => accounts.TryChangePasswordAsync(revocation, account.PasswordHash, hash, ct), ct))
            return ResetOutcome.CodeInvalid;

        await signIn.ForgetFailuresAsync(account.Id, ct);
        await notices.TellAsync(account, MessageKind.PasswordChanged, $"{SignInTraces.Plain(peer)}", ct);
        return ResetOutcome.Changed;
    }

    private static ResetOutcome? FaultOf(string chosen, IEnumerable<string> logins) => Passwords.FaultOf(chosen, logins) switch
    {
        PasswordFault.Length => ResetOutcome.Unacceptable,
        PasswordFault.Guessable => ResetOutcome.Guessable,
        _ => null,
    };

    /// <summary>A code is for the account and the way to it as they are: one that went to another address is of no use.</summary>
    private async Task<(string Purpose, Login Login, Account? Account, string? To)> FindAsync(
        string typed, CodeWay way, CancellationToken ct)
    {
        var login = Login.Read(typed);
        var account = await login.FindAsync(accounts, ct);
        var to = account is { MaySignIn: true }
            ? way is CodeWay.Mail ? AccountNotices.MailOf(account) : AccountNotices.NumberOf(account)
            : null;
        return ($"password\0{way}\0{login.Canonical}\0{(to is null ? 0 : account!.Id)}\0{to}", login, account, to);
    }
}
