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
/// <remarks>The page comes back here, with the secret of the QR code that it showed. With <c>bind=page</c> a person who is bound to
/// nobody goes on to the page that asks for their phone number, and comes back from there.</remarks>
internal sealed record QrConnect(
    AuthorizationKit Kit, CallerKit Callers, IdentityProfile Profile, QrMaker Maker, ScanScenes Scenes, SocialSignIn SignIn)
    : IOperationDefinition
{
    public const string Path = "/wechat/mp/qrconnect";

    internal static readonly Rule<Request>[] BeforeRedirect = [.. Authorize.BeforeRedirect.Select(Rule.For<Request, AuthorizeRequest>)];

    internal static readonly Rule<Request>[] AfterRedirect =
    [
        .. Authorize.AfterRedirect.Select(Rule.For<Request, AuthorizeRequest>),
        new(E.OriginalIdMismatch, x => x.FindAccountAsync(), why: _ => "the app has no official account: app wechat set"),
        new(Common.CallsThrottled, x => !x.IsFirst || x.MayMake(), why: _ => "the address makes too many QR codes"),
        new(E.SignInFailed,       x => x.IsFirst ? x.MakeAsync() : ValueTask.FromResult(true), why: x => x.Fault),
        new(E.SceneExpired,       x => x.IsFirst ? ValueTask.FromResult(true) : x.FindScanAsync(),
            why: _ => "unknown, expired, taken, not scanned, or of another browser"),
        new(E.SignInFailed,       x => x.IsScanned ? x.FindPersonAsync() : ValueTask.FromResult(true), why: x => x.Fault),
        new(E.SceneExpired,       x => x.IsScanned ? x.TryTakeAsync() : ValueTask.FromResult(true), why: _ => "another request took it"),
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
        Gives = Given.Code,
        Failures = IdentityFailures.With(Common.AppIdMissing, Common.GetRequired, Common.AppIdUnknown),
    };

    internal sealed class Request(Call call, QrConnect operation)
        : SocialRequest(call, operation.Kit, operation.Callers, operation.Profile, operation.SignIn)
    {
        private const string SceneParameter = "scene";

        private WeChatAccount? _account;
        private ScanScene? _scene;
        private string _secret = "";
        private WeChatQr? _qr;

        /// <summary>Nobody was asked to scan yet.</summary>
        public bool IsFirst => this[SceneParameter] is "" && !IsBack;

        public bool IsScanned => _scene is not null;

        public string? Fault { get; private set; }

        public async ValueTask<bool> FindAccountAsync() => (_account = await operation.Maker.FindAccountAsync(Call)) is not null;

        public bool MayMake() => operation.Maker.MayMake(Call);

        public async ValueTask<bool> MakeAsync()
        {
            (_secret, _qr, Fault) = await operation.Maker.MakeAsync(Call, _account!);
            return _qr is not null;
        }

        public ValueTask<bool> FindScanAsync() => IsBack ? FindVisitorAsync() : FindSceneAsync();

        private async ValueTask<bool> FindSceneAsync()
        {
            // Whoever scanned would send somebody this address, to be bound to their number.
            if (LeadsToPage && BrowserTexts.Find(Call.Http, CookieOf(this[SceneParameter])) is "")
                return false;

            _scene = await operation.Scenes.FindAsync(this[SceneParameter], Call.Ct);
            return _scene is { State: ScanState.Scanned } && _scene.AppId == App!.Id;
        }

        /// <summary>False where WeChat cannot be asked now. What can fail fails before the scan is used up.</summary>
        public async ValueTask<bool> FindPersonAsync()
        {
            (Person, var fault) = await operation.SignIn.AskAsync(App!, _account!, _scene!.OpenId!, _scene.UnionId, Call.Ct);
            Fault = fault?.Reason;
            return Person is not null;
        }

        public async ValueTask<bool> TryTakeAsync() => await operation.Scenes.TryTakeAsync(_scene!, Call.Ct);

        /// <summary>The page with the QR code, or the way back to the app.</summary>
        public async ValueTask<Answer> GoOnAsync()
        {
            if (_qr is null)
                return await GiveCodeAsync();

            if (LeadsToPage)
                BrowserTexts.Keep(Call.Http, CookieOf(_secret), "shown", ScanScenes.Lifetime);
            return Ask(PagePaths.Scan, Kit.Tickets.Seal(new ScanVisit(
                App!.Id, _secret, _qr.Url, AddressWith([(SceneParameter, _secret)]), ReturnTo, Now)));
        }

        /// <summary>Says that this browser showed the QR code.</summary>
        private static string CookieOf(string secret) => "scan-" + ScanScenes.KeyOf(secret);
    }
}
