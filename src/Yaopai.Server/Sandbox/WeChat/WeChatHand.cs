using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Yaopai.Server.Gateway;
using Yaopai.Server.Upstreams;
using Yaopai.Server.Upstreams.WeChat;

namespace Yaopai.Server.Sandbox.WeChat;

/// <summary>What a person does with the phone in hand: scan a code, sign in to a mini program, share a number.</summary>
internal sealed class WeChatHand(WeChatMemory memory, UpstreamHttp http, IOwnAddress own, TimeProvider time)
{
    private const int Tries = 3;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    /// <param name="First">Whether the person only now follows the account; true when nothing is said.</param>
    internal sealed record ScanRequest(string? Ticket, string? User, bool? First);

    internal sealed record PersonRequest(string? Appid, string? User);

    /// <summary>Pushes the scan to where the account's server is, as WeChat does: signed, encrypted where there is a key, up to three
    /// times.</summary>
    public async Task<(object? Done, Problem? Problem)> ScanAsync(ScanRequest request, CancellationToken ct)
    {
        // People paste what the QR code says.
        var ticket = (request.Ticket ?? "").Split('/')[^1];
        if (memory.Find(WeChatHandle.Scene, ticket) is not { } scene)
            return (null, Problem.NotFound("ticket: none such; it was not given out, or has expired."));

        if (WeChatPeople.Find(request.User) is not { } person)
            return (null, NobodyCalled(request.User));

        var pushed = await PushAsync(scene.Account, EventOf(scene, ticket, person, request.First is not false), ct);
        return (new { scene = scene.Text, user = person.Name, answered = pushed }, null);
    }

    /// <summary>What a mini program gets of wx.login and wx.getUserInfo.</summary>
    public (object? Done, Problem? Problem) Login(PersonRequest request)
    {
        if (FaultOf(request, out var account, out var person) is { } problem)
            return (null, problem);

        var key = memory.SessionKey(account, person, renew: true);
        var (data, iv) = Encrypt(key, new
        {
            openId = person.OpenIdAt(account.WeChatAppId),
            nickName = person.Nickname,
            unionId = person.UnionId,
            watermark = new { timestamp = memory.Now.ToUnixTimeSeconds(), appid = account.WeChatAppId },
        });
        var code = memory.Issue(WeChatHandle.LoginCode, account, person, "", WeChatApi.CodeLifetime);
        return (new { code, encrypted_data = data, iv }, null);
    }

    /// <summary>What a mini program gets of its button for the phone number.</summary>
    public (object? Done, Problem? Problem) Phone(PersonRequest request)
    {
        if (FaultOf(request, out var account, out var person) is { } problem)
            return (null, problem);

        if (person.Phone is null)
            return (null, Problem.Invalid($"user: {person.Name} has no phone number."));

        var (data, iv) = Encrypt(memory.SessionKey(account, person, renew: false), WeChatApi.PhoneOf(person, account, memory.Now));
        var code = memory.Issue(WeChatHandle.PhoneCode, account, person, "", WeChatApi.CodeLifetime);
        return (new { code, encrypted_data = data, iv }, null);
    }

    private static Problem? FaultOf(PersonRequest request, out WeChatAccount account, out WeChatPerson person)
    {
        account = WeChatPeople.FindAccount(request.Appid)!;
        person = WeChatPeople.Find(request.User)!;
        return account is not { Kind: WeChatKind.MiniProgram }
            ? Problem.NotFound($"appid: a mini program: {string.Join(", ",
                WeChatPeople.Accounts.Where(one => one.Kind is WeChatKind.MiniProgram).Select(one => one.WeChatAppId))}.")
            : person is null ? NobodyCalled(request.User) : null;
    }

    private static Problem NobodyCalled(string? name) => Problem.NotFound(
        $"user: there is nobody called \"{name}\"; there are {string.Join(", ", WeChatPeople.All.Select(person => person.Name))}.");

    private string EventOf(WeChatIssued scene, string ticket, WeChatPerson person, bool first) =>
        $"""
        <xml><ToUserName><![CDATA[{scene.Account.OriginalId}]]></ToUserName>
        <FromUserName><![CDATA[{person.OpenIdAt(scene.Account.WeChatAppId)}]]></FromUserName>
        <CreateTime>{memory.Now.ToUnixTimeSeconds()}</CreateTime>
        <MsgType><![CDATA[event]]></MsgType><Event><![CDATA[{(first ? "subscribe" : "SCAN")}]]></Event>
        <EventKey><![CDATA[{(first ? "qrscene_" : "")}{scene.Text}]]></EventKey><Ticket><![CDATA[{ticket}]]></Ticket></xml>
        """;

    /// <returns>The status of the last answer; null when none came.</returns>
    private async Task<int?> PushAsync(WeChatAccount account, string message, CancellationToken ct)
    {
        var timestamp = $"{memory.Now.ToUnixTimeSeconds()}";
        var nonce = $"{Randomness.GetInt32(1, int.MaxValue)}";
        var query = $"signature={PushSignature.Of(account.PushToken!, timestamp, nonce)}&timestamp={timestamp}&nonce={nonce}";
        var body = message;
        if (account.EncodingAesKey is { } key)
        {
            var encrypted = new PushCipher(key, account.WeChatAppId).Encrypt(message);
            query += $"&encrypt_type=aes&msg_signature={PushSignature.Of(account.PushToken!, timestamp, nonce, encrypted)}";
            body = $"<xml><ToUserName><![CDATA[{account.OriginalId}]]></ToUserName><Encrypt><![CDATA[{encrypted}]]></Encrypt></xml>";
        }

        var address = new Uri(own.Find()!, $"/identity/wechat/mp/callback/{account.OriginalId}?{query}");
        int? status = null;
        for (var tries = 0; tries < Tries && status is not 200; tries++)
            status = await TryPushAsync(address, body, ct);
        return status;
    }

    private async Task<int?> TryPushAsync(Uri address, string body, CancellationToken ct)
    {
        using var late = new CancellationTokenSource(s_patience, time);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(ct, late.Token);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, address)
            {
                Content = new StringContent(body, Encoding.UTF8, "text/xml"),
            };
            using var response = await http.SendAsync(request, deadline.Token);
            return (int)response.StatusCode;
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException && !ct.IsCancellationRequested)
        {
            return null;
        }
    }

    private static (string Data, string Iv) Encrypt(string sessionKey, object content)
    {
        using var aes = Aes.Create();
        aes.Key = Convert.FromBase64String(sessionKey);
        var iv = Randomness.GetBytes(aes.BlockSize / 8);
        return (Convert.ToBase64String(aes.EncryptCbc(JsonSerializer.SerializeToUtf8Bytes(content), iv)), Convert.ToBase64String(iv));
    }
}
