using Yaopai.Server.Apps;
using Yaopai.Server.Consents;
using Yaopai.Server.Credentials;
using Yaopai.Server.Gateway;
using Yaopai.Server.OAuth;
using E = Yaopai.Errors.HuaweiAccountErrors.Authorize;

namespace Yaopai.Server.Surfaces.HuaweiAccount.OAuth;

/// <summary>GET or POST /oauth2/v3/authorize — sends a person who agreed back to the app with a code.</summary>
internal static class Authorize
{
    /// <summary>What a request is made of; whatever else comes along is not carried on.</summary>
    private static readonly string[] s_parameters =
    [
        "response_type", "client_id", "redirect_uri", "scope", "state", "access_type", "display", "nonce", "code_challenge", "code_challenge_method", "need_code",
    ];

    /// <summary>Until the redirect URI is trusted nothing is sent there: these are shown here.</summary>
    internal static readonly Rule<Request>[] BeforeRedirect =
    [
        new(E.ClientIdMissing,                  x => x["client_id"] is not ""),
        new(E.ClientIdMalformed,                x => Formats.ClientId.IsMatch(x["client_id"])),
        new(E.ClientIdUnknown,                  x => x.App is not null),
        new(E.RedirectUriMalformed,             x => RedirectUri.IsWellFormed(x["redirect_uri"])),
        new(E.AppRedirectUriUnregistered,       x => x.RedirectUriIsRegistered || x.RedirectUriIsOfTheWeb),
        new(E.WebRedirectUriUnregistered,       x => x.RedirectUriIsRegistered),
    ];

    /// <summary>These are told to the app, at its redirect URI.</summary>
    internal static readonly Rule<Request>[] AfterRedirect =
    [
        new(E.ResponseTypeUnsupported,          x => x["response_type"] is "code"),
        new(E.StateMalformed,                   x => x["state"] is "" || StateFormat.IsWellFormed(x["state"])),
        new(E.ScopeMalformed,                   x => x["scope"] is "" || (Formats.Scope.IsMatch(x.ScopeText) && Formats.IsNumberOfScopes(x.ScopeText))),
        new(E.ScopeUnknown,                     x => x.Scopes.All(scope => Scopes.IsOpenTo(x.App!, scope)) && Scopes.IsValidCombination(x.Scopes)),
        new(E.AccessTypeUnsupported,            x => x["access_type"] is "" or "offline" or "online"),
        new(E.NonceMalformed,                   x => x["nonce"] is "" || StateFormat.IsWellFormed(x["nonce"])),
        new(E.DisplayUnsupported,               x => x["display"] is "" or "page" or "touch"),
        new(E.CodeChallengeMethodUnsupported,   x => CodeChallenge.IsMethod(x["code_challenge_method"])),
        new(E.CodeChallengeMalformed,           x => x.ReadChallenge()),
        new(E.NeedCodeUnsupported,              x => x["need_code"] is "" or "true" or "false"),
        new(E.AccessDenied,                     x => x.IsNotRefusedAsync()),
    ];

    public static Operation<Request> Operation(Services services) => new("huawei", "Authorize", E.All)
    {
        Methods = ["GET", "POST"],
        IsForPeople = true,
        Admission = services.Admission,
        Read = call => ValueTask.FromResult(new Request(call, services)),
        Client = x => Formats.ClientIdNumber(x["client_id"]),
        RuleLists = [BeforeRedirect, AfterRedirect],
        Answer = async x => await AfterRedirect.FirstBrokenAsync(x) is { } error
            ? HuaweiAccountDialect.Redirect(x["redirect_uri"], error, x.State)
            : await x.AnswerAsync(),
        Failures = new FailureErrors(E.All),
    };

    /// <summary>What the operation works with.</summary>
    internal sealed record Services(
        Admission Admission, IAppClock Clock, Sessions Sessions, IConsentStore Consents, Tickets Tickets, Decisions Decisions, Issuer Issuer);

    /// <summary>The request, and who stands before it.</summary>
    internal sealed class Request(Call call, Services services)
    {
        private SignedIn? _person;
        private Verdict? _verdict;
        private byte[]? _challengeHash;

        public string this[string parameter] => call.Parameters[parameter];

        public App? App => call.App;

        /// <summary>Some clients write a plus where an address has a space, encoded once too often.</summary>
        public string ScopeText => this["scope"].Replace('+', ' ');

        public string[] Scopes => Yaopai.Server.OAuth.Scopes.Split(ScopeText is "" ? Yaopai.Server.OAuth.Scopes.Default : ScopeText);

        /// <summary>Echoed only as long as it is one.</summary>
        public string State => StateFormat.IsWellFormed(this["state"]) ? this["state"] : "";

        public bool RedirectUriIsRegistered => RedirectUri.IsRegistered(App!.RedirectUris, this["redirect_uri"]);

        public bool RedirectUriIsOfTheWeb => new Uri(this["redirect_uri"]).Scheme is "https" or "http";

        private bool OffersOneTap => Scopes.Any(Yaopai.Server.OAuth.Scopes.IsOneTap);

        /// <summary>Who goes on without the one tap gives nothing that only the tap gives.</summary>
        private string[] Granted => _verdict is Verdict.Allow ? [.. Yaopai.Server.OAuth.Scopes.WithoutOneTap(Scopes)] : Scopes;

        /// <summary>This very request, written in one way whatever way it came in.</summary>
        private string ReturnTo => call.Http.Request.PathBase + call.Http.Request.Path + QueryString.Create(
            s_parameters.Where(name => this[name] is not "")
                .Select(name => KeyValuePair.Create(name, (string?)(name is "scope" ? string.Join(' ', Scopes) : this[name]))));

        /// <summary>A client that can keep no secret has nothing else to prove itself by (RFC 9700 §2.1.1).</summary>
        public bool ReadChallenge() =>
            CodeChallenge.TryHash(this["code_challenge"], this["code_challenge_method"], out _challengeHash) && (_challengeHash is not null || !App!.IsPublic);

        public async ValueTask<bool> IsNotRefusedAsync()
        {
            _person = await services.Sessions.FindAsync(call.Http, call.Ct);
            _verdict = _person is null
                ? null
                : await services.Decisions.TakeAsync(this[PagePaths.Decision], App!.Id, _person.Session.GrantId, ReturnTo, call.Ct);
            return _verdict is not Verdict.Refuse;
        }

        public async ValueTask<Answer> AnswerAsync()
        {
            if (_person is null)
                return Ask(PagePaths.SignIn);

            // The one tap is an act of this moment; a consent is remembered.
            var consent = await services.Consents.FindAsync(_person.Account.Id, App!.Id, call.Ct);
            if (consent is null || !consent.Covers(Granted) || (OffersOneTap && _verdict is null))
                return Ask(PagePaths.Consent);

            var component = _verdict is Verdict.OneTap ? CodeTerms.QuickLogin : "";
            var terms = CodeTerms.For(component, this["nonce"], this["redirect_uri"], _challengeHash, isOffline: this["access_type"] is "offline");
            return HuaweiAccountDialect.Redirect(this["redirect_uri"], services.Issuer.Code(consent, string.Join(' ', Granted), terms, call.ReceivedAt), State);
        }

        private Answer Ask(string page) => Answer.Redirect(PagePaths.With(page, services.Tickets.Seal(new Interaction(
            App!.Id,
            Scopes,
            AsksForPhone: Scopes.Contains(Yaopai.Server.OAuth.Scopes.Phone),
            OffersOneTap,
            ReturnTo,
            RedirectUri.OriginOf(this["redirect_uri"]),
            IsTouch: this["display"] is "touch",
            services.Clock.Now))));
    }
}
