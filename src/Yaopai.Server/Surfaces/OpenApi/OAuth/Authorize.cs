using Yaopai.Server.Consents;
using Yaopai.Server.Credentials;
using Yaopai.Server.Gateway;
using Yaopai.Server.OAuth;
using Yaopai.Server.OAuth.Authorization;
using Yaopai.Server.Surfaces.OpenApi.Calls;
using E = Yaopai.Errors.OpenApiErrors.OAuth;

namespace Yaopai.Server.Surfaces.OpenApi.OAuth;

/// <summary>GET or POST /oauth/2.0/authorize — sends a person who agreed back to the app, with a code or with tokens.</summary>
internal sealed record Authorize(AuthorizationKit Kit, OpenApiProfile Profile, SessionSecrets Secrets) : IOperationDefinition
{
    /// <summary>Until the redirect URI is trusted nothing is sent there: these are shown here.</summary>
    internal static readonly Rule<Request>[] BeforeRedirect =
    [
        new(E.RequestMalformed,           x => x["client_id"] is not ""),
        new(E.RequestMalformed,           x => x["redirect_uri"] is not ""),
        new(E.ClientAuthenticationFailed, x => x.App is not null),
        new(E.RequestMalformed,           x => x.IsOutOfBand || x.RedirectUriIsWellFormed),
        new(E.RedirectUriMismatch,        x => x.RedirectUriIsRegistered, why: x => x.WhyRedirectUriIsUnregistered()),
    ];

    /// <summary>These are told to the app, at its redirect URI.</summary>
    internal static readonly Rule<Request>[] AfterRedirect =
    [
        new(E.RequestMalformed,           x => x["response_type"] is not ""),
        new(E.ResponseTypeUnsupported,    x => x["response_type"] is "code" or "token"),
        new(E.GrantTypeForbidden,
            x => OpenApiGrantTypes.MayUse(x.App!, x.WantsTokens ? OpenApiGrantTypes.Implicit : OpenApiGrantTypes.Code)),
        new(E.RequestMalformed,           x => OAuthFormats.IsState(x["state"])),
        new(E.RequestMalformed,
            x => OAuthFormats.IsDisplay(x["display"]) && x.IsFlag("force_login") && x.IsFlag("confirm_login")),
        new(E.RequestMalformed,           x => CodeChallenge.IsMethod(x["code_challenge_method"]) && x.ReadChallenge(),
            why: x => x.WhyChallengeIsWrong()),
        new(E.ScopeInvalid,               x => OAuthFormats.IsScope(x["scope"]) && x.ScopesAreOpen, why: x => x.WhyScopesAreNotOpen()),
        new(E.AccessDenied,               x => x.IsNotRefusedAsync()),
    ];

    public IOperation Define() => new Operation<Request>("open", "Authorize", OpenApiFailures.OAuthRows)
    {
        Methods = ["GET", "POST"],
        IsForPeople = true,
        Read = call => ValueTask.FromResult(new Request(call, this)),
        Client = x => ClientId.Parse(x["client_id"]),
        Rules = RuleLists.Phases(
            x => x.AnswerAsync(), new Phase<Request>(BeforeRedirect), new Phase<Request>(AfterRedirect, (x, refusal) => x.Refuse(refusal))),
        Failures = OpenApiFailures.OfOAuth,
    };

    internal sealed class Request(Call call, Authorize operation) : AuthorizationRequest(call, operation.Kit, operation.Profile)
    {
        /// <summary>Says since when the request has asked for a sign-in; ours, and nobody else's to set.</summary>
        private const string AskedParameter = "asked";

        public bool WantsTokens => this["response_type"] is "token";

        protected override IReadOnlyList<string> Parameters { get; } =
        [
            "response_type", "client_id", "redirect_uri", "scope", "state", "display", "force_login", "confirm_login", "code_challenge",
            "code_challenge_method",
        ];

        /// <summary>Tokens in a fragment ask for no proof anyway.</summary>
        protected override bool NeedsNoProof => WantsTokens;

        protected override string ReturnTo => ReturnToSince(Asked);

        private bool ForcesSignIn => this["force_login"] is "1";

        private string Asked => ForcesSignIn ? this[AskedParameter] : "";

        public bool IsFlag(string parameter) => this[parameter] is "" or "0" or "1";

        /// <summary>An app that has no address to be told at is told here.</summary>
        public Answer Refuse(Refusal refusal) => IsOutOfBand
            ? Answer.Refusal(refusal)
            : OpenApiDialect.Redirect(this["redirect_uri"], refusal, State, inFragment: WantsTokens);

        public async ValueTask<Answer> AnswerAsync()
        {
            if (User is null || !await IsFreshAsync(User))
                return Ask(PagePaths.SignIn);

            var consent = await FindConsentAsync();
            if (consent is null || !consent.Covers(Scopes) || (this["confirm_login"] is "1" && Verdict is null))
                return Ask(PagePaths.Consent);

            var scopes = string.Join(' ', Scopes);
            return WantsTokens
                ? GiveTokens(IssueTokens(consent, scopes))
                : GiveCode(IssueCode(consent, scopes, CodeTerms.For("", "", this["redirect_uri"], ChallengeHash, isOffline: true)));
        }

        protected override bool IsState(string text) => OAuthFormats.IsState(text);

        private Answer GiveCode(string code) => Answer.Redirect(IsOutOfBand
            ? OutOfBandPage(code)
            : RedirectUri.With(this["redirect_uri"], WithState(("code", code))));

        private Answer GiveTokens(IssuedTokens tokens) => Answer.Redirect(RedirectUri.WithFragment(
            IsOutOfBand ? OutOfBandPage(code: null) : this["redirect_uri"],
            WithState(
                ("access_token", tokens.AccessToken),
                ("expires_in", $"{(long)tokens.Lifetime.TotalSeconds}"),
                ("scope", tokens.Scopes),
                ("session_key", tokens.SessionKey!),
                ("session_secret", operation.Secrets.Of(tokens.SessionKey!)))));

        private (string, string)[] WithState(params (string, string)[] said) => State is "" ? said : [.. said, ("state", State)];

        /// <summary>The page from which a person, or the app that shows it, takes what is for the app.</summary>
        private string OutOfBandPage(string? code) =>
            PagePaths.With(PagePaths.Authorized, Kit.Tickets.Seal(new OutOfBandCode(App!.Name, code, Now)));

        /// <summary>True when no other sign-in is wanted than the one there is.</summary>
        private async ValueTask<bool> IsFreshAsync(SignedIn user) => !ForcesSignIn
            || (await FindAskedAsync() is { } asked && user.Session.IssuedAt >= asked.IssuedAt);

        private async ValueTask<SignInAsked?> FindAskedAsync() =>
            await Kit.Tickets.UnsealAsync<SignInAsked>(Asked, Call.Ct) is { } asked
                && Hashes.Match(asked.RequestHash, ReturnToSince(asked: "")) ? asked : null;

        private Answer Ask(string page)
        {
            var forces = page is PagePaths.SignIn && ForcesSignIn;
            var asked = forces ? Kit.Tickets.Seal(new SignInAsked(Hashes.Of(ReturnToSince(asked: "")), Now)) : Asked;
            return Ask(page, Kit.Tickets.Seal(new Interaction(
                App!.Id,
                Scopes,
                AsksForPhone: false,
                OneTapScopes: [],
                ReturnToSince(asked),
                IsOutOfBand ? "" : RedirectUri.OriginOf(this["redirect_uri"]),
                IsTouch: this["display"] is "mobile" or "pad",
                Now,
                WantsSignIn: forces,
                WantsVerdict: this["confirm_login"] is "1")));
        }

        private string ReturnToSince(string asked) => AddressWith([(AskedParameter, asked)]);
    }
}
