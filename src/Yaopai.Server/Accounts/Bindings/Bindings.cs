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

    /// <summary>The same, of somebody who is here now: who is found by the UnionID alone is bound as they are named, too.</summary>
    public async Task<Account?> RecogniseAsync(App app, ThirdPartyIdentity identity, CancellationToken ct)
    {
        if (await store.FindAsync(identity, app.DeveloperId, ct) is not { } binding)
            return null;

        if ((binding.Identity.ProviderAppId, binding.Identity.OpenId) != (identity.ProviderAppId, identity.OpenId))
            await TryBindAsync(app, identity, binding.AccountId, ct); // of two at once one does; where somebody else is, they stay
        return await accounts.FindAsync(binding.AccountId, ct);
    }

    public Task<IReadOnlyList<Binding>> ListAsync(long accountId, CancellationToken ct) => store.ListAsync(accountId, ct);

    /// <summary>A ticket for the person, with which they say once which account is theirs.</summary>
    public string Ticket(long appId, ThirdPartyIdentity identity) =>
        tickets.Seal(new BindTicket(Randomness.NewGuidAt(time.GetUtcNow()), appId, identity, clock.Now));

    /// <summary>Null for what is no ticket, or has expired. Whether it was used is another question.</summary>
    public ValueTask<BindTicket?> ReadAsync(string text, CancellationToken ct) => tickets.UnsealAsync<BindTicket>(text, ct);

    /// <summary>Uses nothing.</summary>
    public async ValueTask<bool> IsUnusedAsync(BindTicket ticket, CancellationToken ct) =>
        !await used.IsUsedAsync(ticket.AppId, ticket.Id, ct);

    /// <summary>Uses the ticket, durably. False when it was used before, on any node.</summary>
    public Task<bool> TryUseAsync(BindTicket ticket, CancellationToken ct) =>
        used.TryUseAsync(ticket.AppId, ticket.Id, time.GetUtcNow() + BindTicket.Lifetime + s_margin, ct);

    /// <summary>Binds the person to the account. False when they are bound already, to whomever, or somebody else of that app there is
    /// bound to the account.</summary>
    public Task<bool> TryBindAsync(App app, ThirdPartyIdentity identity, long accountId, CancellationToken ct) =>
        store.TryAddAsync(new Binding(identity, accountId, app.DeveloperId, clock.NowFor(app.Id)), ct);

    /// <summary>False when the account has no such binding any more.</summary>
    public Task<bool> TryUnbindAsync(Binding binding, CancellationToken ct) =>
        store.TryRemoveAsync(binding.AccountId, binding.Identity, ct);
}
