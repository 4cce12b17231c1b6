using Yaopai.Server.Apps;
using Yaopai.Server.Consents;
using Yaopai.Server.Credentials;
using Yaopai.Server.Gateway;

namespace Yaopai.Server.OAuth.Authorization;

/// <summary>What authorization endpoints work with.</summary>
internal sealed record AuthorizationKit(
    Sessions Sessions, IConsentStore Consents, Tickets Tickets, Decisions Decisions, CredentialIssuer Issuer);

/// <summary>A request for authorization (RFC 6749 §4.1.1), and who stands before it: the checks that every platform makes,
/// and the way to the pages.</summary>
internal abstract class AuthorizationRequest(Call call, AuthorizationKit kit, SurfaceProfile profile)
{
    private string[]? _scopes;

    public string this[string parameter] => call.Parameters[parameter];

    public App? App => call.App;

    /// <summary>What is asked for: named, or what the platform gives where nothing is.</summary>
    public string[] Scopes => _scopes ??= profile.ScopesOrDefault(SpacedScopes);

    public bool ScopesAreOpen => Array.TrueForAll(Scopes, scope => profile.IsOpenTo(App!, scope));

    public bool IsOutOfBand => this["redirect_uri"] is RedirectUri.OutOfBand;

    public bool RedirectUriIsWellFormed => RedirectUri.IsWellFormed(this["redirect_uri"]);

    public bool RedirectUriIsRegistered => RedirectUri.IsRegistered(App!.RedirectUris, this["redirect_uri"]);

    /// <summary><c>state</c> as it is returned: only if it is well formed.</summary>
    public string State => IsState(this["state"]) ? this["state"] : "";

    /// <summary>What a request is made of; whatever else comes along is not carried on.</summary>
    protected abstract IReadOnlyList<string> Parameters { get; }

    protected Call Call => call;

    protected AuthorizationKit Kit => kit;

    protected SurfaceProfile Profile => profile;

    protected DateTimeOffset Now => call.Now;

    /// <summary>Null where nobody is signed in.</summary>
    protected SignedIn? User { get; private set; }

    /// <summary>What the person decided for this request alone; null where they were not asked, or their consent says it.</summary>
    protected Verdict? Verdict { get; private set; }

    /// <summary>SHA-256 of the code verifier that has to come; null without PKCE.</summary>
    protected byte[]? ChallengeHash { get; private set; }

    /// <summary>This very request, written in one way whatever way it came in.</summary>
    protected virtual string ReturnTo => AddressWith([]);

    protected abstract bool IsState(string text);

    /// <summary>The scopes that are asked for, with spaces between.</summary>
    protected virtual string SpacedScopes => ScopeText.WithSpaces(this["scope"]);

    /// <summary>A parameter as it is carried on.</summary>
    protected virtual string Carried(string parameter) => this[parameter];

    /// <summary>Whether the app may go without a challenge although it can keep no secret, and so has nothing else to prove itself by
    /// (RFC 9700 §2.1.1).</summary>
    protected virtual bool NeedsNoProof => false;

    public bool ReadChallenge()
    {
        var isWellFormed = CodeChallenge.TryHash(this["code_challenge"], this["code_challenge_method"], out var hash);
        ChallengeHash = hash;
        return isWellFormed && (hash is not null || !App!.IsPublic || NeedsNoProof);
    }

    /// <summary>Finds who is signed in, and takes their decision about this request.</summary>
    public async ValueTask<bool> IsNotRefusedAsync()
    {
        User = await kit.Sessions.FindAsync(call.Http, call.Ct);
        Verdict = User is null
            ? null
            : await kit.Decisions.TakeAsync(this[PagePaths.Decision], App!.Id, User.Session.GrantId, ReturnTo, call.Ct);
        return Verdict is not Consents.Verdict.Refuse;
    }

    public string WhyRedirectUriIsUnregistered() => RedirectUri.WhyUnregistered(App!.RedirectUris, this["redirect_uri"]);

    public string WhyScopesAreNotOpen() =>
        $"app {App!.Id} may not ask for {string.Join(' ', Scopes.Where(scope => !profile.IsOpenTo(App, scope)))}";

    public string WhyChallengeIsWrong() => this["code_challenge"] is "" && App!.IsPublic
        ? "the app can keep no secret: it has to send a code_challenge"
        : $"code_challenge of method '{this["code_challenge_method"]}' came with {this["code_challenge"].Length} characters: "
            + "S256 has 43, plain 43 to 128";

    protected string AddressWith(IEnumerable<(string Name, string Value)> more) =>
        call.Http.Request.PathBase + call.Http.Request.Path + QueryString.Create(
            Parameters.Select(name => (Name: name, Value: Carried(name))).Concat(more)
                .Where(parameter => parameter.Value is not "")
                .Select(parameter => KeyValuePair.Create(parameter.Name, (string?)parameter.Value)));

    protected Task<Consent?> FindConsentAsync() => kit.Consents.FindAsync(User!.Account.Id, App!.Id, call.Ct);

    protected string IssueCode(Consent consent, string scopes, CodeTerms terms) =>
        kit.Issuer.Code(profile.Credentials, GrantOf(consent, scopes), terms, IssuedOn);

    protected IssuedTokens IssueTokens(Consent consent, string scopes) =>
        kit.Issuer.Tokens(profile.Credentials, GrantOf(consent, scopes), IssuedOn, withRefreshToken: false, secretWasShown: false);

    /// <summary>Sends the browser to a page that asks the person, and comes back here.</summary>
    protected static Answer Ask(string page, string ticket) => Answer.Redirect(PagePaths.With(page, ticket));

    private IssuedOn IssuedOn => new(call.ReceivedAt, call.NowFor(App!.Id));

    private Grant GrantOf(Consent consent, string scopes) =>
        new(consent.AppId, consent.AccountId, kit.Issuer.NewId(), scopes, consent.PhoneId);
}
