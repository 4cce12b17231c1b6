using Yaopai.Server.Gateway;
using Yaopai.Server.OAuth;
using Yaopai.Server.OAuth.Authorization;
using Yaopai.Server.Surfaces.Identity.OAuth;
using Yaopai.Server.Upstreams.WeChat;
using Common = Yaopai.Errors.IdentityErrors.Common;
using E = Yaopai.Errors.IdentityErrors.WeChat;
using User = Yaopai.Errors.IdentityErrors.User;

namespace Yaopai.Server.Surfaces.Identity.WeChat;

/// <summary>GET /wechat/mp/authorized — where WeChat sends the browser back, with a code of its own.</summary>
internal sealed record InAppReturn(
    AuthorizationKit Kit, CallerKit Callers, IdentityProfile Profile, WeChatAccounts Accounts, WeChatClient Client, SocialSignIn SignIn)
    : IOperationDefinition
{
    public const string Path = "/wechat/mp/authorized";

    internal static readonly Rule<Request>[] BeforeRedirect =
    [
        new(E.SignInFailed, x => x.IsOfThisBrowser, why: _ => "this browser did not ask, or longer than ten minutes ago"),
        .. Authorize.BeforeRedirect.Select(Rule.For<Request, AuthorizeRequest>),
    ];

    internal static readonly Rule<Request>[] AfterRedirect =
    [
        .. Authorize.AfterRedirect.Select(Rule.For<Request, AuthorizeRequest>),
        new(E.OriginalIdMismatch, x => x.FindAccountAsync(), why: _ => "the app has no official account: app wechat set"),
        new(E.SignInFailed,       x => x.AskWeChatAsync(), why: x => x.Fault),
        new(Common.UserUnbound,   x => x.Person is { Account: not null }),
        new(User.UserRecycled,    x => x.Person is { Account.RecycledAt: null }),
        new(E.SignInFailed,       x => x.Person is { Account.MaySignIn: true }, why: _ => "the account is disabled"),
    ];

    public IOperation Define() => new Operation<Request>("identity", "InAppReturn", WeChatFailures.Rows)
    {
        Methods = ["GET"],
        Source = ParameterSource.Query,
        IsForPeople = true,
        Read = ReadAsync,
        Client = x => ClientId.Parse(x.AppId),
        Rules = RuleLists.Phases(
            x => x.GoBackAsync(), new Phase<Request>(BeforeRedirect),
            new Phase<Request>(AfterRedirect, (x, refusal) => x.Refuse(refusal))),
        Gives = Given.Code,
        Failures = IdentityFailures.With(E.SignInFailed, Common.GetRequired, Common.AppIdUnknown),
    };

    /// <summary>The request that the browser left with is looked at once more.</summary>
    private async ValueTask<Request> ReadAsync(Call call)
    {
        var (name, code) = (call.Parameters["state"], call.Parameters["code"]);
        var visit = await Kit.Tickets.UnsealAsync<InAppVisit>(InAppVisit.Find(call.Http, name), call.Ct);
        if (visit is null || visit.Name != name
            || !Parameters.TryRead(visit.Request.AsSpan(visit.Request.IndexOf('?')), out var parameters))
            return new Request(call, this, code, visit: null);

        call.GoOnWith(parameters);
        return new Request(call, this, code, visit);
    }

    internal sealed class Request(Call call, InAppReturn operation, string code, InAppVisit? visit)
        : SocialRequest(call, operation.Kit, operation.Callers, operation.Profile, operation.SignIn)
    {
        private WeChatAccount? _account;
        private bool _allowedProfile;

        public bool IsOfThisBrowser => visit is not null;

        /// <summary>What the browser left with.</summary>
        protected override string ReturnTo => visit!.Request;

        public string? Fault { get; private set; }

        protected override bool AllowedProfile => _allowedProfile;

        public async ValueTask<bool> FindAccountAsync() =>
            (_account = await operation.Accounts.FindAsync(App!.Id, WeChatKind.OfficialAccount, Call.Ct)) is not null;

        /// <summary>Whoever only looks at the page with a borrowed identity is nobody.</summary>
        public async ValueTask<bool> AskWeChatAsync()
        {
            if (code is "")
            {
                Fault = "the person did not agree at WeChat";
                return false;
            }

            var (token, fault) = await operation.Client.ExchangeCodeAsync(_account!, code, Call.Ct);
            Fault = fault?.Reason ?? (token!.IsSnapshot ? "the identity is a snapshot" : null);
            if (Fault is not null)
                return false;

            _allowedProfile = token!.OpensUserInfo;
            (Person, fault) = await operation.SignIn.AskAsync(App!, _account!, token.OpenId, token.UnionId, Call.Ct);
            Fault = fault?.Reason;
            return Person is not null;
        }

        public ValueTask<Answer> GoBackAsync()
        {
            visit!.End(Call.Http);
            return GiveCodeAsync();
        }
    }
}
