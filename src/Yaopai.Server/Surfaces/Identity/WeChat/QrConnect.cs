using Yaopai.Server.Consents.Scans;
using Yaopai.Server.Gateway;
using Yaopai.Server.OAuth;
using Yaopai.Server.OAuth.Authorization;
using Yaopai.Server.Surfaces.Identity.OAuth;
using Yaopai.Server.Upstreams.WeChat;
using Common = Yaopai.Errors.IdentityErrors.Common;
using E = Yaopai.Errors.IdentityErrors.WeChat;
using User = Yaopai.Errors.IdentityErrors.User;

namespace Yaopai.Server.Surfaces.Identity.WeChat;

/// <summary>GET /wechat/mp/qrconnect — a page with a QR code, from which a person who scanned it goes back to the app
/// with a code.</summary>
/// <remarks>The page comes back here, with the secret of the QR code that it showed.</remarks>
internal sealed record QrConnect(
    AuthorizationKit Kit, CallerKit Callers, IdentityProfile Profile, QrMaker Maker, ScanScenes Scenes, SocialSignIn SignIn)
    : IOperationDefinition
{
    internal static readonly Rule<Request>[] BeforeRedirect = [.. Authorize.BeforeRedirect.Select(Rule.For<Request, AuthorizeRequest>)];

    internal static readonly Rule<Request>[] AfterRedirect =
    [
        .. Authorize.AfterRedirect.Select(Rule.For<Request, AuthorizeRequest>),
        new(E.OriginalIdMismatch, x => x.FindAccountAsync(), why: _ => "the app has no official account: app wechat set"),
        new(E.SignInFailed,       x => x.HasScene ? ValueTask.FromResult(true) : x.MakeAsync(), why: x => x.Fault),
        new(E.SceneExpired,       x => x.HasScene ? x.TakeAsync() : ValueTask.FromResult(true),
            why: _ => "unknown, expired, taken, or not scanned"),
        new(Common.UserUnbound,   x => x.Person is null or { Account: not null }),
        new(User.UserRecycled,    x => x.Person is null or { Account.RecycledAt: null }),
        new(E.SignInFailed,       x => x.Person is null or { Account.MaySignIn: true }, why: _ => "the account is disabled"),
    ];

    public IOperation Define() => new Operation<Request>("identity", "QrConnect", WeChatFailures.Rows)
    {
        Methods = ["GET"],
        Source = ParameterSource.Query,
        IsForPeople = true,
        Read = call => ValueTask.FromResult(new Request(call, this)),
        Client = x => ClientId.Parse(x.AppId),
        Rules = RuleLists.Phases(
            x => x.GoOnAsync(), new Phase<Request>(BeforeRedirect), new Phase<Request>(AfterRedirect, (x, refusal) => x.Refuse(refusal))),
        Failures = IdentityFailures.With(Common.AppIdMissing, Common.GetRequired, Common.AppIdUnknown),
    };

    internal sealed class Request(Call call, QrConnect operation)
        : SocialRequest(call, operation.Kit, operation.Callers, operation.Profile, operation.SignIn)
    {
        private const string SceneParameter = "scene";

        private WeChatAccount? _account;
        private string _secret = "";
        private WeChatQr? _qr;

        public bool HasScene => this[SceneParameter] is not "";

        public string? Fault { get; private set; }

        public async ValueTask<bool> FindAccountAsync() => (_account = await operation.Maker.FindAccountAsync(Call)) is not null;

        public async ValueTask<bool> MakeAsync()
        {
            (_secret, _qr, Fault) = await operation.Maker.MakeAsync(Call, _account!);
            return _qr is not null;
        }

        public async ValueTask<bool> TakeAsync()
        {
            if (await operation.Scenes.FindAsync(this[SceneParameter], Call.Ct) is not { State: ScanState.Scanned } scene
                || scene.AppId != App!.Id)
                return false;

            Person = await operation.SignIn.FindAsync(App, _account!, scene.OpenId!, scene.UnionId, Call.Ct);
            return await operation.Scenes.TryTakeAsync(scene, Call.Ct);
        }

        /// <summary>The page with the QR code, or the way back to the app.</summary>
        public async ValueTask<Answer> GoOnAsync() => _qr is null
            ? await GiveCodeAsync()
            : Answer.Redirect(PagePaths.With(PagePaths.Scan, Kit.Tickets.Seal(new ScanVisit(
                App!.Id, _secret, _qr.Url, AddressWith([(SceneParameter, _secret)]), AddressWith([]), Now))));
    }
}
