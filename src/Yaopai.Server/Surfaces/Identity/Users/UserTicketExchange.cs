using Yaopai.Server.Accounts;
using Yaopai.Server.Accounts.Bindings;
using Yaopai.Server.Consents;
using Yaopai.Server.Credentials;
using Yaopai.Server.Gateway;
using Yaopai.Server.OAuth;
using Yaopai.Server.OAuth.Grants;
using Yaopai.Server.Surfaces.Identity.OAuth;
using Common = Yaopai.Errors.IdentityErrors.Common;
using E = Yaopai.Errors.IdentityErrors.User;

namespace Yaopai.Server.Surfaces.Identity.Users;

/// <summary>POST /user/ticket/exchange — trades the ticket of a person who is bound, once, for tokens.</summary>
internal sealed record UserTicketExchange(
    GrantKit Kit, CallerKit Callers, IdentityProfile Profile, UserTokens Tokens, Bindings Bindings, IConsentStore Consents,
    HybridClock Clock)
    : IOperationDefinition
{
    internal static readonly Rule<Request>[] Rules =
    [
        .. AppRules.Named<Request>(),
        .. AppRules.ShowsSecret<Request>(),
        new(E.UserTicketExpired, x => x["user_ticket"] is not "", why: _ => "user_ticket is missing"),
        .. AppRules.Proof<Request>(IdentityGrantTypes.Code),
        new(E.UserTicketExpired, x => x.ReadTicketAsync(), why: _ => "no ticket of the app, or too old"),
        Rule.Claim<Request>(E.UserTicketExpired, x => x.IsUnusedAsync(), x => x.TryUseAsync(), why: _ => "the ticket was used before"),
        new(E.UserUnbound,       x => x.FindAccountAsync()),
        new(E.UserRecycled,      x => x.Account!.RecycledAt is null),
        new(Common.PasswordIncorrect, x => x.Account!.MaySignIn, why: _ => "the account is disabled"),
    ];

    public IOperation Define() => new Operation<Request>("identity", "UserTicketExchange", UserFailures.Rows)
    {
        Source = ParameterSource.FormOrJson,
        AdmitsByRules = true,
        Read = call => ValueTask.FromResult(new Request(call, this)),
        Client = x => ClientId.Parse(x.Caller.AppId),
        Rules = RuleLists.One(Rules, x => x.AnswerAsync()),
        Gives = Given.Tokens,
        Failures = UserFailures.OfApps,
    };

    internal sealed class Request(Call call, UserTicketExchange operation)
        : TokenRequest(call, operation.Kit, operation.Profile), IAppRequest
    {
        private BindTicket? _ticket;
        private DateTimeOffset _validSince;

        public AppCaller Caller { get; } = new(call, operation.Callers, "identity.userTicketExchange");

        public override string Secret => Caller.Secret;

        public Account? Account { get; private set; }

        public async ValueTask<bool> ReadTicketAsync() =>
            (_ticket = await operation.Bindings.ReadAsync(this["user_ticket"], Call.Ct)) is { } ticket && ticket.AppId == App!.Id;

        public ValueTask<bool> IsUnusedAsync() => operation.Bindings.IsUnusedAsync(_ticket!, Call.Ct);

        public async ValueTask<bool> TryUseAsync() => await operation.Bindings.TryUseAsync(_ticket!, Call.Ct);

        public async ValueTask<bool> FindAccountAsync()
        {
            _validSince = await operation.Clock.NowAsync(Call.Ct);
            return (Account = await operation.Bindings.FindAsync(App!, _ticket!.Identity, Call.Ct)) is not null;
        }

        public async ValueTask<Answer> AnswerAsync()
        {
            string[] scopes = [IdentityProfile.Login];
            var consent = await operation.Consents.AddAsync(new Consent(Account!.Id, App!.Id, scopes, PhoneId: null, Now), Call.Ct);
            var grant = new Grant(App.Id, consent.AccountId, Kit.Issuer.NewId(), string.Join(' ', scopes));
            return operation.Tokens.Of(App, Account.Id, Kit.Issuer.Tokens(
                Credentials, grant, IssuedOn(_validSince), withRefreshToken: true, secretWasShown: !IsPublicClient));
        }
    }
}
