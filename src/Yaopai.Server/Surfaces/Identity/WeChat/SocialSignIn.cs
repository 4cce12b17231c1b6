using Yaopai.Server.Accounts;
using Yaopai.Server.Accounts.Bindings;
using Yaopai.Server.Apps;
using Yaopai.Server.Consents;
using Yaopai.Server.Credentials;
using Yaopai.Server.Gateway;
using Yaopai.Server.Upstreams.WeChat;

namespace Yaopai.Server.Surfaces.Identity.WeChat;

/// <summary>A person whom WeChat vouches for, on the way to a code.</summary>
/// <param name="Account">Null for a person who is bound to nobody.</param>
internal sealed record SocialPerson(ThirdPartyIdentity Identity, Account? Account);

/// <summary>Signs people in whom WeChat vouches for.</summary>
internal sealed class SocialSignIn(Bindings bindings, IConsentStore consents, CredentialIssuer issuer, IdentityProfile profile)
{
    public const string Provider = "wechat";

    public async Task<SocialPerson> FindAsync(App app, WeChatAccount account, string openId, string? unionId, CancellationToken ct)
    {
        var identity = new ThirdPartyIdentity(Provider, account.WeChatAppId, openId, unionId);
        return new SocialPerson(identity, await bindings.FindAsync(app, identity, ct));
    }

    /// <summary>A code for the app. To scan, or to open the app's page in WeChat, is to agree to be recognised there.</summary>
    public async Task<string> CodeAsync(Call call, SocialPerson person, string[] scopes, CodeTerms terms)
    {
        var app = call.App!;
        var now = call.NowFor(app.Id);
        var consent = await consents.AddAsync(new Consent(person.Account!.Id, app.Id, scopes, PhoneId: null, now), call.Ct);
        var grant = new Grant(app.Id, consent.AccountId, issuer.NewId(), string.Join(' ', scopes));
        return issuer.Code(profile.Credentials, grant, terms, new IssuedOn(call.ReceivedAt, now));
    }

    /// <summary>A ticket for a person who is bound to nobody, with which they say once who they are.</summary>
    public string BindTicket(App app, SocialPerson person) => bindings.Ticket(app.Id, person.Identity);
}
