using Yaopai.Server.Credentials;
using Yaopai.Server.Gateway;

namespace Yaopai.Server.Surfaces.WeLink.Auth;

/// <summary>GET /api/auth/v1/jstickets — gives an app a ticket that signs the calls of its pages to the client.</summary>
internal sealed record JsTicket(WeLinkKit Kit, CredentialIssuer Issuer) : IOperationDefinition
{
    public IOperation Define() => WeLinkRules.Operation<WeLinkRequest>(
        Kit, Modules.Auth, "JsTicket", "GET", ParameterSource.Query, incoming => new WeLinkRequest(incoming), [], x =>
        {
            var profile = Kit.Profile.Credentials;
            var grant = new Grant(x.App.Id, AccountId: 0, Issuer.NewId(), Scopes: "") { TenantId = x.TenantId };
            var ticket = Issuer.Ticket(profile, grant, new IssuedOn(x.Call.ReceivedAt, x.Now));
            return ValueTask.FromResult(WeLinkDialect.Ok((ticket, profile.Lifetimes.Ticket), static (json, it) =>
            {
                json.WriteString("ticket", it.ticket);
                json.WriteString("jsTicket", it.ticket); // clients read it under one name or the other
                json.WriteNumber("expires_in", (long)it.Ticket.TotalSeconds);
            }));
        });
}
