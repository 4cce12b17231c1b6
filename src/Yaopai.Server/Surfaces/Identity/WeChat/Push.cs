using System.Text;
using Yaopai.Server.Consents.Scans;
using Yaopai.Server.Gateway;
using Yaopai.Server.OAuth;
using Yaopai.Server.Upstreams.WeChat;
using E = Yaopai.Errors.IdentityErrors.WeChat;

namespace Yaopai.Server.Surfaces.Identity.WeChat;

/// <summary>GET and POST /wechat/mp/callback/{original_id} — where WeChat says that it is there, and what people do with
/// the account.</summary>
/// <remarks>WeChat sends a push up to three times when it hears nothing within five seconds: the same scan comes twice
/// and counts once.</remarks>
internal sealed record Push(WeChatAccounts Accounts, ScanScenes Scenes, Quotas Quotas) : IOperationDefinition
{
    public const string Path = "/wechat/mp/callback/";

    /// <summary>How far the time of a push may be from ours: an older one is somebody's copy.</summary>
    private static readonly TimeSpan s_window = TimeSpan.FromMinutes(10);

    internal static readonly Rule<Request>[] Handshake =
    [
        new(E.OriginalIdMismatch, x => x.Account is not null && x.Call.App is not null,
            why: _ => "no app has an official account of that original id"),
        new(E.OriginalIdMismatch, x => PushMessage.IsHandshake(x.Account!, x.Query),
            why: _ => "the signature is not made with the account's token"),
    ];

    internal static readonly Rule<Request>[] Message =
    [
        new(E.OriginalIdMismatch, x => x.Account is not null && x.Call.App is not null,
            why: _ => "no app has an official account of that original id"),
        new(E.OriginalIdMismatch, x => x.Read() is PushOutcome.Read, why: x => $"the push is {x.Outcome}"),
        new(E.OriginalIdMismatch, x => x.IsOfNow, why: x => $"the push is of {x.Query.Timestamp}; it is {x.Call.Now:O}"),
        new(E.SceneExpired,       x => x.IsNotedAsync(), why: _ => "the scene is unknown, over, or another person's"),
    ];

    public IOperation Define() => new Operation<Request>("identity", "Push", WeChatFailures.Rows)
    {
        Methods = ["GET", "POST"],
        Source = ParameterSource.Text,
        Read = async call => new Request(call, this, await Accounts.FindByOriginalIdAsync(call.LastSegment, call.Ct)),
        Client = x => x.Account?.AppId,
        IsProven = x => x.Account is { } account && PushMessage.IsHandshake(account, x.Query),
        Rules = RuleLists.Alternatives(
            x => x.Call.Http.Request.Method,
            Alternative<Request>.Of("GET", x => x, Handshake, x => ValueTask.FromResult(Plain(x.Call.Parameters["echostr"]))),
            Alternative<Request>.Of("POST", x => x, Message, _ => ValueTask.FromResult(Plain("success")))),
        Failures = WeChatFailures.OfPush,
    };

    private static Answer Plain(string text) => new(Encoding.UTF8.GetBytes(text), "text/plain; charset=utf-8");

    internal sealed class Request(Call call, Push operation, WeChatAccount? account)
    {
        private PushMessage? _message;

        public Call Call => call;

        public WeChatAccount? Account => account;

        public PushOutcome Outcome { get; private set; }

        public PushQuery Query { get; } = new(
            call.Parameters["signature"], call.Parameters["timestamp"], call.Parameters["nonce"], call.Parameters["msg_signature"]);

        public bool IsOfNow => ClientId.Number(Query.Timestamp!) is { } seconds and <= 253_402_300_799
            && (DateTimeOffset.FromUnixTimeSeconds(seconds) - call.Now).Duration() <= s_window;

        public PushOutcome Read()
        {
            (Outcome, _message) = PushMessage.Read(account!, Query, call.Text);
            return Outcome;
        }

        /// <summary>True for a scan that was noted now or before, and for everything that is no scan of ours.</summary>
        public async ValueTask<bool> IsNotedAsync()
        {
            if (_message!.Scene is not { } key
                || await operation.Scenes.TryScanAsync(key, account!.AppId, _message.FromUserName, unionId: null, call.Ct))
                return true;

            return await operation.Scenes.FindByKeyAsync(key, account.AppId, call.Ct) is { } scene && scene.OpenId == _message.FromUserName;
        }
    }
}
