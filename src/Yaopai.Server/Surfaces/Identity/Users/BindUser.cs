using Yaopai.Server.Accounts;
using Yaopai.Server.Accounts.Bindings;
using Yaopai.Server.Apps;
using Yaopai.Server.Consents;
using Yaopai.Server.Credentials;
using Yaopai.Server.Gateway;
using Yaopai.Server.Surfaces.Identity.OAuth;
using Common = Yaopai.Errors.IdentityErrors.Common;
using E = Yaopai.Errors.IdentityErrors.User;

namespace Yaopai.Server.Surfaces.Identity.Users;

/// <summary>What binding works with.</summary>
internal sealed record BindKit(
    Bindings Bindings, NumberBinding Numbers, IAccountStore Accounts, SignIn SignIn, IConsentStore Consents, CredentialIssuer Issuer,
    HybridClock Clock, CallerKit Callers, IdentityProfile Profile, UserTokens Tokens);

/// <summary>POST /user/bind, POST /wechat/mini/bind — binds a person of WeChat to the account that has their phone number;
/// to a new one where none has it.</summary>
/// <remarks>With <c>username</c> and <c>password</c> to that account, which then has to have the number or none.</remarks>
internal sealed record BindUser(BindKit Kit) : IOperationDefinition
{
    internal static readonly Rule<Request>[] Rules =
    [
        new(Common.HttpsRequired,     x => x.IsSecure),
        new(Common.BodyMissing,       x => !x.IsEmpty),
        new(E.UserTicketExpired,      x => x.Ticket is not null && x.IsOfCaller, why: _ => "no ticket, too old, or another app's"),
        Rule.Claim<Request>(
            E.UserTicketExpired, x => x.IsUnusedAsync(), x => x.TryUseTicketAsync(), why: _ => "the ticket was used before"),
        new(E.PhoneNumberMalformed,   x => x.Number is not null),
        new(Common.CodeMissing,       x => x.Code is not ""),
        new(Common.CodeInvalid,       x => x.CodeMatchesAsync(), why: _ => "another code, too old, or five were wrong"),
        Rule.Claim<Request>(Common.CodeInvalid, x => x.TryUseCodeAsync(), why: _ => "the code was used before"),
        new(Common.SignInThrottled,   x => x.TrySignInAsync()),
        new(Common.PasswordIncorrect, x => x.IsSignedIn),
        new(E.UserRecycled,           x => x.FindHolderAsync()),
        new(E.PhoneNumberTaken,       x => x.IsFreeAsync(),
            why: _ => "the number is another account's, or the account has another number or is bound already"),
    ];

    public IOperation Define() => new Operation<Request>("identity", "BindUser", UserFailures.Rows)
    {
        Source = ParameterSource.FormOrJson,
        IsForPeople = true, // apps call from phones, too
        Read = async call => new Request(call, await TicketRequest.ReadAsync(call, Kit.Bindings), Kit),
        Client = x => x.Ticket?.AppId,
        Rules = RuleLists.One(Rules, x => x.AnswerAsync()),
        Gives = Given.Tokens,
        Failures = UserFailures.OfTicket,
    };

    internal sealed class Request(Call call, BindTicket? ticket, BindKit kit) : TicketRequest(call, ticket, kit.Bindings, kit.Callers)
    {
        private SignInOutcome _outcome = SignInOutcome.SignedIn;
        private DateTimeOffset _validSince;

        /// <summary>Who signed in, or else who has the number; null where nobody does.</summary>
        private Account? _account;
        private bool _numberIsAnothers;

        public string Code => HalfWidth.Of(this["verification_code"] is { Length: > 0 } code ? code : this["code"]);

        /// <summary>True for an account that was put away, too: whoever has its password is told that.</summary>
        public bool IsSignedIn => !WantsSignIn || _account is not null;

        private App App => Call.App!;

        private bool WantsSignIn => this["username"] is not "" || this["password"] is not "";

        public async ValueTask<bool> TryUseTicketAsync() => await kit.Bindings.TryUseAsync(Ticket!, Call.Ct);

        public async ValueTask<bool> CodeMatchesAsync() => await kit.Numbers.MatchesAsync(Ticket!, Number!, Code, Call.Ct);

        public async ValueTask<bool> TryUseCodeAsync() => await kit.Numbers.TryUseCodeAsync(Ticket!, Number!, Code, Call.Ct);

        /// <summary>False for a person who has failed too often.</summary>
        public async ValueTask<bool> TrySignInAsync()
        {
            _validSince = await kit.Clock.NowAsync(Call.Ct);
            if (!WantsSignIn)
                return true;

            var attempt = new SignInAttempt(this["username"], this["password"], Call.Peer, DeviceId: "", AddressLimit.OfOne);
            (_outcome, var account) = await kit.SignIn.TryAsync(attempt, Call.Ct);
            _account = _outcome switch
            {
                SignInOutcome.SignedIn => account,
                SignInOutcome.Disabled => await FindPutAwayAsync(),
                _ => null,
            };
            return _outcome is not SignInOutcome.LockedOut;
        }

        /// <summary>False where the account that signed in was put away, or the one that has the number.</summary>
        public async ValueTask<bool> FindHolderAsync()
        {
            var holder = await kit.Numbers.FindHolderAsync(Number!, Call.Ct);
            _numberIsAnothers = WantsSignIn && holder is not null && holder.Id != _account!.Id;
            _account ??= holder;
            return holder is not { RecycledAt: not null } && _account is not { RecycledAt: not null };
        }

        /// <summary>The person is bound to nobody else, the account may sign in, the number is its own,
        /// and nobody else of this mini program or official account is bound to it.</summary>
        public async ValueTask<bool> IsFreeAsync() =>
            !_numberIsAnothers && !HasAnotherNumber && await kit.Numbers.IsFreeAsync(App, Ticket!, _account, Call.Ct);

        /// <summary>Whoever was bound meanwhile, by another ticket, stays bound as they are, be it this person or another to this
        /// account.</summary>
        public async ValueTask<Answer> AnswerAsync()
        {
            var account = _account ?? await kit.Numbers.CreateAsync(Number!, Call.Ct)
                ?? throw new FailureException(Failure.DeadlinePassed, "Too many passwords are being hashed.");
            if (!await kit.Numbers.TryBindAsync(App, Ticket!, account, Call.Ct))
                return Answer.Refusal(new Refusal(
                    E.PhoneNumberTaken, () => "this person, or somebody else to this account, was bound at this moment"));

            var now = Call.NowFor(App.Id);
            string[] scopes = [IdentityProfile.Login];
            var consent = await kit.Consents.AddAsync(new Consent(account.Id, App.Id, scopes, PhoneId: null, now), Call.Ct);
            var grant = new Grant(App.Id, consent.AccountId, kit.Issuer.NewId(), string.Join(' ', scopes));
            return kit.Tokens.Of(App, account.Id, kit.Issuer.Tokens(
                kit.Profile.Credentials, grant, new IssuedOn(_validSince, now), withRefreshToken: true, secretWasShown: false));
        }

        private bool HasAnotherNumber => _account?.BoundPhone is { } own && !Number!.Is(own);

        private async ValueTask<Account?> FindPutAwayAsync() =>
            await Accounts.Login.Read(this["username"]).FindAsync(kit.Accounts, Call.Ct) is { RecycledAt: not null } found ? found : null;
    }
}
