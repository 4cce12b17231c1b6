using System.Net;
using Microsoft.Extensions.Options;
using Yaopai.Server.Accounts.Verification;
using Yaopai.Server.Apps;
using Yaopai.Server.Stores;

namespace Yaopai.Server.Accounts;

/// <summary>One try to sign in.</summary>
/// <param name="Login">The account's name, or a bound phone number: with its calling code, or bare of a mainland account.</param>
/// <param name="DeviceId">What the browser was given to be recognised by; empty on its first visit.</param>
/// <param name="AddressLimit">What failures count against the address that it comes from.</param>
/// <param name="AppId">The app that has proved itself and speaks for its person; 0 where none does.</param>
internal sealed record SignInAttempt(
    string Login, string Password, IPAddress Peer, string DeviceId, AddressLimit AddressLimit = AddressLimit.OfMany, long AppId = 0);

/// <summary>The second step of one try: a code of the account whose password was right.</summary>
/// <param name="IsSignIn">Whether somebody signs in, and is not asked again in between: then it is recorded.</param>
internal sealed record CodeAttempt(long AccountId, string Code, IPAddress Peer, string DeviceId, bool IsSignIn);

/// <summary>How often one address may fail, whatever the logins.</summary>
internal enum AddressLimit
{
    /// <summary>As often as the installation allows to an address that many people may share.</summary>
    OfMany,

    /// <summary>As often as one login; the count is the same for all nodes.</summary>
    OfOne,

    /// <summary>The server of an app speaks for its people, and their slips are not its own.</summary>
    None,
}

internal enum SignInOutcome
{
    SignedIn,

    /// <summary>No such login, or another password: nobody learns which.</summary>
    Refused,

    /// <summary>Too many failures lately, or too many sign-ins at this moment; even the right password is of no use.</summary>
    LockedOut,

    /// <summary>The right password of an account that may not sign in.</summary>
    Disabled,

    /// <summary>The right password of a person who has a second factor: they are not signed in.</summary>
    CodeAsked,
}

/// <summary>Proves that a person is who they say.</summary>
internal sealed class SignIn(
    IAccountStore accounts, ISignInStore store, SignInTraces traces, PasswordHashing hashing, AddressFailures addresses, AppFailures apps,
    SecondFactors.SecondFactors secondFactors, AccountNotices notices, IAppClock clock, IOptions<SignInOptions> options)
{
    /// <returns>The account only when it is signed in: by a password alone nobody is who has a second factor.</returns>
    public async Task<(SignInOutcome Outcome, Account? Account)> TryAsync(SignInAttempt attempt, CancellationToken ct)
    {
        var (outcome, account) = await TryPasswordAsync(attempt, ct);
        return (outcome, outcome is SignInOutcome.SignedIn ? account : null);
    }

    /// <summary>The first step where there can be a second.</summary>
    /// <returns>The account when it is signed in, or its code is asked.</returns>
    public async Task<(SignInOutcome Outcome, Account? Account)> TryPasswordAsync(SignInAttempt attempt, CancellationToken ct)
    {
        var countsAddress = attempt.AddressLimit is not AddressLimit.None;
        if ((countsAddress && addresses.IsSpent(attempt.Peer)) || apps.IsSpent(attempt.AppId))
            return (SignInOutcome.LockedOut, null);

        var login = Login.Read(attempt.Login);
        var account = await login.FindAsync(accounts, ct);

        // What was typed is counted and locked out, somebody's or not: which it is must not show.
        // The account is, too, whichever of its logins was typed.
        byte[][] subjects =
        [
            traces.OfLogin(login),
            account is null ? traces.OfNobody(login) : SignInTraces.OfAccount(account.Id),
            .. attempt.AddressLimit is AddressLimit.OfOne ? (byte[][])[traces.OfAddressFailures(attempt.Peer)] : [],
        ];
        var now = clock.Now;
        var whenRight = await secondFactors.IsOnAsync(account?.Id ?? 0, ct) ? SignInOutcome.CodeAsked : SignInOutcome.SignedIn;
        var (outcome, current) = await ProveAsync(
            subjects, account, attempt.Password, now, whenRight,
            outcome => account is null ? null : RecordOf(account.Id, now, outcome, attempt.Peer, attempt.DeviceId), ct);
        if (outcome is SignInOutcome.Refused or SignInOutcome.LockedOut)
        {
            if (countsAddress)
                addresses.Count(attempt.Peer);
            if (attempt.AppId is not 0)
                apps.Count(attempt.AppId);
        }

        if (outcome is SignInOutcome.SignedIn)
            await TellOfNewDeviceAsync(current!, now, attempt.Peer, attempt.DeviceId, ct);

        return (outcome ?? SignInOutcome.LockedOut, outcome is SignInOutcome.SignedIn or SignInOutcome.CodeAsked ? current : null);
    }

    /// <summary>The second step. A wrong code counts for the account as a wrong password does, and for its codes alone: a right password
    /// takes that back no more than it gives new tries.</summary>
    /// <returns>The account only when the code was right. Refused, too, where no second factor is on by now.</returns>
    public async Task<(SignInOutcome Outcome, Account? Account)> TryCodeAsync(CodeAttempt attempt, CancellationToken ct)
    {
        if (addresses.IsSpent(attempt.Peer))
            return (SignInOutcome.LockedOut, null);

        var now = clock.Now;
        byte[][] subjects = [traces.OfCodes(attempt.AccountId), SignInTraces.OfAccount(attempt.AccountId)];
        var outcome = await store.LockedUntilAsync(subjects, now, ct) is null
            ? await UseCodeAsync(subjects, attempt, now, ct)
            : SignInOutcome.LockedOut;
        if (outcome is SignInOutcome.Refused or SignInOutcome.LockedOut)
            addresses.Count(attempt.Peer);

        var account = outcome is SignInOutcome.SignedIn ? await accounts.FindAsync(attempt.AccountId, ct) : null;
        if (account is not null && attempt.IsSignIn)
            await TellOfNewDeviceAsync(account, now, attempt.Peer, attempt.DeviceId, ct);

        return (outcome, account);
    }

    /// <summary>Whether the account is found by what was typed. It proves nothing.</summary>
    public async ValueTask<bool> IsLoginOfAsync(string typed, long accountId, CancellationToken ct) =>
        await Login.Read(typed).FindAsync(accounts, ct) is { } account && account.Id == accountId;

    /// <summary>Asks for the password of someone who is signed in. Failures count as at the door;
    /// they are no sign-in, and not recorded.</summary>
    public async Task<(SignInOutcome Outcome, Account? Account)> ProveAsync(long accountId, string password, CancellationToken ct)
    {
        // From the store: who is signed in comes from memory, which may hold the password of a moment ago.
        var account = await accounts.FindAsync(accountId, ct);
        var (outcome, current) = await ProveAsync(
            [SignInTraces.OfAccount(accountId)], account, password, clock.Now, SignInOutcome.SignedIn, _ => null, ct);
        return (outcome ?? SignInOutcome.LockedOut, current);
    }

    /// <summary>Forgets the failures of an account and of all its logins and codes, and ends lockouts.</summary>
    public async Task UnlockAsync(long accountId, CancellationToken ct)
    {
        await ForgetFailuresAsync(accountId, ct);
        await store.UnlockAsync(traces.OfCodes(accountId), ct);
    }

    /// <summary>The same for whoever has another password, whose second factor is no other: the failures of its codes stay.</summary>
    public async Task ForgetFailuresAsync(long accountId, CancellationToken ct)
    {
        if (await accounts.FindAsync(accountId, ct) is { } account)
        {
            await store.UnlockAsync(traces.OfLogin(Login.Read(account.Name)), ct);
            if (account.BoundPhone is { } phone)
                await store.UnlockAsync(traces.OfLogin(Login.Read($"+{phone.CallingCode}{phone.National}")), ct);
        }

        await store.UnlockAsync(SignInTraces.OfAccount(accountId), ct);
    }

    /// <returns>No outcome when too many others wait: that is nobody's failure.</returns>
    private async Task<(SignInOutcome?, Account?)> ProveAsync(
        byte[][] subjects, Account? account, string password, DateTimeOffset now, SignInOutcome whenRight,
        Func<SignInOutcome, SignInRecord?> recordOf, CancellationToken ct)
    {
        if (await store.LockedUntilAsync(subjects, now, ct) is not null)
            return (SignInOutcome.LockedOut, null);

        if (await hashing.VerifyAsync(account?.PasswordHash, password, ct) is not { } check)
            return (null, null);

        // The write decides, not the look above: of many tries at once no more than the allowed ones learn
        // anything, the right one included.
        if (account is null || !check.IsRight)
        {
            var count = await store.FailAsync(subjects, now, recordOf(SignInOutcome.Refused), ct);
            return (count > options.Value.FailuresBeforeLockout ? SignInOutcome.LockedOut : SignInOutcome.Refused, null);
        }

        var outcome = account.MaySignIn ? whenRight : SignInOutcome.Disabled;
        if (!await store.TryProveAsync(subjects, now, recordOf(outcome), ct))
            return (SignInOutcome.LockedOut, null);

        return (outcome, check.NewHash is null ? account : await RehashAsync(account, check.NewHash, ct));
    }

    private async Task<SignInOutcome> UseCodeAsync(byte[][] subjects, CodeAttempt attempt, DateTimeOffset now, CancellationToken ct)
    {
        // Used up before the failures are forgotten: a code that was seen once takes no failures back.
        var isRight = await secondFactors.FindAsync(attempt.AccountId, ct) is { } factor
            && await secondFactors.TryUseAsync(factor, attempt.Code, ct);
        if (!isRight)
        {
            var count = await store.FailAsync(subjects, now, Record(SignInOutcome.Refused), ct);
            return count > options.Value.FailuresBeforeLockout ? SignInOutcome.LockedOut : SignInOutcome.Refused;
        }

        var outcome = await accounts.FindAsync(attempt.AccountId, ct) is { MaySignIn: true }
            ? SignInOutcome.SignedIn
            : SignInOutcome.Disabled;
        return await store.TryProveAsync(subjects, now, Record(outcome), ct) ? outcome : SignInOutcome.LockedOut;

        SignInRecord? Record(SignInOutcome outcome) =>
            attempt.IsSignIn ? RecordOf(attempt.AccountId, now, outcome, attempt.Peer, attempt.DeviceId) : null;
    }

    private async Task TellOfNewDeviceAsync(Account account, DateTimeOffset at, IPAddress peer, string deviceId, CancellationToken ct)
    {
        if (deviceId is not "" && await store.IsNewDeviceAsync(account.Id, traces.OfDevice(deviceId), at, ct))
            await notices.TellAsync(account, MessageKind.NewDevice, $"{SignInTraces.Plain(peer)}", ct);
    }

    private SignInRecord RecordOf(long accountId, DateTimeOffset now, SignInOutcome outcome, IPAddress peer, string deviceId) => new(
        accountId, now, outcome, traces.OfAddress(peer), traces.OfNetwork(peer), deviceId is "" ? null : traces.OfDevice(deviceId));

    /// <summary>Nothing hangs on it: where it fails, the next sign-in tries again.</summary>
    private async Task<Account> RehashAsync(Account account, string hash, CancellationToken ct)
    {
        try
        {
            return await accounts.TryRehashAsync(account.Id, account.PasswordHash, hash, ct)
                ? account with { PasswordHash = hash }
                : account;
        }
        catch (StorageException)
        {
            return account;
        }
    }
}
