using Yaopai.Server.Credentials;
using Yaopai.Server.Gateway;
using Yaopai.Server.Gateway.Documents;

namespace Yaopai.Server.Surfaces.Identity.OAuth;

/// <summary>POST /oauth2/ticket — makes a temporary ticket of an access token, for another part of the same app.</summary>
internal sealed record Ticket(BearerKit Kit, CredentialIssuer Issuer) : IOperationDefinition
{
    internal static readonly Rule<TokenBearer>[] Rules = BearerRules.OfUser<TokenBearer>();

    public IOperation Define() => new Operation<TokenBearer>("identity", "Ticket", IdentityFailures.Rows())
    {
        Source = ParameterSource.FormOrJson,
        AdmitsByRules = true,
        Read = async call => new TokenBearer(call, await Kit.ReadAsync(call), Kit.Callers, "identity.ticket"),
        Client = x => x.Token.AppId,
        Rules = RuleLists.One(Rules, x => ValueTask.FromResult(IdentityDialect.Ok((this, x), Write))),
        Failures = IdentityFailures.OfWriting,
    };

    private static void Write(DocumentWriter json, (Ticket Operation, TokenBearer Bearer) it)
    {
        var ((kit, issuer), x) = it;
        var on = new IssuedOn(x.Granted.ValidSince, x.Call.NowFor(x.Granted.AppId));
        json.WriteString("ticket", issuer.Ticket(kit.Profile.Credentials, Grant.Of(x.Granted), on));
        json.WriteNumber("expires_in", (long)kit.Profile.Credentials.Lifetimes.Ticket.TotalSeconds);
    }
}
