using System.Text;
using Yaopai.Server.Accounts.Bindings;
using Yaopai.Server.Gateway;
using Yaopai.Server.Surfaces.Identity.WeChat;
using Yaopai.Server.Upstreams.WeChat;
using E = Yaopai.Errors.IdentityErrors;

namespace Yaopai.Server.Surfaces.Identity.Gateway;

/// <summary>POST /gateway/message/send — a text to a person who is bound at the app's official account.</summary>
/// <remarks>Where WeChat's answer is lost the text may have arrived: sent again, it may arrive twice.</remarks>
internal sealed record SendMessage(GatewayKit Kit, Bindings Bindings, WeChatAccounts Accounts, WeChatClient WeChat) : IOperationDefinition
{
    private const int MostBytes = 2048;

    internal static readonly Rule<Request>[] Rules =
    [
        .. GatewayRules.NamesUser<Request>(),
        .. GatewayRules.IsAlive<Request>(),
        new(E.Gateway.ParameterMissing, x => Encoding.UTF8.GetByteCount(x["text"]) is > 0 and <= MostBytes,
            why: _ => $"text has 1 to {MostBytes} bytes"),
        new(E.User.UserUnbound,         x => x.FindAccountAsync(), why: x => $"app {x.App.Id} has no official account: app wechat set"),
        new(E.User.UserUnbound,         x => x.FindChannelAsync(), why: x => $"user {x.User.Id} is not bound at the official account"),
        new(E.Gateway.Internal,         x => x.TrySendAsync(), why: x => $"WeChat did not send the text: {x.Fault}"),
    ];

    public IOperation Define() => GatewayRules.Operation(
        "SendMessage", writes: true, GatewayRules.Rows(E.Common.OpenIdUnknown, E.User.UserRecycled, E.User.UserUnbound),
        (call, target, trouble) => new Request(call, this, target, trouble), Rules,
        x => ValueTask.FromResult(IdentityDialect.Gateway(x.Call, x, static (_, _) => { })));

    internal sealed class Request(Call call, SendMessage operation, string target, Failure? trouble)
        : UserRequest(call, operation.Kit, target, trouble)
    {
        private WeChatAccount? _account;
        private ThirdPartyIdentity? _channel;

        public string? Fault { get; private set; }

        public async ValueTask<bool> FindAccountAsync() =>
            (_account = await operation.Accounts.FindAsync(App.Id, WeChatKind.OfficialAccount, Call.Ct)) is not null;

        public async ValueTask<bool> FindChannelAsync() => (_channel = (await operation.Bindings.ListAsync(User.Id, Call.Ct))
            .Select(one => one.Identity)
            .FirstOrDefault(one => one.Provider is SocialSignIn.Provider && one.ProviderAppId == _account!.WeChatAppId)) is not null;

        public async ValueTask<bool> TrySendAsync()
        {
            var sent = await operation.WeChat.SendTextAsync(_account!, _channel!.OpenId, this["text"], Call.Ct);
            Fault = sent.Fault?.Reason;
            return sent.Value is not null;
        }
    }
}
