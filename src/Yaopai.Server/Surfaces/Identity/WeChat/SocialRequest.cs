using Yaopai.Server.Credentials;
using Yaopai.Server.Gateway;
using Yaopai.Server.OAuth.Authorization;
using Yaopai.Server.Surfaces.Identity.OAuth;
using Common = Yaopai.Errors.IdentityErrors.Common;

namespace Yaopai.Server.Surfaces.Identity.WeChat;

/// <summary>A request for authorization that WeChat answers, and not a password.</summary>
internal abstract class SocialRequest(
    Call call, AuthorizationKit kit, CallerKit callers, IdentityProfile profile, SocialSignIn signIn)
    : AuthorizeRequest(call, kit, callers, profile)
{
    /// <summary>Null before WeChat has said who it is.</summary>
    public SocialPerson? Person { get; protected set; }

    /// <summary>Told to the app; with a ticket for a person who is bound to nobody.</summary>
    public Answer Refuse(Refusal refusal) => refusal.Error == Common.UserUnbound
        ? IdentityDialect.Redirect(this["redirect_uri"], refusal, State, ("bind_ticket", signIn.BindTicket(App!, Person!)))
        : IdentityDialect.Redirect(this["redirect_uri"], refusal, State);

    protected async ValueTask<Answer> GiveCodeAsync()
    {
        var terms = CodeTerms.For("", "", this["redirect_uri"], ChallengeHash, isOffline: true);
        return IdentityDialect.Redirect(this["redirect_uri"], State, ("code", await signIn.CodeAsync(Call, Person!, Scopes, terms)));
    }
}
