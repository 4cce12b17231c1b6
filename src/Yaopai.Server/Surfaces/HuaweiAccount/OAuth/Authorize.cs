using Yaopai.Server.Consents;
using Yaopai.Server.Credentials;
using Yaopai.Server.Gateway;
using Yaopai.Server.OAuth;
using Yaopai.Server.OAuth.Authorization;
using E = Yaopai.Errors.HuaweiAccountErrors.Authorize;

namespace Yaopai.Server.Surfaces.HuaweiAccount.OAuth;

/// <summary>GET or POST /oauth2/v3/authorize — sends a person who agreed back to the app with a code.</summary>
internal sealed record Authorize(AuthorizationKit Kit, HuaweiAccountProfile Profile) : IOperationDefinition
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
        new(E.StateMalformed,                   x => x["state"] is "" || StateFormat.IsWellFormed(x["state"])),
        new(E.ScopeMalformed,                   x => x["scope"] is "" || Formats.AreScopes(ScopeText.WithSpaces(x["scope"]))),
        new(E.ScopeUnknown,                     x => x.ScopesAreOpen && HuaweiAccountProfile.IsValidCombination(x.Scopes),
            why: x => x.WhyScopesAreNotOpen()),
        new(E.AccessTypeUnsupported,            x => x["access_type"] is "" or "offline" or "online"),
        new(E.NonceMalformed,                   x => x["nonce"] is "" || StateFormat.IsWellFormed(x["nonce"])),
        new(E.DisplayUnsupported,               x => x["display"] is "" or "page" or "touch"),
        new(E.CodeChallengeMethodUnsupported,   x => CodeChallenge.IsMethod(x["code_challenge_method"])),
        new(E.CodeChallengeMalformed,           x => x.ReadChallenge(), why: x => x.WhyChallengeIsWrong()),
        new(E.NeedCodeUnsupported,              x => x["need_code"] is "" or "true" or "false"),
        new(E.AccessDenied,                     x => x.IsNotRefusedAsync()),
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
            new Phase<Request>(AfterRedirect, (x, refusal) => HuaweiAccountDialect.Redirect(x["redirect_uri"], refusal, x.State))),
        Failures = new FailureErrors(E.All),
    };

    internal sealed class Request(Call call, Authorize operation) : AuthorizationRequest(call, operation.Kit, operation.Profile)
    {
        public bool RedirectUriIsOfTheWeb => new Uri(this["redirect_uri"]).Scheme is "https" or "http";

        protected override IReadOnlyList<string> Parameters { get; } =
        [
            "response_type", "client_id", "redirect_uri", "scope", "state", "access_type", "display", "nonce", "code_challenge",
            "code_challenge_method", "need_code",
        ];

        private IReadOnlyList<string> OneTapScopes => [.. Scopes.Where(operation.Profile.IsOneTap)];

        /// <summary>A person who goes on without the one tap gives nothing that only the tap gives.</summary>
        private string[] Granted => Verdict is Consents.Verdict.Allow ? [.. Scopes.Except(OneTapScopes)] : Scopes;

        public async ValueTask<Answer> AnswerAsync()
        {
            if (User is null)
                return Ask(PagePaths.SignIn);

            // The one tap is an act of this moment; a consent is remembered.
            var consent = await FindConsentAsync();
            if (consent is null || !consent.Covers(Granted) || (OneTapScopes.Count > 0 && Verdict is null))
                return Ask(PagePaths.Consent);

            var component = Verdict is Consents.Verdict.OneTap ? HuaweiAccountProfile.QuickLogin : "";
            var terms = CodeTerms.For(
                component, this["nonce"], this["redirect_uri"], ChallengeHash, isOffline: this["access_type"] is "offline");
            return HuaweiAccountDialect.Redirect(this["redirect_uri"], IssueCode(consent, string.Join(' ', Granted), terms), State);
        }

        protected override bool IsState(string text) => StateFormat.IsWellFormed(text);

        protected override string Carried(string parameter) =>
            parameter is "scope" && this["scope"] is not "" ? string.Join(' ', Scopes) : this[parameter];

        private Answer Ask(string page) => Ask(page, Kit.Tickets.Seal(new Interaction(
            App!.Id,
            Scopes,
            AsksForPhone: Scopes.Contains(HuaweiAccountProfile.PhoneScope),
            OneTapScopes,
            ReturnTo,
            RedirectUri.OriginOf(this["redirect_uri"]),
            IsTouch: this["display"] is "touch",
            Now)));
    }
}
