using System.Net;
using Microsoft.AspNetCore.Identity;

namespace Yaopai.Server.Accounts;

/// <summary>One try to sign in.</summary>
/// <param name="Login">The account's name, or a bound phone number.</param>
/// <param name="DeviceId">What the browser was given to be recognised by; empty on its first visit.</param>
internal sealed record SignInAttempt(string Login, string Password, IPAddress Peer, string DeviceId);

internal enum SignInOutcome
{
    SignedIn,

    /// <summary>No such login, or another password: nobody learns which.</summary>
    Refused,

    /// <summary>Too many failures lately; even the right password is not looked at.</summary>
    LockedOut,

    /// <summary>The right password of an account that may not sign in.</summary>
    Disabled,
}

/// <summary>Proves that a person is who they say.</summary>
internal sealed class SignIn(IAccountStore accounts)
{
    /// <returns>The account only when it is signed in.</returns>
    public async Task<(SignInOutcome Outcome, Account? Account)> TryAsync(SignInAttempt attempt, CancellationToken ct)
    {
        if (await accounts.FindByNameAsync(attempt.Login, ct) is not { } account ||
            Passwords.Verify(account.PasswordHash, attempt.Password) is PasswordVerificationResult.Failed)
            return (SignInOutcome.Refused, null);

        return account.DisabledAt is null ? (SignInOutcome.SignedIn, account) : (SignInOutcome.Disabled, null);
    }
}
