using System.Security.Cryptography;
using System.Text;
using Yaopai.Server.Apps;
using Yaopai.Server.Consents;
using Yaopai.Server.Credentials;
using Yaopai.Server.Gateway;
using Yaopai.Server.OAuth;
using Yaopai.Server.Surfaces.OpenApi.Calls;
using E = Yaopai.Errors.OpenApiErrors.OAuth;

namespace Yaopai.Server.Surfaces.OpenApi.OAuth;

/// <summary>GET or POST /oauth/2.0/authorize — sends a person who agreed back to the app, with a code or with tokens.</summary>
internal static class Authorize
{
    /// <summary>Says since when the request has asked for a sign-in; ours, and nobody else's to set.</summary>
    private const string AskedParameter = "asked";

    /// <summary>What a request is made of; whatever else comes along is not carried on.</summary>
    private static readonly string[] s_parameters =
    [
        "response_type", "client_id", "redirect_uri", "scope", "state", "display", "force_login", "confirm_login", "code_challenge", "code_challenge_method",
    ];

    /// <summary>Until the redirect URI is trusted nothing is sent there: these are shown here.</summary>
    internal static readonly Rule<Request>[] BeforeRedirect =
    [
        new(E.RequestMalformed,           x => x["client_id"] is not ""),
        new(E.RequestMalformed,           x => x["redirect_uri"] is not ""),
        new(E.ClientAuthenticationFailed, x => x.App is not null),
        new(E.RequestMalformed,           x => x.IsOutOfBand || RedirectUri.IsWellFormed(x["redirect_uri"])),
        new(E.RedirectUriMismatch,        x => RedirectUri.IsRegistered(x.App!.RedirectUris, x["redirect_uri"])),
    ];

    /// <summary>These are told to the app, at its redirect URI.</summary>
    internal static readonly Rule<Request>[] AfterRedirect =
    [
        new(E.RequestMalformed,           x => x["response_type"] is not ""),
        new(E.ResponseTypeUnsupported,    x => x["response_type"] is "code" or "token"),
        new(E.GrantTypeForbidden,         x => x.App!.MayUse(x.WantsTokens ? OpenGrants.Implicit : OpenGrants.Code)),
        new(E.RequestMalformed,           x => OAuthFormats.IsState(x["state"])),
        new(E.RequestMalformed,           x => OAuthFormats.IsDisplay(x["display"]) && x.IsFlag("force_login") && x.IsFlag("confirm_login")),
        new(E.RequestMalformed,           x => CodeChallenge.IsMethod(x["code_challenge_method"]) && x.ReadChallenge()),
        new(E.ScopeInvalid,               x => OAuthFormats.IsScope(x["scope"]) && x.Scopes.All(scope => OpenScopes.IsOpenTo(x.App!, scope))),
        new(E.AccessDenied,               x => x.IsNotRefusedAsync()),
    ];

    public static Operation<Request> Operation(Services services) => new("open", "Authorize", OpenApiFailures.OAuthRows)
    {
        Methods = ["GET", "POST"],
        IsForPeople = true,
        Admission = services.Admission,
        Read = call => ValueTask.FromResult(new Request(call, services)),
        Client = x => ApiRequest.ClientId(x["client_id"]),
        RuleLists = [BeforeRedirect, AfterRedirect],
        Answer = async x => await AfterRedirect.FirstBrokenAsync(x) is { } error ? x.Refuse(error) : await x.AnswerAsync(),
        Failures = OpenApiFailures.OfOAuth,
    };

    /// <summary>What the operation works with.</summary>
    internal sealed record Services(
        Admission Admission, IAppClock Clock, Sessions Sessions, IConsentStore Consents, Tickets Tickets, Decisions Decisions, OpenIssuer Issuer);

    /// <summary>The request, and who stands before it.</summary>
    internal sealed class Request(Call call, Services services)
    {
        private SignedIn? _person;
        private Verdict? _verdict;
        private byte[]? _challengeHash;

        public string this[string parameter] => call.Parameters[parameter];

        public App? App => call.App;

        public bool WantsTokens => this["response_type"] is "token";

        public bool IsOutOfBand => this["redirect_uri"] is RedirectUri.OutOfBand;

        public string[] Scopes => OAuthFormats.Scopes(this["scope"], OpenScopes.Default);

        /// <summary>Echoed only as long as it is one.</summary>
        private string State => OAuthFormats.IsState(this["state"]) ? this["state"] : "";

        public bool IsFlag(string parameter) => this[parameter] is "" or "0" or "1";

        /// <summary>
        /// A client that can keep no secret has nothing else to prove itself by (RFC 9700 §2.1.1); tokens in a fragment ask for no proof anyway.
        /// </summary>
        public bool ReadChallenge() => CodeChallenge.TryHash(this["code_challenge"], this["code_challenge_method"], out _challengeHash)
            && (_challengeHash is not null || !App!.IsPublic || WantsTokens);

        public async ValueTask<bool> IsNotRefusedAsync()
        {
            _person = await services.Sessions.FindAsync(call.Http, call.Ct);
            _verdict = _person is null
                ? null
                : await services.Decisions.TakeAsync(this[PagePaths.Decision], App!.Id, _person.Session.GrantId, ReturnTo(Asked), call.Ct);
            return _verdict is not Verdict.Refuse;
        }

        /// <summary>Who has no address to be told at is told here.</summary>
        public Answer Refuse(Errors.ErrorDefinition error) => IsOutOfBand
            ? Answer.Refusal(error)
            : OpenApiDialect.Redirect(this["redirect_uri"], error, State, inFragment: WantsTokens);

        public async ValueTask<Answer> AnswerAsync()
        {
            if (_person is null || !await IsFreshAsync(_person))
                return Ask(PagePaths.SignIn);

            var consent = await services.Consents.FindAsync(_person.Account.Id, App!.Id, call.Ct);
            if (consent is null || !consent.Covers(Scopes) || (this["confirm_login"] is "1" && _verdict is null))
                return Ask(PagePaths.Consent);

            var scopes = string.Join(' ', Scopes);
            if (WantsTokens)
                return GiveTokens(services.Issuer.Tokens(consent, scopes, isOffline: false, call.ReceivedAt));

            var terms = CodeTerms.For("", "", this["redirect_uri"], _challengeHash, isOffline: true);
            return GiveCode(services.Issuer.Code(consent, scopes, terms, call.ReceivedAt));
        }

        private Answer GiveCode(string code) => IsOutOfBand
            ? Answer.Redirect(Carry(code))
            : Answer.Redirect(RedirectUri.With(this["redirect_uri"], WithState(("code", code))));

        private Answer GiveTokens(OpenTokens tokens) => Answer.Redirect(RedirectUri.WithFragment(
            IsOutOfBand ? Carry(code: null) : this["redirect_uri"],
            WithState(
                ("access_token", tokens.AccessToken),
                ("expires_in", $"{(long)tokens.Lifetime.TotalSeconds}"),
                ("scope", tokens.Scopes),
                ("session_key", tokens.SessionKey),
                ("session_secret", tokens.SessionSecret))));

        private (string, string)[] WithState(params (string, string)[] said) => State is "" ? said : [.. said, ("state", State)];

        /// <summary>The page from which a person, or the app that shows it, takes what is for the app.</summary>
        private string Carry(string? code) =>
            PagePaths.With(PagePaths.Authorized, services.Tickets.Seal(new OutOfBandCode(App!.Name, code, services.Clock.Now)));

        private bool ForcesSignIn => this["force_login"] is "1";

        private string Asked => ForcesSignIn ? this[AskedParameter] : "";

        /// <summary>True when no other sign-in is wanted than the one there is.</summary>
        private async ValueTask<bool> IsFreshAsync(SignedIn person) => !ForcesSignIn
            || (await FindAskedAsync() is { } asked && person.Session.IssuedAt >= asked.IssuedAt);

        private async ValueTask<SignInAsked?> FindAskedAsync() =>
            await services.Tickets.OpenAsync<SignInAsked>(Asked, call.Ct) is { } asked
            && CryptographicOperations.FixedTimeEquals(asked.RequestHash, Hash(ReturnTo(asked: "")))
                ? asked
                : null;

        private Answer Ask(string page)
        {
            var now = services.Clock.Now;
            var forces = page is PagePaths.SignIn && ForcesSignIn;
            var asked = forces ? services.Tickets.Seal(new SignInAsked(Hash(ReturnTo(asked: "")), now)) : Asked;
            return Answer.Redirect(PagePaths.With(page, services.Tickets.Seal(new Interaction(
                App!.Id,
                Scopes,
                AsksForPhone: false,
                OffersOneTap: false,
                ReturnTo(asked),
                IsOutOfBand ? "" : RedirectUri.OriginOf(this["redirect_uri"]),
                IsTouch: this["display"] is "mobile" or "pad",
                now,
                WantsSignIn: forces,
                WantsVerdict: this["confirm_login"] is "1"))));
        }

        /// <summary>This very request, written in one way whatever way it came in.</summary>
        private string ReturnTo(string asked) => call.Http.Request.PathBase + call.Http.Request.Path + QueryString.Create(
            s_parameters.Select(name => (Name: name, Value: this[name])).Append((Name: AskedParameter, Value: asked))
                .Where(one => one.Value is not "").Select(one => KeyValuePair.Create(one.Name, (string?)one.Value)));

        private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
    }
}
