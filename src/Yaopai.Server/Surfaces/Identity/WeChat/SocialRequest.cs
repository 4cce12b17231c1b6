using Yaopai.Server.Accounts.Bindings;
using Yaopai.Server.Credentials;
using Yaopai.Server.Gateway;
using Yaopai.Server.OAuth;
using Yaopai.Server.OAuth.Authorization;
using Yaopai.Server.Surfaces.Identity.OAuth;
using Common = Yaopai.Errors.IdentityErrors.Common;

namespace Yaopai.Server.Surfaces.Identity.WeChat;

/// <summary>A request for authorization that WeChat answers, and not a password.</summary>
internal abstract class SocialRequest(
    Call call, AuthorizationKit kit, CallerKit callers, IdentityProfile profile, SocialSignIn signIn)
    : AuthorizeRequest(call, kit, callers, profile)
{
    private const string BindParameter = "bind";
    private const string VisitParameter = "visit";

    /// <summary>Null before WeChat has said who it is.</summary>
    public SocialPerson? Person { get; protected set; }

    /// <summary>Whether WeChat asked the person about their profile.</summary>
    protected virtual bool AllowedProfile => false;

    /// <summary>The app wants somebody who is bound to nobody to be asked on our page, and not to ask them itself.</summary>
    public bool LeadsToPage => this[BindParameter] is "page";

    /// <summary>The person comes from that page, bound or not.</summary>
    public bool IsBack => this[VisitParameter] is not "";

    protected override IReadOnlyList<string> Parameters => [.. base.Parameters, BindParameter];

    /// <summary>Told to the app; with a ticket for a person who is bound to nobody, and whom no page asks.</summary>
    public Answer Refuse(Refusal refusal)
    {
        var isUnbound = refusal.Error == Common.UserUnbound;
        if (isUnbound && LeadsToPage && !IsBack)
            return LeadToPage();

        EndVisit();
        return isUnbound
            ? IdentityDialect.Redirect(this["redirect_uri"], refusal, State, ("bind_ticket", signIn.BindTicket(App!, Person!)))
            : IdentityDialect.Redirect(this["redirect_uri"], refusal, State);
    }

    /// <summary>Finds whom the page asked. False in another browser than the one that was on the page.</summary>
    protected async ValueTask<bool> FindVisitorAsync()
    {
        Person = await signIn.ReadAsync(App!, BrowserTexts.Find(Call.Http, BindVisit.PersonOf(this[VisitParameter])), Call.Ct);
        return Person is not null;
    }

    protected async ValueTask<Answer> GiveCodeAsync()
    {
        EndVisit();
        var terms = CodeTerms.For("", "", this["redirect_uri"], ChallengeHash, isOffline: true);
        return IdentityDialect.Redirect(
            this["redirect_uri"], State, ("code", await signIn.CodeAsync(Call, Person!, Scopes, AllowedProfile, terms)));
    }

    /// <summary>Who the person is stays in this browser: whoever is sent the address would bind our person to their number.</summary>
    private Answer LeadToPage()
    {
        var name = Randomness.GetHexString(32);
        BrowserTexts.Keep(Call.Http, BindVisit.PersonOf(name), signIn.BindTicket(App!, Person!), BindTicket.Lifetime);
        return Ask(PagePaths.Bind, Kit.Tickets.Seal(new BindVisit(
            App!.Id, name, AddressAt(QrConnect.Path, [(VisitParameter, name)]), ReturnTo, Now)));
    }

    private void EndVisit()
    {
        if (IsBack)
            BrowserTexts.End(Call.Http, BindVisit.PersonOf(this[VisitParameter]));
    }
}
