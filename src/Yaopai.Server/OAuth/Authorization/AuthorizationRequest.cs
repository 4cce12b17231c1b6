using Yaopai.Server.Apps;
using Yaopai.Server.Consents;
using Yaopai.Server.Credentials;
using Yaopai.Server.Gateway;

namespace Yaopai.Server.OAuth.Authorization;

/// <summary>What authorization endpoints work with.</summary>
internal sealed record AuthorizationKit(
    Sessions Sessions, IConsentStore Consents, Tickets Tickets, Decisions Decisions, CredentialIssuer Issuer, HybridClock Clock);

/// <summary>A request for authorization (RFC 6749 §4.1.1), and who stands before it: the checks that every platform makes,
/// and the way to the pages.</summary>
internal abstract class AuthorizationRequest(Call call, AuthorizationKit kit, SurfaceProfile profile)
{
    /// <summary>Says since when the request has asked for a sign-in; ours, and nobody else's to set.</summary>
    private const string AskedParameter = "asked";

    private string[]? _scopes;
    private DateTimeOffset? _validSince;

    public string this[string parameter] => call.Parameters[parameter];

    public App? App => call.App;

    /// <summary>What is asked for: named, or what the platform gives where nothing is.</summary>
    public string[] Scopes => _scopes ??= profile.ScopesOrDefault(profile.WithSpaces(this["scope"]));

    public bool ScopesAreOpen => Array.TrueForAll(Scopes, scope => profile.IsOpenTo(App!, scope));

    /// <summary>How the app is answered; as the platform has it while nothing else that it knows was asked for.</summary>
    public ResponseMode ResponseMode =>
        ResponseModes.Read(this["response_mode"], this["redirect_uri"], WantsTokens) ?? ResponseModes.Default(WantsTokens);

    /// <summary>What the app is told beside the number of an error, where that could mean something else; null where it says it.</summary>
    public string? Told { get; protected set; }

    public bool IsOutOfBand => this["redirect_uri"] is RedirectUri.OutOfBand;

    public bool RedirectUriIsWellFormed => RedirectUri.IsWellFormed(this["redirect_uri"]);

    public bool RedirectUriIsRegistered => RedirectUri.IsRegistered(
        App!, this["redirect_uri"], mayAdd: !WantsTokens, returnsState: this["state"] is not "");

    /// <summary><c>state</c> as it is returned, with errors too.</summary>
    public string State => MayReturn(this["state"]) ? this["state"] : "";

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
    protected virtual string ReturnTo => ReturnToSince(Asked);

    /// <summary>What the app asks of the sign-in.</summary>
    protected Prompt Prompt { get; private set; } = Prompt.Nothing;

    /// <summary>Whoever is signed in has to sign in again.</summary>
    protected virtual bool ForcesSignIn => Prompt.WantsSignIn;

    /// <summary>Whether the app means whoever is signed in.</summary>
    protected virtual bool MeansUser => true;

    /// <summary>The person is asked, though they allowed it before.</summary>
    protected virtual bool WantsVerdict => Prompt.WantsVerdict || AsksEachTime;

    private bool AsksForSignIn => ForcesSignIn || Prompt.MaxAge is not null || !MeansUser;

    private string Asked => AsksForSignIn ? this[AskedParameter] : "";

    /// <summary>Whether such a state is returned; whether it is well formed, a rule says.</summary>
    protected virtual bool MayReturn(string state) => StateFormat.MayReturn(state);

    /// <summary>Whether the answer itself holds tokens.</summary>
    protected virtual bool WantsTokens => false;

    /// <summary>Where nothing but the address says that it is the app which is answered, and other programs may listen there, a person is
    /// asked though they agreed before (RFC 6749 §10.2, RFC 8252 §8.6). A name with TLS is one site's alone.</summary>
    protected bool AsksEachTime =>
        (App!.IsPublic || WantsTokens) && !this["redirect_uri"].StartsWith("https://", StringComparison.OrdinalIgnoreCase);

    /// <summary>A parameter as it is carried on.</summary>
    protected virtual string Carried(string parameter) => this[parameter];

    /// <summary>The organisation that the person signs in for; 0 where the platform has none.</summary>
    protected virtual long TenantId => 0;

    /// <summary>Whether the app may go without a challenge although it can keep no secret, and so has nothing else to prove itself by
    /// (RFC 9700 §2.1.1).</summary>
    protected virtual bool NeedsNoProof => false;

    public bool ReadResponseMode()
    {
        if (ResponseModes.Read(this["response_mode"], this["redirect_uri"], WantsTokens) is not null)
            return true;

        Told = "invalid response_mode";
        return false;
    }

    public bool ReadPrompt()
    {
        if (Prompt.Read(this["prompt"]) is { } prompt)
        {
            if (Prompt.TryReadAge(this["max_age"], out var age))
            {
                Prompt = prompt with { MaxAge = age };
                return true;
            }

            Told = "invalid max_age";
            return false;
        }

        Told = "invalid prompt";
        return false;
    }

    public bool ReadChallenge()
    {
        var isWellFormed = CodeChallenge.TryHash(this["code_challenge"], this["code_challenge_method"], out var hash);
        ChallengeHash = hash;
        return isWellFormed && (hash is not null || !App!.IsPublic || NeedsNoProof);
    }

    /// <summary>Finds who is signed in, and takes their decision about this request.</summary>
    public async ValueTask<bool> IsNotRefusedAsync()
    {
        await DateAsync();
        User = await kit.Sessions.FindAsync(call.Http, call.Ct);
        Verdict = User is null
            ? null
            : await kit.Decisions.TakeAsync(this[PagePaths.Decision], App!.Id, User.Session.GrantId, ReturnTo, call.Ct);
        return Verdict is not Consents.Verdict.Refuse;
    }

    public Reason WhyRedirectUriIsUnregistered() => RedirectUri.WhyUnregistered(App!, this["redirect_uri"]);

    public string WhyResponseModeIsWrong() => $"response_mode '{this["response_mode"]}' is not known, or not for this answer";

    public string WhyPromptIsWrong() => $"prompt is '{this["prompt"]}', max_age '{this["max_age"]}'";

    public Reason WhyScopesAreNotOpen()
    {
        var closed = string.Join(' ', Scopes.Where(scope => !profile.IsOpenTo(App!, scope)));
        return new Reason($"app {App!.Id} may not ask for {closed}") { Actual = closed, Expected = string.Join(' ', App.ApprovedScopes) };
    }

    public string WhyChallengeIsWrong() => this["code_challenge"] is "" && App!.IsPublic
        ? "the app can keep no secret: it has to send a code_challenge"
        : $"code_challenge of method '{this["code_challenge_method"]}' came with {this["code_challenge"].Length} characters: "
            + "S256 has 43, plain 43 to 128";

    protected string AddressWith(IEnumerable<(string Name, string Value)> more) =>
        AddressOf(call.Http.Request.Path.ToUriComponent(), more);

    /// <summary>The same request at another path of the surface.</summary>
    protected string AddressAt(string path, IEnumerable<(string Name, string Value)> more) => AddressOf(call.Root + path, more);

    private string AddressOf(string path, IEnumerable<(string Name, string Value)> more) =>
        path + QueryString.Create(
            Parameters.Select(name => (Name: name, Value: Carried(name))).Concat(more)
                .Where(parameter => parameter.Value is not "")
                .Select(parameter => KeyValuePair.Create(parameter.Name, (string?)parameter.Value)));

    /// <summary>True when no other sign-in is wanted than the one there is: recent enough, and of the person whom the app means; or the one
    /// that this request asked for.</summary>
    protected async ValueTask<bool> IsSignInWantedAsync() => User is null || !(
        (!ForcesSignIn && MeansUser && (Prompt.MaxAge is not { } most || Now - User.Session.IssuedAt <= most))
        || (await FindAskedAsync() is { } asked && User.Session.IssuedAt >= asked.IssuedAt));

    /// <summary>Whether the request is answered as it stands: whether it goes on to the page that it needs, to none, or may not show one
    /// (OpenID Connect Core §3.1.2.6).</summary>
    /// <param name="page">The page that it needs; null for none.</param>
    /// <param name="hasConsent">Whether the person allowed it before.</param>
    protected bool MayShow(string? page, bool hasConsent)
    {
        Told = page switch
        {
            not PagePaths.SignIn when User is not null && !MeansUser => Prompt.LoginRequired, // asked, and still somebody else
            null => null,
            _ when !Prompt.IsSilent => null,
            PagePaths.SignIn => Prompt.LoginRequired,
            _ => hasConsent ? Prompt.InteractionRequired : Prompt.ConsentRequired,
        };
        return Told is null;
    }

    /// <summary>This request as it comes back from the page: from a sign-in that it asks for with word of since when it does.</summary>
    protected string ReturnToFrom(string page) => page is PagePaths.SignIn && AsksForSignIn
        ? ReturnToSince(kit.Tickets.Seal(new SignInAsked(Hashes.Of(ReturnToSince(asked: "")), Now)))
        : ReturnTo;

    /// <summary>Whether a person who is signed in already has to use the page.</summary>
    protected bool WantsSignInAt(string page) => page is PagePaths.SignIn && AsksForSignIn;

    private async ValueTask<SignInAsked?> FindAskedAsync() =>
        await kit.Tickets.UnsealAsync<SignInAsked>(Asked, call.Ct) is { } asked
            && Hashes.Match(asked.RequestHash, ReturnToSince(asked: "")) ? asked : null;

    private string ReturnToSince(string asked) => AddressWith([(AskedParameter, asked)]);

    protected Task<Consent?> FindConsentAsync() => kit.Consents.FindAsync(User!.Account.Id, App!.Id, call.Ct);

    /// <param name="lifetime">Where it is shorter than of other codes of the platform.</param>
    protected string IssueCode(Consent consent, string scopes, CodeTerms terms, TimeSpan? lifetime = null) =>
        kit.Issuer.Code(profile.Credentials, GrantOf(consent, scopes), terms, IssuedOn, lifetime);

    protected IssuedTokens IssueTokens(Consent consent, string scopes) =>
        kit.Issuer.Tokens(profile.Credentials, GrantOf(consent, scopes), IssuedOn, withRefreshToken: false, secretWasShown: false);

    /// <summary>Dates what is given out: after all that is revoked by now, on whichever node, and before anything is looked at that it
    /// stands on.</summary>
    protected async ValueTask<DateTimeOffset> DateAsync() => (_validSince = await kit.Clock.NowAsync(call.Ct)).Value;

    /// <summary>Sends the browser to a page that asks the person, and comes back here.</summary>
    protected static Answer Ask(string page, string ticket) => Answer.Redirect(PagePaths.With(page, ticket));

    private IssuedOn IssuedOn => new(_validSince ?? call.ReceivedAt, call.NowFor(App!.Id));

    private Grant GrantOf(Consent consent, string scopes) =>
        new(consent.AppId, consent.AccountId, kit.Issuer.NewId(), scopes, consent.PhoneId) { TenantId = TenantId };
}
