using Yaopai.Server.Consents;
using Yaopai.Server.Credentials;
using Yaopai.Server.Gateway;
using Yaopai.Server.OAuth;
using Yaopai.Server.OAuth.Authorization;
using Yaopai.Server.Surfaces.HuaweiAccount.Tokens;
using E = Yaopai.Errors.HuaweiAccountErrors.Authorize;

namespace Yaopai.Server.Surfaces.HuaweiAccount.OAuth;

/// <summary>GET or POST /oauth2/v3/authorize — sends a person who agreed back to the app with a code.</summary>
internal sealed record Authorize(AuthorizationKit Kit, HuaweiAccountProfile Profile, IdTokenHints Hints) : IOperationDefinition
{
    /// <summary>Until the redirect URI is trusted nothing is sent there: these are shown here.</summary>
    internal static readonly Rule<Request>[] BeforeRedirect =
    [
        new(E.ClientIdMissing,                  x => x["client_id"] is not ""),
        new(E.ClientIdMalformed,                x => Formats.ClientId.IsMatch(x["client_id"])),
        new(E.ClientIdUnknown,                  x => x.App is not null),
        new(E.RedirectUriMalformed,             x => x.RedirectUriIsWellFormed),
        new(E.AppRedirectUriUnregistered,       x => x.RedirectUriIsRegistered || x.RedirectUriIsOfTheWeb,
            why: x => x.WhyRedirectUriIsUnregistered()),
        new(E.WebRedirectUriUnregistered,       x => x.RedirectUriIsRegistered,
            why: x => x.WhyRedirectUriIsUnregistered()),
    ];

    /// <summary>These are told to the app, at its redirect URI.</summary>
    internal static readonly Rule<Request>[] AfterRedirect =
    [
        new(E.ResponseTypeUnsupported,          x => x["response_type"] is "code"),
        new(E.ResponseTypeUnsupported,          x => x.ReadResponseMode(), why: x => x.WhyResponseModeIsWrong()),
        new(E.StateMalformed,                   x => x["state"] is "" || StateFormat.IsWellFormed(x["state"])),
        new(E.ScopeMalformed,                   x => x["scope"] is "" || Formats.AreScopes(ScopeText.WithSpaces(x["scope"]))),
        new(E.ScopeUnknown,                     x => x.ScopesAreOpen && HuaweiAccountProfile.IsValidCombination(x.Scopes),
            why: x => x.WhyScopesAreNotOpen()),
        new(E.AccessTypeUnsupported,            x => x["access_type"] is "" or "offline" or "online"),
        new(E.NonceMalformed,                   x => x["nonce"] is "" || StateFormat.IsNonce(x["nonce"])),
        new(E.DisplayUnsupported,               x => x["display"] is "" or "page" or "touch"),
        new(E.DisplayUnsupported,               x => x.ReadPrompt(), why: x => x.WhyPromptIsWrong()),
        new(E.CodeChallengeMethodUnsupported,   x => CodeChallenge.IsMethod(x["code_challenge_method"])),
        new(E.CodeChallengeMalformed,           x => x.ReadChallenge(), why: x => x.WhyChallengeIsWrong()),
        new(E.NeedCodeUnsupported,              x => x["need_code"] is "" or "true" or "false"),
        new(E.AccessDenied,                     x => x.IsNotRefusedAsync()),
        new(E.AccessDenied,                     x => x.MayAskAsync(), why: x => x.Told),
    ];

    public IOperation Define() => new Operation<Request>("huawei", "Authorize", E.All)
    {
        Methods = ["GET", "POST"],
        IsForPeople = true,
        Read = call => ValueTask.FromResult(new Request(call, this)),
        Client = x => ClientId.Parse(x["client_id"]),
        Rules = RuleLists.Phases(
            x => x.AnswerAsync(),
            new Phase<Request>(BeforeRedirect),
            new Phase<Request>(AfterRedirect, (x, refusal) => HuaweiAccountDialect.Redirect(
                x["redirect_uri"], x.ResponseMode, refusal, x.Told, x.State))),
        Gives = Given.Code,
        Failures = new FailureErrors(E.All),
    };

    internal sealed class Request(Call call, Authorize operation) : AuthorizationRequest(call, operation.Kit, operation.Profile)
    {
        private string? _hinted;
        private string? _page;
        private Consent? _consent;

        public bool RedirectUriIsOfTheWeb => new Uri(this["redirect_uri"]).Scheme is "https" or "http";

        protected override IReadOnlyList<string> Parameters { get; } =
        [
            "response_type", "client_id", "redirect_uri", "scope", "state", "access_type", "display", "nonce", "code_challenge",
            "code_challenge_method", "need_code", "response_mode", "prompt", "max_age", "id_token_hint",
        ];

        /// <summary>Said nothing of, where nothing is hinted at.</summary>
        protected override bool MeansUser => _hinted is null || User is null || operation.Hints.Means(_hinted, App!, User.Account);

        private IReadOnlyList<string> OneTapScopes => [.. Scopes.Where(operation.Profile.IsOneTap)];

        /// <summary>A person who goes on without the one tap gives nothing that only the tap gives.</summary>
        private string[] Granted => Verdict is Consents.Verdict.Allow ? [.. Scopes.Except(OneTapScopes)] : Scopes;

        /// <summary>Finds the page that the request has to wait at. False where it may show none.</summary>
        public async ValueTask<bool> MayAskAsync()
        {
            var isHinted = this["id_token_hint"] is not "";
            if (isHinted)
                _hinted = await operation.Hints.FindSubjectAsync(Call, App!, this["id_token_hint"]);

            // A hint that nobody can read says nothing, and to whoever may not be asked it does not fit.
            _page = await IsSignInWantedAsync() || (isHinted && _hinted is null && Prompt.IsSilent) ? PagePaths.SignIn : null;
            if (_page is null)
            {
                // The one tap is an act of this moment; a consent is remembered.
                _consent = await FindConsentAsync();
                if (_consent?.Covers(Granted) is not true || ((OneTapScopes.Count > 0 || WantsVerdict) && Verdict is null))
                    _page = PagePaths.Consent;
            }

            return MayShow(_page, hasConsent: _consent?.Covers(Granted) is true);
        }

        public ValueTask<Answer> AnswerAsync() => ValueTask.FromResult(_page is null ? Give() : Ask(_page));

        private Answer Give()
        {
            var component = Verdict is Consents.Verdict.OneTap ? HuaweiAccountProfile.QuickLogin : "";
            var terms = CodeTerms.For(
                component, this["nonce"], this["redirect_uri"], ChallengeHash, isOffline: this["access_type"] is "offline");
            return HuaweiAccountDialect.Redirect(
                this["redirect_uri"], ResponseMode, IssueCode(_consent!, string.Join(' ', Granted), terms), State);
        }

        protected override string Carried(string parameter) =>
            parameter is "scope" && this["scope"] is not "" ? string.Join(' ', Scopes) : this[parameter];

        private Answer Ask(string page) => Ask(page, Kit.Tickets.Seal(new Interaction(
            App!.Id,
            Scopes,
            AsksForPhone: HuaweiAccountProfile.AsksForPhone(Scopes),
            OneTapScopes,
            ReturnToFrom(page),
            IsTouch: this["display"] is "touch",
            Now,
            WantsSignIn: WantsSignInAt(page),
            WantsVerdict: WantsVerdict)));
    }
}
