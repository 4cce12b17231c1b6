using Yaopai.Server.Apps;
using Yaopai.Server.Consents.Scans;
using Yaopai.Server.Gateway;
using Yaopai.Server.OAuth;
using Yaopai.Server.Surfaces.Identity.OAuth;
using Yaopai.Server.Upstreams.WeChat;
using Common = Yaopai.Errors.IdentityErrors.Common;
using E = Yaopai.Errors.IdentityErrors.WeChat;

namespace Yaopai.Server.Surfaces.Identity.WeChat;

/// <summary>POST /wechat/mp/qrcode — a QR code that an app's own page shows, for a person to scan with WeChat.</summary>
/// <remarks>An app's page makes only so many from one address; its server shows the secret of the app and makes what the app may.</remarks>
internal sealed record QrCode(CallerKit Callers, QrMaker Maker) : IOperationDefinition
{
    internal static readonly Rule<Request>[] Rules =
    [
        new(Common.HttpsRequired, x => x.Caller.IsSecure),
        new(Common.AppIdMissing,  x => x.Caller.AppId is not ""),
        new(Common.AppIdUnknown,  x => x.Call.App is { IsEnabled: true }),
        new(Common.CallsThrottled, x => x.TryTakeAsync(), why: x => x.Caller.WhyThrottled()),
        new(Common.AppSecretIncorrect, x => x.Caller.Secret is "" || x.IsOfServer, why: _ => "secret is not one of the app"),
        new(E.OriginalIdMismatch, x => x.FindAccountAsync(), why: x => x.WhyNoAccount()),
        new(E.SignInFailed,       x => x.MakeAsync(), why: x => x.Fault),
    ];

    public IOperation Define() => new Operation<Request>("identity", "QrCode", WeChatFailures.Rows)
    {
        Source = ParameterSource.FormOrJson,
        AdmitsByRules = true,
        IsForPeople = true, // an app's page may call it from a person's browser
        Read = call => ValueTask.FromResult(new Request(call, this)),
        Client = x => ClientId.Parse(x.Caller.AppId),
        Rules = RuleLists.One(Rules, x => ValueTask.FromResult(x.Answer())),
        Failures = IdentityFailures.OfApps,
    };

    internal sealed class Request(Call call, QrCode operation)
    {
        private WeChatAccount? _account;
        private string _secret = "";
        private WeChatQr? _qr;

        public Call Call => call;

        public AppCaller Caller { get; } = new(call, operation.Callers, "identity.qrCode");

        /// <summary>The app's server may show its secret, and then calls as the app.</summary>
        public bool IsOfServer { get; private set; }

        public string? Fault { get; private set; }

        public async ValueTask<bool> TryTakeAsync()
        {
            IsOfServer = Caller.Secret is not "" && ClientSecret.Matches(call.App!, Caller.Secret);
            return await Caller.TryTakeAsync(IsOfServer ? CallerProof.OfApp : CallerProof.None)
                && (IsOfServer || operation.Maker.MayMake(call));
        }

        /// <summary>An original id that is named has to be the one of the app's account.</summary>
        public async ValueTask<bool> FindAccountAsync()
        {
            _account = await operation.Maker.FindAccountAsync(call);
            return _account is not null && call.Parameters["original_id"] is var named && (named is "" || named == _account.OriginalId);
        }

        public string WhyNoAccount() => _account is null
            ? $"app {call.App!.Id} has no official account: app wechat set"
            : $"the official account of app {call.App!.Id} is {_account.OriginalId}";

        public async ValueTask<bool> MakeAsync()
        {
            (_secret, _qr, Fault) = await operation.Maker.MakeAsync(call, _account!);
            return _qr is not null;
        }

        public Answer Answer() => IdentityDialect.Ok((_secret, _qr!), static (json, it) =>
        {
            var (secret, qr) = it;
            json.WriteString("scene", secret);
            json.WriteString("ticket", qr.Ticket);
            json.WriteString("url", qr.Url);
            json.WriteNumber("expire_seconds", (long)ScanScenes.Lifetime.TotalSeconds);
        });
    }
}
