using System.Text;
using Yaopai.Server.Consents;
using Yaopai.Server.Credentials;
using Yaopai.Server.Gateway;
using Yaopai.Server.OAuth;
using Yaopai.Server.OAuth.Authorization;
using E = Yaopai.Errors.IdentityErrors.Common;

namespace Yaopai.Server.Surfaces.Identity.OAuth;

/// <summary>GET or POST /oauth2/authorize — sends a person who agreed back to the app with a code.</summary>
internal sealed record Authorize(AuthorizationKit Kit, CallerKit Callers, IdentityProfile Profile) : IOperationDefinition
{
    public const string Path = "/oauth2/authorize";

    /// <summary>In bytes of UTF-8.</summary>
    private const int LongestState = 128;

    /// <summary>Until the redirect URI is trusted nothing is sent there: these are shown here.</summary>
    internal static readonly Rule<AuthorizeRequest>[] BeforeRedirect =
    [
        new(E.HttpsRequired,           x => x.IsSecure),
        new(E.AppIdMissing,            x => x.AppId is not ""),
        new(E.AppIdUnknown,            x => x.App is { IsEnabled: true }),
        new(E.RedirectUriMissing,      x => x["redirect_uri"] is not ""),
        new(E.UrlTooLong,              x => x["redirect_uri"].Length <= WebUrl.Longest),
        new(E.UrlMalformed,            x => WebUrl.IsWellFormed(x["redirect_uri"])),
        new(E.RedirectUriUnregistered, x => x.RedirectUriIsRegistered, why: x => x.WhyRedirectUriIsUnregistered()),
    ];

    /// <summary>These are told to the app, at its redirect URI.</summary>
    internal static readonly Rule<AuthorizeRequest>[] AfterRedirect =
    [
        new(E.ResponseTypeMissing,     x => x["response_type"] is not ""),
        new(E.ResponseTypeUnsupported, x => x["response_type"] is "code"),
        new(E.ScopeMissing,            x => x.Scopes.Length > 0 && x["scope"] is not ""),
        new(E.ScopeInvalid,            x => x.ScopesAreOpen,   why: x => x.WhyScopesAreNotOpen()),
        new(E.StateMissing,            x => x["state"] is not ""),
        new(E.StateTooLong,            x => IsState(x["state"]),
            why: x => $"state has {Encoding.UTF8.GetByteCount(x["state"])} bytes of at most {LongestState}"),
        new(E.TypeForbidden,           x => IdentityGrantTypes.MayUse(x.App!, IdentityGrantTypes.Code)),
        // an app without a secret has no other way to show that a code is its own
        new(E.TypeForbidden,           x => x.ReadChallenge(), why: x => x.WhyChallengeIsWrong()),
    ];

    public IOperation Define() => new Operation<AuthorizeRequest>("identity", "Authorize", IdentityFailures.Rows())
    {
        Methods = ["GET", "POST"],
        IsForPeople = true,
        Read = call => ValueTask.FromResult(new AuthorizeRequest(call, Kit, Callers, Profile)),
        Client = x => ClientId.Parse(x.AppId),
        Rules = RuleLists.Phases(
            x => x.AnswerAsync(), new Phase<AuthorizeRequest>(BeforeRedirect), new Phase<AuthorizeRequest>(AfterRedirect, Refuse)),
        Gives = Given.Code,
        Failures = IdentityFailures.OfApps,
    };

    internal static bool IsState(string text) => Encoding.UTF8.GetByteCount(text) <= LongestState;

    internal static Answer Refuse(AuthorizeRequest x, Refusal refusal) =>
        IdentityDialect.Redirect(x["redirect_uri"], refusal, x.State);
}

/// <summary>A request for authorization, as this platform's clients write it.</summary>
internal class AuthorizeRequest(Call call, AuthorizationKit kit, CallerKit callers, IdentityProfile profile)
    : AuthorizationRequest(call, kit, profile)
{
    public string AppId => AppCaller.IdOf(Call);

    public bool IsSecure => callers.IsSecure(Call);

    protected override IReadOnlyList<string> Parameters { get; } =
    [
        "appid", "client_id", "redirect_uri", "response_type", "scope", "state", "code_challenge", "code_challenge_method",
    ];

    public async ValueTask<Answer> AnswerAsync()
    {
        if (!await IsNotRefusedAsync()) // the platform has no number for it: the app gets no code
            return IdentityDialect.Redirect(this["redirect_uri"], State, said: []);

        if (User is null)
            return Ask(PagePaths.SignIn);

        return await FindConsentAsync() is { } consent && consent.Covers(Scopes) && !(AsksEachTime && Verdict is null)
            ? GiveCode(consent)
            : Ask(PagePaths.Consent);
    }

    protected override bool MayReturn(string state) => Authorize.IsState(state);

    protected Answer GiveCode(Consent consent) => IdentityDialect.Redirect(this["redirect_uri"], State, ("code", IssueCode(
        consent, string.Join(' ', Scopes), CodeTerms.For("", "", this["redirect_uri"], ChallengeHash, isOffline: true))));

    private Answer Ask(string page) => Ask(page, Kit.Tickets.Seal(new Interaction(
        App!.Id,
        Scopes,
        AsksForPhone: false,
        OneTapScopes: [],
        ReturnTo,
        IsTouch: false,
        Now,
        WantsVerdict: AsksEachTime)));
}
