using Yaopai.Server.Accounts;
using Yaopai.Server.Gateway;
using Yaopai.Server.OAuth;
using Yaopai.Server.OAuth.Authorization;
using E = Yaopai.Errors.IdentityErrors.Common;

namespace Yaopai.Server.Surfaces.Identity.OAuth;

/// <summary>POST /oauth2/login — signs a person in with name and password, for the app whose authorization request comes along.</summary>
/// <remarks>
/// Either a browser sends it, from a page of this server, or the server of an app that shows its secret: then slips of its people do not
/// count against the address of that server.
/// </remarks>
internal sealed record Login(AuthorizationKit Kit, CallerKit Callers, IdentityProfile Profile, SignIn SignIn) : IOperationDefinition
{
    internal static readonly Rule<Request>[] BeforeRedirect = [.. Authorize.BeforeRedirect.Select(Rule.For<Request, AuthorizeRequest>)];

    internal static readonly Rule<Request>[] AfterRedirect = [.. Authorize.AfterRedirect.Select(Rule.For<Request, AuthorizeRequest>)];

    internal static readonly Rule<Request>[] Proof =
    [
        new(E.AppSecretIncorrect, x => x.Secret is "" || x.IsOfServer,   why: _ => "secret is not one of the app"),
        new(E.TypeForbidden,      x => x.IsOfServer || SameOrigin.IsSaid(x.Http),
            why: _ => "neither the secret of the app came along, nor did a browser say that a page of this server sent the form"),
        new(E.PasswordIncorrect,  x => x["username"] is not "" && x["password"] is not "", why: _ => "username or password is missing"),
        new(E.SignInThrottled,    x => x.TrySignInAsync(), why: _ => "too many failures of this account or address; user unlock ends that"),
        new(E.PasswordIncorrect,  x => x.Account is not null, why: x => x.WhyNobodySignedIn()),
    ];

    public IOperation Define() => new Operation<Request>("identity", "Login", IdentityFailures.Rows())
    {
        Source = ParameterSource.FormOrJson,
        IsForPeople = true,
        Read = call => ValueTask.FromResult(new Request(call, this)),
        Client = x => ClientId.Parse(x.AppId),
        Rules = RuleLists.Phases(
            x => x.SignedInAsync(), new Phase<Request>(BeforeRedirect), new Phase<Request>(AfterRedirect, Authorize.Refuse),
            new Phase<Request>(Proof)),
        Failures = IdentityFailures.OfApps,
    };

    internal sealed class Request(Call call, Login operation) : AuthorizeRequest(call, operation.Kit, operation.Callers, operation.Profile)
    {
        private SignInOutcome _outcome;
        private DateTimeOffset _validSince;

        public HttpRequest Http => Call.Http.Request;

        public string Secret => this["secret"] is { Length: > 0 } secret ? secret : this["client_secret"];

        public bool IsOfServer => Secret is not "" && Apps.ClientSecret.Matches(App!, Secret);

        /// <summary>Null for another password, and for an account that may not sign in.</summary>
        public Account? Account { get; private set; }

        /// <summary>False for a person, or an address, that has failed too often.</summary>
        public async ValueTask<bool> TrySignInAsync()
        {
            _validSince = await DateAsync();
            var attempt = new SignInAttempt(
                this["username"], this["password"], Call.Peer, DeviceId: "", IsOfServer ? AddressLimit.None : AddressLimit.OfOne,
                AppId: IsOfServer ? App!.Id : 0);
            (_outcome, Account) = await operation.SignIn.TryAsync(attempt, Call.Ct);
            if (_outcome is not SignInOutcome.SignedIn)
                Account = null;

            return _outcome is not SignInOutcome.LockedOut;
        }

        public string WhyNobodySignedIn() => _outcome switch
        {
            SignInOutcome.Disabled => "the account is disabled or put away",
            SignInOutcome.CodeAsked => "the account has a second factor, which is asked on the sign-in page alone",
            _ => "no such account, or another password",
        };

        /// <summary>Straight back to the app where the person allowed it before, else by the page of consent.</summary>
        public async ValueTask<Answer> SignedInAsync()
        {
            await Kit.Sessions.BeginAsync(Call.Http, Account!, _validSince);
            return await Kit.Consents.FindAsync(Account!.Id, App!.Id, Call.Ct) is { } consent && consent.Covers(Scopes) && !AsksEachTime
                ? GiveCode(consent)
                : Answer.Redirect(ReturnTo);
        }

        /// <summary>The authorization request, without what signs in.</summary>
        protected override string ReturnTo => base.ReturnTo.Replace("/oauth2/login?", Authorize.Path + "?", StringComparison.Ordinal);
    }
}
