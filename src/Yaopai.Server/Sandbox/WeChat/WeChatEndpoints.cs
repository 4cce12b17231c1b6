using Yaopai.Server.Upstreams.WeChat;

namespace Yaopai.Server.Sandbox.WeChat;

/// <summary>The sandbox's WeChat: for the platform, which asks it as an upstream, and for whoever plays its people.</summary>
internal sealed class WeChatEndpoints(WeChatApi api, WeChatHand hand, WeChatConnect connect, WeChatMemory memory) : ISandboxEndpoints
{
    public void Map(SandboxRoutes routes)
    {
        routes.Get(WeChatPeople.BasePath, _ => Task.FromResult(Show()));
        routes.Post<WeChatHand.ScanRequest>(WeChatPeople.BasePath + "/scan", async (http, request) =>
            SandboxAnswer.From(await hand.ScanAsync(request, http.RequestAborted)));
        routes.Post<WeChatHand.PersonRequest>(WeChatPeople.BasePath + "/login", (_, request) =>
            Task.FromResult(SandboxAnswer.From(hand.Login(request))));
        routes.Post<WeChatHand.PersonRequest>(WeChatPeople.BasePath + "/phone", (_, request) =>
            Task.FromResult(SandboxAnswer.From(hand.Phone(request))));
        routes.Show(WeChatPeople.BasePath + "/connect/oauth2/authorize", connect.AnswerAsync);
        routes.Show(WeChatPeople.BasePath + "/connect/qrconnect", connect.AnswerAsync);
        routes.Foreign(api.Map);
    }

    /// <summary>Who uses the sandbox's WeChat, the accounts that it knows, the QR codes that can be scanned, and the texts sent.</summary>
    private SandboxAnswer Show() => SandboxAnswer.Of(new
    {
        users = WeChatPeople.All.Select(person => new
        {
            person.Name,
            person.Nickname,
            person.UnionId,
            person.Phone,
            open_ids = WeChatPeople.Accounts.ToDictionary(account => account.WeChatAppId, account => person.OpenIdAt(account.WeChatAppId)),
        }),
        accounts = WeChatPeople.Accounts.Select(account => new
        {
            client_id = $"{account.AppId}",
            kind = WeChatKinds.NameOf(account.Kind),
            appid = account.WeChatAppId,
            account.Secret,
            account.OriginalId,
            account.PushToken,
            encoding_aes_key = account.EncodingAesKey,
        }),
        codes = memory.Scenes.Select(code => new { code.Ticket, appid = code.Account.WeChatAppId, code.ExpiresAt }),
        messages = memory.Texts,
    });
}
