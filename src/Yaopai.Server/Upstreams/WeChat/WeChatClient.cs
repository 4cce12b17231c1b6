using System.Text.Json;

namespace Yaopai.Server.Upstreams.WeChat;

/// <summary>What the platform asks WeChat for. A code is asked about once, whatever comes of it: asking uses it up.</summary>
internal sealed class WeChatClient(WeChatTransport transport, WeChatTokens tokens)
{
    private const int LongestScene = 64;

    /// <summary>Longer than any code is; what is longer goes nowhere: it stands in an address.</summary>
    private const int LongestCode = 1024;

    private const int OpenIdInvalid = 40003;

    /// <summary>GET /sns/jscode2session: the person behind a mini program's login code.</summary>
    public async Task<WeChatAnswer<WeChatSession>> Code2SessionAsync(WeChatAccount account, string code, CancellationToken ct) =>
        FaultOf(code) is { } fault ? fault : Read(
        await transport.GetAsync(account, "/sns/jscode2session",
            [("appid", account.WeChatAppId), ("secret", account.Secret), ("js_code", code), ("grant_type", "authorization_code")], ct),
        body => body.Text("openid") is { } openId && body.Text("session_key") is { } key
            ? new WeChatSession(openId, key, body.Text("unionid"))
            : null);

    /// <summary>GET /sns/oauth2/access_token: the person behind a code of a page.</summary>
    public async Task<WeChatAnswer<WeChatUserToken>> ExchangeCodeAsync(WeChatAccount account, string code, CancellationToken ct) =>
        FaultOf(code) is { } fault ? fault : Read(
        await transport.GetAsync(account, "/sns/oauth2/access_token",
            [("appid", account.WeChatAppId), ("secret", account.Secret), ("code", code), ("grant_type", "authorization_code")], ct),
        body => body.Text("access_token") is { } token && body.Text("openid") is { } openId
            ? new WeChatUserToken(
                token, openId, body.Text("unionid"), body.Text("scope") ?? "", IsSnapshot: body.Number("is_snapshotuser") is 1)
            : null);

    /// <summary>GET /sns/userinfo: nickname and picture, where the person allowed it.</summary>
    public async Task<WeChatAnswer<WeChatUser>> UserInfoAsync(WeChatAccount account, WeChatUserToken token, CancellationToken ct) => Read(
        await transport.GetAsync(account, "/sns/userinfo",
            [("access_token", token.AccessToken), ("openid", token.OpenId), ("lang", "zh_CN")], ct),
        body => body.Text("openid") == token.OpenId
            ? new WeChatUser(token.OpenId, body.Text("unionid"), body.Text("nickname"), body.Text("headimgurl"))
            : null);

    /// <summary>GET /cgi-bin/user/info: somebody who did something with an official account. Of whom WeChat does not know there, and to an
    /// account that may not ask, it tells no UnionID.</summary>
    public async Task<WeChatAnswer<WeChatFollower>> FindFollowerAsync(WeChatAccount account, string openId, CancellationToken ct)
    {
        var answer = await WithTokenAsync(account, token => transport.GetAsync(
            account, "/cgi-bin/user/info", [("access_token", token), ("openid", openId), ("lang", "zh_CN")], ct, twice: true), ct);
        return answer.Fault is { ErrCode: OpenIdInvalid } or { IsUnknownOperation: true }
            ? new WeChatFollower(openId, UnionId: null)
            : Read(answer, body => body.Text("openid") == openId ? new WeChatFollower(openId, body.Text("unionid")) : null);
    }

    /// <summary>POST /cgi-bin/qrcode/create: a QR code that WeChat tells us of when somebody scans it.</summary>
    public async Task<WeChatAnswer<WeChatQr>> CreateSceneQrAsync(
        WeChatAccount account, string scene, TimeSpan lifetime, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(scene.Length, LongestScene);
        var question = new
        {
            expire_seconds = (int)lifetime.TotalSeconds,
            action_name = "QR_STR_SCENE",
            action_info = new { scene = new { scene_str = scene } },
        };
        return Read(
            await PostWithTokenAsync(account, "/cgi-bin/qrcode/create", question, ct),
            body => body.Text("ticket") is { } ticket && body.Text("url") is { } url
                ? new WeChatQr(ticket, url, TimeSpan.FromSeconds(body.Number("expire_seconds") ?? question.expire_seconds))
                : null);
    }

    /// <summary>POST /wxa/business/getuserphonenumber: the number behind a phone code.</summary>
    public async Task<WeChatAnswer<WeChatPhone>> GetPhoneNumberAsync(WeChatAccount account, string code, CancellationToken ct) =>
        FaultOf(code) is { } fault ? fault : Read(
        await PostWithTokenAsync(account, "/wxa/business/getuserphonenumber", new { code }, ct),
        body => body.Find("phone_info") is { } info ? ReadPhone(info, account) : null,
        new WeChatFault(WeChatFaultKind.Refused, null, "the answer holds no phone number"));

    /// <summary>POST /cgi-bin/message/custom/send: a text to somebody who follows the account.</summary>
    public async Task<WeChatAnswer<WeChatDone>> SendTextAsync(WeChatAccount account, string openId, string text, CancellationToken ct) =>
        Read(
        await PostWithTokenAsync(
            account, "/cgi-bin/message/custom/send", new { touser = openId, msgtype = "text", text = new { content = text } }, ct),
        _ => WeChatDone.Instance);

    /// <summary>A phone number as WeChat writes it, also inside encrypted data; null when it is none, or another account's.</summary>
    public static WeChatPhone? ReadPhone(JsonElement info, WeChatAccount account) =>
        info.Find("watermark") is { } mark && mark.Text("appid") == account.WeChatAppId
            && info.Text("phoneNumber") is { } number && info.Text("purePhoneNumber") is { } pure && info.Text("countryCode") is { } country
            ? new WeChatPhone(number, pure, country)
            : null;

    private static WeChatFault? FaultOf(string code) =>
        code.Length <= LongestCode ? null : new WeChatFault(WeChatFaultKind.CodeInvalid, null, $"a code has no {code.Length} characters");

    /// <summary>A token that WeChat no longer takes was refused before anything was done: the same is asked with another, once.</summary>
    private async Task<WeChatAnswer<WeChatBody>> WithTokenAsync(
        WeChatAccount account, Func<string, Task<WeChatAnswer<WeChatBody>>> ask, CancellationToken ct)
    {
        var (token, fault) = await tokens.GetAsync(account, refused: null, ct);
        if (token is null)
            return fault!;

        var answer = await ask(token);
        if (answer.Fault is not { Kind: WeChatFaultKind.TokenInvalid })
            return answer;

        (token, fault) = await tokens.GetAsync(account, refused: token, ct);
        return token is null ? fault! : await ask(token);
    }

    private Task<WeChatAnswer<WeChatBody>> PostWithTokenAsync(
        WeChatAccount account, string path, object question, CancellationToken ct) =>
        WithTokenAsync(account, token => transport.PostAsync(account, path, [("access_token", token)], question, ct), ct);

    /// <param name="missing">What it means that the answer lacks what was asked for.</param>
    private static WeChatAnswer<T> Read<T>(
        WeChatAnswer<WeChatBody> answer, Func<JsonElement, T?> read, WeChatFault? missing = null) where T : class =>
        answer.Value is not { Root: var body } ? answer.Fault!
        : read(body) is { } value ? value
        : missing ?? WeChatFault.Unavailable("the answer lacks what was asked for");
}
