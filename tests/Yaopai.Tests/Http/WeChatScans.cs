using System.Text;
using Yaopai.Server.Accounts.Bindings;
using Yaopai.Server.Sandbox;
using Yaopai.Server.Sandbox.WeChat;
using Yaopai.Server.Upstreams.WeChat;

namespace Yaopai.Tests.Http;

/// <summary>An app with an official account at the sandbox's WeChat, and people who scan what it shows.</summary>
internal sealed class WeChatScans(TestServer server, DemoData.DemoApp app)
{
    public static WeChatPerson Person { get; } = WeChatPeople.All.Single(person => person.Name is "xiaocheng");

    public string OriginalId => $"gh_{app.ClientId}";

    public WeChatAccount Account => WeChatPeople.Accounts.Single(account => account.Kind is WeChatKind.OfficialAccount) with
    {
        AppId = app.ClientId,
        OriginalId = OriginalId,
    };

    public static async Task<WeChatScans> OfAsync(TestServer server, DemoData.DemoApp app)
    {
        var scans = new WeChatScans(server, app);
        Assert.True(await server.Get<WeChatAccounts>().TryPutAsync(scans.Account, default));
        return scans;
    }

    /// <summary>The person is bound to the account of that id from now on; whoever is bound already stays so.</summary>
    public Task BindAsync(WeChatPerson person, long accountId) => server.Get<IBindingStore>().TryAddAsync(
        new Binding(IdentityOf(person), accountId, app.DeveloperId, DateTimeOffset.UnixEpoch), default);

    public ThirdPartyIdentity IdentityOf(WeChatPerson person) =>
        new("wechat", Account.WeChatAppId, person.OpenIdAt(Account.WeChatAppId), UnionId: null);

    /// <summary>What WeChat says of a scan.</summary>
    public Task<HttpResponseMessage> ScanAsync(string key, WeChatPerson person, string eventName = "SCAN") => PushAsync(
        $"<xml><ToUserName>{OriginalId}</ToUserName><FromUserName>{person.OpenIdAt(Account.WeChatAppId)}</FromUserName>"
        + $"<CreateTime>1</CreateTime><MsgType>event</MsgType><Event>{eventName}</Event>"
        + $"<EventKey>{(eventName is "SCAN" ? "" : "qrscene_")}{key}</EventKey></xml>");

    public async Task<HttpResponseMessage> PushAsync(string message)
    {
        var encrypted = new PushCipher(Account.EncodingAesKey!, Account.WeChatAppId).Encrypt(message);
        return await server.Http.PostAsync(
            Address(encrypted), new StringContent($"<xml><Encrypt>{encrypted}</Encrypt></xml>", Encoding.UTF8, "text/xml"));
    }

    /// <param name="more">More that is signed.</param>
    public string Address(params string[] more)
    {
        var timestamp = $"{DateTimeOffset.UtcNow.ToUnixTimeSeconds()}";
        var query = $"signature={PushSignature.Of(Account.PushToken!, timestamp, "n")}&timestamp={timestamp}&nonce=n"
            + (more is [var encrypted] ? $"&msg_signature={PushSignature.Of(Account.PushToken!, timestamp, "n", encrypted)}" : "");
        return $"/identity/wechat/mp/callback/{OriginalId}?{query}";
    }
}
