using Yaopai.Server.Credentials;
using Yaopai.Server.Gateway;

namespace Yaopai.Server.OAuth.Grants;

/// <summary>A ticket that one part of an app made of an access token, traded once for tokens by another.</summary>
internal class TicketGrant(Call call, GrantKit kit, SurfaceProfile profile) : TokenRequest(call, kit, profile)
{
    public Credential Ticket { get; private set; } = null!;

    public bool IsOfClient => Ticket.AppId == App!.Id;

    public bool IsExpired => Ticket.IsExpiredAt(Now);

    public async ValueTask<bool> ReadTicketAsync() => (Ticket = (await ReadAsync("ticket", CredentialKind.Ticket))!) is not null;

    public ValueTask<bool> IsUnusedAsync() => Kit.Tickets.IsUnusedAsync(Ticket, Call.Ct);

    public ValueTask<bool> TryUseAsync() => Kit.Tickets.TryUseAsync(Ticket, Call.Ct);

    public async ValueTask<bool> GrantHoldsAsync() => await Kit.Reader.GrantHoldsAsync(Ticket, Call.Ct);

    public IssuedTokens Issue() => Kit.Issuer.Tokens(
        Credentials, Grant.Of(Ticket), IssuedOn(Ticket.ValidSince), withRefreshToken: true, secretWasShown: !IsPublicClient);

    public Reason WhyExpired() => new($"the ticket expired at {Ticket.ExpiresAt:O}; it is {Now:O} for app {App!.Id}")
    {
        Expected = $"before {Ticket.ExpiresAt:O}",
        Actual = $"{Now:O}",
    };
}
