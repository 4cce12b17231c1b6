using Yaopai.Server.Gateway;
using Yaopai.Server.OAuth;
using Yaopai.Server.OAuth.Authorization;
using Yaopai.Server.Surfaces.Identity.OAuth;
using Yaopai.Server.Upstreams.WeChat;
using Common = Yaopai.Errors.IdentityErrors.Common;
using E = Yaopai.Errors.IdentityErrors.WeChat;

namespace Yaopai.Server.Surfaces.Identity.WeChat;

/// <summary>GET /wechat/mp/authorize — sends a person who opened an app's page inside WeChat to WeChat,
/// which knows who they are.</summary>
internal sealed record InAppAuthorize(
    AuthorizationKit Kit, CallerKit Callers, IdentityProfile Profile, WeChatAccounts Accounts, SocialSignIn SignIn) : IOperationDefinition
{
    internal static readonly Rule<Request>[] BeforeRedirect =
    [
        .. Authorize.BeforeRedirect.Select(Rule.For<Request, AuthorizeRequest>),
        new(E.WeChatRequired, x => x.IsInsideWeChat, why: _ => "the User-Agent names no MicroMessenger"),
    ];

    internal static readonly Rule<Request>[] AfterRedirect =
    [
        .. Authorize.AfterRedirect.Select(Rule.For<Request, AuthorizeRequest>),
        new(E.OriginalIdMismatch, x => x.FindAccountAsync(), why: _ => "the app has no official account: app wechat set"),
    ];

    public IOperation Define() => new Operation<Request>("identity", "InAppAuthorize", WeChatFailures.Rows)
    {
        Methods = ["GET"],
        Source = ParameterSource.Query,
        IsForPeople = true,
        Read = call => ValueTask.FromResult(new Request(call, this)),
        Client = x => ClientId.Parse(x.AppId),
        Rules = RuleLists.Phases(
            x => ValueTask.FromResult(x.GoToWeChat()), new Phase<Request>(BeforeRedirect),
            new Phase<Request>(AfterRedirect, (x, refusal) => x.Refuse(refusal))),
        Failures = IdentityFailures.With(Common.AppIdMissing, Common.GetRequired, Common.AppIdUnknown),
    };

    internal sealed class Request(Call call, InAppAuthorize operation)
        : SocialRequest(call, operation.Kit, operation.Callers, operation.Profile, operation.SignIn)
    {
        private WeChatAccount? _account;

        public bool IsInsideWeChat =>
            Call.Http.Request.Headers.UserAgent.ToString().Contains("MicroMessenger", StringComparison.OrdinalIgnoreCase);

        public async ValueTask<bool> FindAccountAsync() =>
            (_account = await operation.Accounts.FindAsync(App!.Id, WeChatKind.OfficialAccount, Call.Ct)) is not null;

        /// <summary>The request waits in a cookie of this browser, under a name that WeChat brings back.</summary>
        public Answer GoToWeChat()
        {
            var name = Randomness.GetHexString(32); // WeChat takes letters and digits, up to 128
            InAppVisit.Keep(Call.Http, name, Kit.Tickets.Seal(new InAppVisit(name, ReturnTo, Now)));
            return Answer.Redirect(RedirectUri.With(
                _account!.BrowserUrl + "/connect/oauth2/authorize",
                ("appid", _account.WeChatAppId),
                ("redirect_uri", Call.Address + InAppReturn.Path),
                ("response_type", "code"),
                ("scope", Scopes.Any(IdentityProfile.IsUserInfo) ? WeChatUserToken.UserInfo : "snsapi_base"),
                ("state", name)) + "#wechat_redirect");
        }
    }
}
