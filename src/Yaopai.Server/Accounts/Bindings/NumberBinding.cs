using System.Net;
using Yaopai.Server.Accounts.Verification;
using Yaopai.Server.Apps;

namespace Yaopai.Server.Accounts.Bindings;

internal enum BindOutcome
{
    Bound,

    /// <summary>The ticket was used before.</summary>
    TicketUsed,

    /// <summary>Another code, too old, used, or five were wrong.</summary>
    CodeInvalid,

    /// <summary>The number is of an account that was put away.</summary>
    Recycled,

    /// <summary>The account, or the person, is bound to somebody else; or the account may not sign in.</summary>
    Taken,

    /// <summary>Too many passwords are being hashed.</summary>
    Busy,
}

/// <summary>Binds people of another platform to the account that has the phone number that they prove to hold; to a new one
/// where none has it.</summary>
internal sealed class NumberBinding(
    Bindings bindings, VerificationCodes codes, IAccountStore accounts, PasswordHashing hashing, IAppClock clock)
{
    public Task<SendOutcome> SendCodeAsync(BindTicket ticket, NewPhoneNumber number, IPAddress peer, CancellationToken ct) =>
        codes.SendAsync(PurposeOf(ticket), number, peer, ct);

    /// <summary>Whether it is the code; a try is gone either way.</summary>
    public Task<bool> MatchesAsync(BindTicket ticket, NewPhoneNumber number, string code, CancellationToken ct) =>
        codes.MatchesAsync(PurposeOf(ticket), number, code, ct);

    /// <summary>Uses up a code that matches: its number is proved, for the account that has it, too.
    /// False when another was first.</summary>
    public async Task<bool> TryUseCodeAsync(BindTicket ticket, NewPhoneNumber number, string code, CancellationToken ct)
    {
        if (!await codes.TryUseAsync(PurposeOf(ticket), number, code, ct))
            return false;

        if (await FindHolderAsync(number, ct) is { BoundPhone.VerifiedAt: null } holder)
            await accounts.ChangeAsync(holder.Id, Proved, ct);
        return true;

        Account Proved(Account account) => account with
        {
            Phones = [.. account.Phones.Select(phone => phone.IsBound && number.Is(phone) ? phone with { VerifiedAt = clock.Now } : phone)],
        };
    }

    /// <summary>The account that has the number; it may have been put away.</summary>
    public ValueTask<Account?> FindHolderAsync(NewPhoneNumber number, CancellationToken ct) => Phones.FindAsync(accounts, number, ct);

    /// <summary>The person is bound to nobody else, the account may sign in,
    /// and nobody else of the same app at the other platform is bound to it.</summary>
    /// <param name="account">Null for one that is to be made.</param>
    public async ValueTask<bool> IsFreeAsync(App app, BindTicket ticket, Account? account, CancellationToken ct)
    {
        var bound = await bindings.FindAsync(app, ticket.Identity, ct);
        if (bound is not null && bound.Id != account?.Id)
            return false;

        return account is null || (account.MaySignIn && (await bindings.ListAsync(account.Id, ct)).All(binding =>
            (binding.Identity.Provider, binding.Identity.ProviderAppId) != (ticket.Identity.Provider, ticket.Identity.ProviderAppId)
            || binding.Identity.OpenId == ticket.Identity.OpenId));
    }

    /// <summary>An account that nobody signs in to with a password until it is set. Of two at once, one is made.
    /// Null when too many passwords are being hashed.</summary>
    public async Task<Account?> CreateAsync(NewPhoneNumber number, CancellationToken ct)
    {
        if (await hashing.HashAsync(Passwords.Generate(), ct) is not { } hash)
            return null;

        while (true)
        {
            var now = clock.Now;
            var account = new Account
            {
                Id = AccountFormats.NewId(),
                Name = $"user{AccountFormats.NewId()}", // apps may see it, and not the id
                PasswordHash = hash,
                Region = number.Region,
                Phones =
                [
                    new PhoneNumber(AccountFormats.NewId(), number.CallingCode, number.National, number.Region, IsBound: true, now),
                ],
                CreatedAt = now,
            };
            if (await accounts.TryAddAsync(account, ct))
                return account;

            if (await FindHolderAsync(number, ct) is { } first)
                return first;
        }
    }

    /// <summary>False for a person whom another ticket bound to another account meanwhile: they stay bound as they are.</summary>
    public async Task<bool> TryBindAsync(App app, BindTicket ticket, Account account, CancellationToken ct) =>
        await bindings.TryBindAsync(app, ticket.Identity, account.Id, ct)
        || (await bindings.FindAsync(app, ticket.Identity, ct))?.Id == account.Id;

    /// <summary>All of it, in this order. Ticket and code are used up when nothing else is in the way.</summary>
    public async Task<BindOutcome> BindAsync(App app, BindTicket ticket, NewPhoneNumber number, string code, CancellationToken ct)
    {
        if (!await bindings.IsUnusedAsync(ticket, ct))
            return BindOutcome.TicketUsed;
        if (!await MatchesAsync(ticket, number, code, ct))
            return BindOutcome.CodeInvalid;

        var account = await FindHolderAsync(number, ct);
        if (account is { RecycledAt: not null })
            return BindOutcome.Recycled;
        if (!await IsFreeAsync(app, ticket, account, ct))
            return BindOutcome.Taken;
        if (!await bindings.TryUseAsync(ticket, ct))
            return BindOutcome.TicketUsed;
        if (!await TryUseCodeAsync(ticket, number, code, ct))
            return BindOutcome.CodeInvalid;

        account ??= await CreateAsync(number, ct);
        return account is null ? BindOutcome.Busy : await TryBindAsync(app, ticket, account, ct) ? BindOutcome.Bound : BindOutcome.Taken;
    }

    /// <summary>What a verification code is good for: this ticket, and no other that somebody holds for the number.</summary>
    private static string PurposeOf(BindTicket ticket) => $"bind {ticket.Id:n}";
}
