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
            x => OpenApiGrantTypes.MayUse(x.App!, x.IsImplicit ? OpenApiGrantTypes.Implicit : OpenApiGrantTypes.Code)),
        new(E.RequestMalformed,           x => x.ReadResponseMode(), why: x => x.WhyResponseModeIsWrong()),
        new(E.RequestMalformed,           x => x["state"] is "" || StateFormat.IsWellFormed(x["state"])),
        new(E.RequestMalformed,
            x => OAuthFormats.IsDisplay(x["display"]) && x.IsFlag("force_login") && x.IsFlag("confirm_login")),
        new(E.RequestMalformed,           x => x.ReadPrompt(), why: x => x.WhyPromptIsWrong()),
        new(E.RequestMalformed,           x => CodeChallenge.IsMethod(x["code_challenge_method"]) && x.ReadChallenge(),
            why: x => x.WhyChallengeIsWrong()),
        new(E.ScopeInvalid,               x => OAuthFormats.IsScope(x["scope"]) && x.ScopesAreOpen, why: x => x.WhyScopesAreNotOpen()),
        new(E.AccessDenied,               x => x.IsNotRefusedAsync()),
        new(E.AccessDenied,               x => x.MayAskAsync(), why: x => x.Told),
    ];

    public IOperation Define() => new Operation<Request>("open", "Authorize", OpenApiFailures.OAuthRows)
    {
        Methods = ["GET", "POST"],
        IsForPeople = true,
        Read = call => ValueTask.FromResult(new Request(call, this)),
        Client = x => ClientId.Parse(x["client_id"]),
        Rules = RuleLists.Phases(
            x => x.AnswerAsync(), new Phase<Request>(BeforeRedirect), new Phase<Request>(AfterRedirect, (x, refusal) => x.Refuse(refusal))),
        Gives = Given.Code,
        Failures = OpenApiFailures.OfOAuth,
    };

    internal sealed class Request(Call call, Authorize operation) : AuthorizationRequest(call, operation.Kit, operation.Profile)
    {
        private string? _page;
        private Consent? _consent;

        public bool IsImplicit => WantsTokens;

        protected override bool WantsTokens => this["response_type"] is "token";

        protected override IReadOnlyList<string> Parameters { get; } =
        [
            "response_type", "client_id", "redirect_uri", "scope", "state", "display", "force_login", "confirm_login", "code_challenge",
            "code_challenge_method", "response_mode", "prompt", "max_age",
        ];

        /// <summary>Tokens in a fragment ask for no proof anyway.</summary>
        protected override bool NeedsNoProof => WantsTokens;

        protected override bool WantsVerdict => this["confirm_login"] is "1" || base.WantsVerdict;

        protected override bool ForcesSignIn => this["force_login"] is "1" || base.ForcesSignIn;

        /// <summary>What OpenID Connect calls a page that may not be shown, and the platform has no number for.</summary>
        private string? Required =>
            Told is Prompt.LoginRequired or Prompt.ConsentRequired or Prompt.InteractionRequired ? Told : null;

        public bool IsFlag(string parameter) => this[parameter] is "" or "0" or "1";

        /// <summary>An app that has no address to be told at is told here.</summary>
        public Answer Refuse(Refusal refusal) => IsOutOfBand
            ? Answer.Refusal(refusal)
            : OpenApiDialect.Redirect(this["redirect_uri"], ResponseMode, refusal, Required, State);

        /// <summary>Finds the page that the request has to wait at. False where it may show none.</summary>
        public async ValueTask<bool> MayAskAsync()
        {
            _page = await IsSignInWantedAsync() ? PagePaths.SignIn : null;
            if (_page is null)
            {
                _consent = await FindConsentAsync();
                if (_consent?.Covers(Scopes) is not true || (WantsVerdict && Verdict is null))
                    _page = PagePaths.Consent;
            }

            return MayShow(_page, hasConsent: _consent?.Covers(Scopes) is true);
        }

        public ValueTask<Answer> AnswerAsync() => ValueTask.FromResult(_page is null ? Give() : Ask(_page));

        private Answer Give()
        {
            var scopes = string.Join(' ', Scopes);
            return WantsTokens
                ? GiveTokens(IssueTokens(_consent!, scopes))
                : GiveCode(IssueCode(_consent!, scopes, CodeTerms.For("", "", this["redirect_uri"], ChallengeHash, isOffline: true)));
        }

        private Answer GiveCode(string code) => IsOutOfBand
            ? Answer.Redirect(OutOfBandPage(code))
            : ResponseMode.Tell(this["redirect_uri"], WithState(("code", code)));

        private Answer GiveTokens(IssuedTokens tokens) => ResponseMode.Tell(
            IsOutOfBand ? OutOfBandPage(code: null) : this["redirect_uri"],
            WithState(
                ("access_token", tokens.AccessToken),
                ("token_type", "bearer"),
                ("expires_in", $"{(long)tokens.Lifetime.TotalSeconds}"),
                ("scope", tokens.Scopes),
                ("session_key", tokens.SessionKey!),
                ("session_secret", operation.Secrets.Of(tokens.SessionKey!))));

        private (string, string)[] WithState(params (string, string)[] said) => State is "" ? said : [.. said, ("state", State)];

        /// <summary>The page from which a person, or the app that shows it, takes what is for the app.</summary>
        private string OutOfBandPage(string? code) =>
            PagePaths.With(PagePaths.Authorized, Kit.Tickets.Seal(new OutOfBandCode(App!.Name, code, Now)));

        private Answer Ask(string page) => Ask(page, Kit.Tickets.Seal(new Interaction(
            App!.Id,
            Scopes,
            AsksForPhone: false,
            OneTapScopes: [],
            ReturnToFrom(page),
            IsTouch: this["display"] is "mobile" or "pad" or "touch",
            Now,
            WantsSignIn: WantsSignInAt(page),
            WantsVerdict: WantsVerdict)));
    }
}
