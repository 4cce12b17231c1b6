using System.Net;
using Microsoft.Extensions.Options;
using Yaopai.Server.Accounts.Verification;
using Yaopai.Server.Apps;

namespace Yaopai.Server.Accounts.SigningUp;

internal enum SignUpOutcome
{
    SignedUp,

    /// <summary>Another code, too old, used, or five were wrong; or the number was given an account meanwhile.</summary>
    CodeInvalid,

    /// <summary>Too many failures of this address, or too many passwords are being hashed.</summary>
    LockedOut,

    /// <summary>No name can be like this.</summary>
    NameMalformed,

    /// <summary>Somebody has the name. Only who has proved a number or an address is told, five times a code.</summary>
    NameTaken,

    /// <summary>The password is too short or too long.</summary>
    Unacceptable,

    /// <summary>The password is one of the first that are tried.</summary>
    Guessable,
}

/// <summary>Makes accounts for people who prove a number or a mail address.</summary>
/// <remarks>Whether a number has an account, no answer tells: its holder is written to, and gets no code.</remarks>
internal sealed class SignUp(
    IAccountStore accounts, VerificationCodes codes, PasswordHashing hashing, AddressFailures addresses, IAppClock clock,
    IOptions<SignUpOptions> options)
{
    public bool IsOn => options.Value.Enabled is true;

    /// <summary>False when too many codes were asked for.</summary>
    public async Task<bool> TrySendAsync(SignUpContact contact, IPAddress peer, CancellationToken ct)
    {
        var holder = contact.Number is { } number ? await Phones.FindAsync(accounts, number, ct) : null;
        var request = new CodeRequest(PurposeOf(contact), contact.Canonical, Meant: [], MessageKind.SignUpCode, contact.To)
        {
            Instead = holder is null ? null : MessageKind.HasAccount,
        };
        return await codes.TryPostAsync(request, peer, ct);
    }

    public async Task<(SignUpOutcome Outcome, Account? Account)> CreateAsync(
        SignUpContact contact, string code, string name, string chosen, IPAddress peer, CancellationToken ct)
    {
        if (addresses.IsSpent(peer))
            return (SignUpOutcome.LockedOut, null);

        if (!AccountFormats.IsName(name))
            return (SignUpOutcome.NameMalformed, null);

        // Costs no try, and says nothing of anybody.
        if (Passwords.FaultOf(chosen, name, contact.To, contact.Number?.National ?? contact.To) is { } fault)
            return (fault is PasswordFault.Length ? SignUpOutcome.Unacceptable : SignUpOutcome.Guessable, null);

        if (!await codes.MatchesAsync(PurposeOf(contact), code, ct))
        {
            addresses.Count(peer);
            return (SignUpOutcome.CodeInvalid, null);
        }

        if (await accounts.FindByNameAsync(name, ct) is not null)
            return (SignUpOutcome.NameTaken, null);

        if (await hashing.HashAsync(chosen, ct) is not { } hash)
            return (SignUpOutcome.LockedOut, null);

        if (!await codes.TryUseAsync(PurposeOf(contact), code, ct))
            return (SignUpOutcome.CodeInvalid, null);

        var account = AccountOf(contact, name, hash);
        if (await accounts.TryAddAsync(account, ct))
            return (SignUpOutcome.SignedUp, account);

        return (await accounts.FindByNameAsync(name, ct) is null ? SignUpOutcome.CodeInvalid : SignUpOutcome.NameTaken, null);
    }

    private static string PurposeOf(SignUpContact contact) => $"sign up\0{contact.Canonical}";

    private Account AccountOf(SignUpContact contact, string name, string hash)
    {
        var now = clock.Now;
        return new Account
        {
            Id = AccountFormats.NewId(),
            Name = name,
            PasswordHash = hash,
            Region = contact.Number is { } number && AccountFormats.IsRegion(number.Region) ? number.Region : options.Value.Region,
            Email = contact.Mail,
            EmailVerified = contact.IsMail,
            Phones = contact.Number is { } own
                ? [new PhoneNumber(AccountFormats.NewId(), own.CallingCode, own.National, own.Region, IsBound: true, now)]
                : [],
            CreatedAt = now,
        };
    }
}
