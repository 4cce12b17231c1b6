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
/// <param name="ValidSince">What is given out for them is dated by it: before the account was looked for.</param>
internal sealed record SocialPerson(ThirdPartyIdentity Identity, Account? Account, DateTimeOffset ValidSince);

/// <summary>Signs people in whom WeChat vouches for.</summary>
internal sealed class SocialSignIn(
    Bindings bindings, WeChatClient client, IConsentStore consents, CredentialIssuer issuer, HybridClock clock, IdentityProfile profile)
{
    public const string Provider = "wechat";

    /// <summary>The person of an OpenID, as WeChat told it just now. Who is found by the UnionID is bound with the OpenID, too.</summary>
    public async Task<SocialPerson> FindAsync(App app, WeChatAccount account, string openId, string? unionId, CancellationToken ct)
    {
        var identity = new ThirdPartyIdentity(Provider, account.WeChatAppId, openId, unionId);
        var validSince = await clock.NowAsync(ct);
        return new SocialPerson(identity, await bindings.RecogniseAsync(app, identity, ct), validSince);
    }

    /// <summary>The same at an official account, which asks WeChat for the UnionID of somebody who is bound to nobody by the OpenID:
    /// an app's mini program may know them.</summary>
    public async Task<WeChatAnswer<SocialPerson>> AskAsync(
        App app, WeChatAccount account, string openId, string? unionId, CancellationToken ct)
    {
        var person = await FindAsync(app, account, openId, unionId, ct);
        if (person.Account is not null || unionId is not null)
            return person;

        var (follower, fault) = await client.FindFollowerAsync(account, openId, ct);
        return follower is null ? fault!
            : follower.UnionId is null ? person
            : await FindAsync(app, account, openId, follower.UnionId, ct);
    }

    /// <summary>Whom a ticket of the app is about. Null for what is no ticket, has expired, or is another app's.</summary>
    public async Task<SocialPerson?> ReadAsync(App app, string ticket, CancellationToken ct)
    {
        if (await bindings.ReadAsync(ticket, ct) is not { Identity: var identity } read || read.AppId != app.Id)
            return null;

        var validSince = await clock.NowAsync(ct);
        return new SocialPerson(identity, await bindings.FindAsync(app, identity, ct), validSince);
    }

    /// <summary>A code for the app. To scan, or to open the app's page in WeChat, is to agree to be recognised there:
    /// what else was asked for is in it only where the person allowed it.</summary>
    /// <param name="allowedProfile">WeChat asked the person whether the app may see their profile.</param>
    public async Task<string> CodeAsync(Call call, SocialPerson person, string[] scopes, bool allowedProfile, CodeTerms terms)
    {
        var app = call.App!;
        var now = call.NowFor(app.Id);
        string[] agreed = [.. scopes.Where(IsAgreed)];
        if (agreed is [])
            agreed = [IdentityProfile.Login];
        var consent = await consents.AddAsync(new Consent(person.Account!.Id, app.Id, agreed, PhoneId: null, now), call.Ct);
        var given = scopes.Where(scope => consent.Covers([scope])).DefaultIfEmpty(IdentityProfile.Login);
        var grant = new Grant(app.Id, consent.AccountId, issuer.NewId(), string.Join(' ', given));
        return issuer.Code(profile.Credentials, grant, terms, new IssuedOn(person.ValidSince, now));

        bool IsAgreed(string scope) =>
            scope is IdentityProfile.Base or IdentityProfile.Login || (allowedProfile && IdentityProfile.IsUserInfo(scope));
    }

    /// <summary>A ticket for a person who is bound to nobody, with which they say once who they are.</summary>
    public string BindTicket(App app, SocialPerson person) => bindings.Ticket(app.Id, person.Identity);
}
