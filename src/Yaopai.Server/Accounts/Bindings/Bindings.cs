using Yaopai.Server.Apps;
using Yaopai.Server.Consents;
using Yaopai.Server.Credentials;

namespace Yaopai.Server.Accounts.Bindings;

/// <summary>Which account a person of another platform is, and how they come to be bound.</summary>
internal sealed class Bindings(
    IBindingStore store, IAccountStore accounts, Tickets tickets, IUsedCodeStore used, IAppClock clock, TimeProvider time)
{
    /// <summary>How much longer than a ticket lives its use is remembered: clocks of nodes differ, and the sandbox moves them.</summary>
    private static readonly TimeSpan s_margin = TimeSpan.FromHours(1);

    /// <summary>Null for a person who is bound to nobody. The account may be disabled.</summary>
    public async Task<Account?> FindAsync(App app, ThirdPartyIdentity identity, CancellationToken ct) =>
        await store.FindAsync(identity, app.DeveloperId, ct) is { } binding ? await accounts.FindAsync(binding.AccountId, ct) : null;

    public Task<IReadOnlyList<Binding>> ListAsync(long accountId, CancellationToken ct) => store.ListAsync(accountId, ct);

    /// <summary>A ticket for the person, with which they say once which account is theirs.</summary>
    public string Ticket(long appId, ThirdPartyIdentity identity) =>
        tickets.Seal(new BindTicket(Guid.CreateVersion7(time.GetUtcNow()), appId, identity, clock.Now));

    /// <summary>Null for what is no ticket, or has expired. Whether it was used is another question.</summary>
    public ValueTask<BindTicket?> ReadAsync(string text, CancellationToken ct) => tickets.UnsealAsync<BindTicket>(text, ct);

    /// <summary>Uses nothing.</summary>
    public async ValueTask<bool> IsUnusedAsync(BindTicket ticket, CancellationToken ct) =>
        !await used.IsUsedAsync(ticket.AppId, ticket.Id, ct);

    /// <summary>Uses the ticket, durably. False when it was used before, on any node.</summary>
    public Task<bool> TryUseAsync(BindTicket ticket, CancellationToken ct) =>
        used.TryUseAsync(ticket.AppId, ticket.Id, time.GetUtcNow() + BindTicket.Lifetime + s_margin, ct);

    /// <summary>Binds the person to the account. False when they are bound already, to whomever.</summary>
    public Task<bool> TryBindAsync(App app, ThirdPartyIdentity identity, long accountId, CancellationToken ct) =>
        store.TryAddAsync(new Binding(identity, accountId, app.DeveloperId, clock.NowFor(app.Id)), ct);

    /// <summary>False when the account has no such binding.</summary>
    public Task<bool> TryUnbindAsync(long accountId, string provider, string openId, CancellationToken ct) =>
        store.TryRemoveAsync(accountId, provider, openId, ct);
}
