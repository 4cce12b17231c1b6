using Yaopai.Server.Gateway;
using Yaopai.Server.OAuth;
using Yaopai.Server.OAuth.Grants;
using E = Yaopai.Errors.IdentityErrors.Common;

namespace Yaopai.Server.Surfaces.Identity.OAuth;

/// <summary>GET or POST /oauth2/ticket/exchange — trades a temporary ticket, once, for tokens.</summary>
internal sealed record TicketExchange(GrantKit Kit, CallerKit Callers, IdentityProfile Profile, UserTokens Tokens) : IOperationDefinition
{
    internal static readonly Rule<Request>[] Rules =
    [
        .. AppRules.Named<Request>(),
        .. AppRules.ShowsSecret<Request>(),
        new(E.TicketInvalid, x => x["ticket"] is not "",  why: _ => "ticket is missing"),
        .. AppRules.Proof<Request>(IdentityGrantTypes.Code),
        new(E.TicketInvalid, x => x.ReadTicketAsync(),    why: _ => "the ticket is none of this platform"),
        new(E.TicketInvalid, x => x.IsOfClient,           why: x => $"the ticket was given to app {x.Ticket.AppId}"),
        new(E.TicketExpired, x => !x.IsExpired,           why: x => x.WhyExpired()),
        Rule.Claim<Request>(E.TicketExpired, x => x.IsUnusedAsync(), x => x.TryUseAsync(), why: _ => "the ticket was used before"),
        new(E.TicketInvalid, x => x.GrantHoldsAsync(),    why: _ => "the consent was withdrawn, or the grant was revoked"),
    ];

    public IOperation Define() => new Operation<Request>("identity", "TicketExchange", IdentityFailures.Rows())
    {
        Methods = ["GET", "POST"],
        Source = ParameterSource.FormOrJson,
        AdmitsByRules = true,
        Read = call => ValueTask.FromResult(new Request(call, this)),
        Client = x => ClientId.Parse(x.Caller.AppId),
        Rules = RuleLists.One(Rules, x => ValueTask.FromResult(Tokens.Of(x.App!, x.Ticket.AccountId, x.Issue()))),
        Gives = Given.Tokens,
        Failures = IdentityFailures.OfApps,
    };

    internal sealed class Request(Call call, TicketExchange operation)
        : TicketGrant(call, operation.Kit, operation.Profile), IAppRequest
    {
        public AppCaller Caller { get; } = new(call, operation.Callers, "identity.ticketExchange");

        public override string Secret => Caller.Secret;
    }
}
