using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;
using Yaopai.Server.OAuth;
using Yaopai.Server.Upstreams.WeChat;

namespace Yaopai.Server.Sandbox.WeChat;

/// <summary>/sandbox/wechat — what WeChat's own servers answer, as its documents have it. Callers prove themselves as they do
/// there.</summary>
internal sealed class WeChatApi(WeChatMemory memory)
{
    /// <summary>The names are WeChat's, and stay as they are written here.</summary>
    private static readonly JsonSerializerOptions s_json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly TimeSpan s_codeLifetime = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan s_refreshLifetime = TimeSpan.FromDays(30);

    public void Map(IEndpointRouteBuilder routes)
    {
        Get(routes, "/sns/jscode2session", Code2Session);
        Get(routes, "/sns/oauth2/access_token", ExchangeCode);
        Get(routes, "/sns/oauth2/refresh_token", Refresh);
        Get(routes, "/sns/auth", Check);
        Get(routes, "/sns/userinfo", UserInfo);
        Get(routes, "/cgi-bin/token", Token);
        Post(routes, "/cgi-bin/token", (_, _) => Error(41002)); // it reads the query of a GET
        Post(routes, "/cgi-bin/stable_token", StableToken);
        Get(routes, "/cgi-bin/user/info", Follower);
        Post(routes, "/cgi-bin/qrcode/create", CreateQr);
        Post(routes, "/wxa/business/getuserphonenumber", PhoneNumber);
        Post(routes, "/cgi-bin/message/custom/send", Send);
        routes.MapGet(WeChatPeople.BasePath + "/cgi-bin/showqrcode", ShowQrAsync);
    }

    public static TimeSpan CodeLifetime => s_codeLifetime;

    /// <summary>What the QR code of a ticket says.</summary>
    public static string UrlOf(string ticket) => $"http://weixin.qq.com/q/{ticket}";

    private object Code2Session(IQueryCollection query) =>
        FaultOfApp(query, "js_code") is var fault and not 0 ? Error(fault)
        : Take(WeChatHandle.LoginCode, query["js_code"]!, query) is var (code, error) && error is not 0 ? Error(error)
        : new
        {
            openid = code!.Person!.OpenIdAt(code.Account.WeChatAppId),
            session_key = memory.SessionKey(code.Account, code.Person, renew: false),
            unionid = code.Person.UnionId,
        };

    private object ExchangeCode(IQueryCollection query) =>
        FaultOfApp(query, "code") is var fault and not 0 ? Error(fault)
        : Take(WeChatHandle.PageCode, query["code"]!, query) is var (code, error) && error is not 0 ? Error(error)
        : TokensOf(code!);

    private object Refresh(IQueryCollection query) =>
        Text(query, "appid") is "" ? Error(41002)
        : WeChatPeople.FindAccount(query["appid"]) is not { } account ? Error(40013)
        : Text(query, "grant_type") is not "refresh_token" ? Error(40002)
        : Text(query, "refresh_token") is "" ? Error(41003)
        : memory.Find(WeChatHandle.RefreshToken, query["refresh_token"]!) is not { } token || token.Account != account ? Error(40030)
        : TokensOf(token, query["refresh_token"]);

    private object Check(IQueryCollection query) =>
        TokenOf(query, out var fault) is null ? Error(fault) : new { errcode = 0, errmsg = "ok" };

    private object UserInfo(IQueryCollection query) =>
        TokenOf(query, out var fault) is not { } token ? Error(fault)
        : !token.Text.Contains("snsapi_userinfo", StringComparison.Ordinal) && token.Text is not "snsapi_login" ? Error(48001)
        : new
        {
            openid = token.Person!.OpenIdAt(token.Account.WeChatAppId),
            nickname = token.Person.Nickname,
            sex = 0,
            province = "",
            city = "",
            country = "",
            headimgurl = token.Person.AvatarUrl,
            privilege = Array.Empty<string>(),
            unionid = token.Person.UnionId,
        };

    private object Token(IQueryCollection query) => FaultOf(
            Text(query, "grant_type"), Text(query, "appid"), Text(query, "secret"), out var account) is var fault and not 0
        ? Error(fault)
        : Shown(memory.Token(account!, stable: false, renew: true));

    private object StableToken(IQueryCollection query, JsonElement body) => FaultOf(
            body.Text("grant_type") ?? "", body.Text("appid") ?? "", body.Text("secret") ?? "", out var account) is var fault and not 0
        ? Error(fault)
        : Shown(memory.Token(account!, stable: true, renew: body.Find("force_refresh") is { ValueKind: JsonValueKind.True }));

    /// <summary>Everybody here follows every account.</summary>
    private object Follower(IQueryCollection query)
    {
        if (FaultOfToken(query, out var account) is var fault and not 0)
            return Error(fault);

        var person = WeChatPeople.FindAt(account!, query["openid"]);
        return person is null ? Error(40003) : new { subscribe = 1, openid = query["openid"].ToString(), unionid = person.UnionId };
    }

    private object CreateQr(IQueryCollection query, JsonElement body)
    {
        if (FaultOfToken(query, out var account) is var fault and not 0)
            return Error(fault);

        var seconds = body.Number("expire_seconds") ?? 60;
        var scene = body.Find("action_info")?.Find("scene");
        var named = body.Text("action_name") switch
        {
            "QR_STR_SCENE" or "QR_LIMIT_STR_SCENE" => scene?.Text("scene_str"),
            "QR_SCENE" or "QR_LIMIT_SCENE" => scene?.Text("scene_id"),
            _ => null,
        };
        if (named is not { Length: >= 1 and <= 64 } || seconds is < 1 or > 2_592_000)
            return Error(47001);

        var ticket = memory.Issue(WeChatHandle.Scene, account!, null, named, TimeSpan.FromSeconds(seconds));
        return new { ticket, expire_seconds = seconds, url = UrlOf(ticket) };
    }

    private object PhoneNumber(IQueryCollection query, JsonElement body) =>
        FaultOfToken(query, out var account) is var fault and not 0 ? Error(fault)
        : memory.Find(WeChatHandle.PhoneCode, body.Text("code") ?? "") is not { } code || code.Account != account || !code.TryUse()
            ? Error(40029)
        : new { errcode = 0, errmsg = "ok", phone_info = PhoneOf(code.Person!, account!, memory.Now) };

    private object Send(IQueryCollection query, JsonElement body)
    {
        if (FaultOfToken(query, out var account) is var fault and not 0)
            return Error(fault);

        var person = WeChatPeople.FindAt(account!, body.Text("touser"));
        if (person is null)
            return Error(40003);

        if (body.Find("text")?.Text("content") is not { } content)
            return Error(44004);

        memory.Keep(new(account!.WeChatAppId, person.Name, content, memory.Now));
        return new { errcode = 0, errmsg = "ok" };
    }

    /// <summary>A number as WeChat writes it.</summary>
    public static object PhoneOf(WeChatPerson person, WeChatAccount account, DateTimeOffset now) => new
    {
        phoneNumber = person.Phone,
        purePhoneNumber = person.Phone,
        countryCode = "86",
        watermark = new { timestamp = now.ToUnixTimeSeconds(), appid = account.WeChatAppId },
    };

    private async Task ShowQrAsync(HttpContext http)
    {
        var ticket = http.Request.Query["ticket"].ToString();
        if (memory.Find(WeChatHandle.Scene, ticket) is null)
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        http.Response.ContentType = QrDrawing.ContentType;
        await http.Response.WriteAsync(QrDrawing.Svg(UrlOf(ticket), "WeChat"));
    }

    private object TokensOf(WeChatIssued issued, string? refreshToken = null)
    {
        var (account, person, scope) = (issued.Account, issued.Person!, issued.Text);
        return new
        {
            access_token = memory.Issue(WeChatHandle.UserToken, account, person, scope, WeChatMemory.TokenLifetime),
            expires_in = (int)WeChatMemory.TokenLifetime.TotalSeconds,
            refresh_token = refreshToken ?? memory.Issue(WeChatHandle.RefreshToken, account, person, scope, s_refreshLifetime),
            openid = person.OpenIdAt(account.WeChatAppId),
            scope,
            unionid = person.UnionId,
        };
    }

    private (WeChatIssued? Code, int Fault) Take(WeChatHandle handle, string value, IQueryCollection query) =>
        memory.Find(handle, value) is not { } code || code.Account.WeChatAppId != query["appid"] ? (null, 40029)
        : code.TryUse() ? (code, 0)
        : (null, 40163);

    private WeChatIssued? TokenOf(IQueryCollection query, out int fault)
    {
        var token = memory.Find(WeChatHandle.UserToken, Text(query, "access_token"));
        fault = token is null ? 40001 : token.Person!.OpenIdAt(token.Account.WeChatAppId) != query["openid"] ? 40003 : 0;
        return fault is 0 ? token : null;
    }

    private int FaultOfToken(IQueryCollection query, out WeChatAccount? account)
    {
        account = null;
        return Text(query, "access_token") is "" ? 41001 : memory.FaultOf(query["access_token"]!, out account);
    }

    private static int FaultOfApp(IQueryCollection query, string code) =>
        Text(query, "appid") is "" ? 41002
        : Text(query, "secret") is "" ? 41004
        : Text(query, code) is "" ? 41008
        : Text(query, "grant_type") is not "authorization_code" ? 40002
        : WeChatPeople.FindAccount(query["appid"]) is not { } account ? 40013
        : account.Secret != query["secret"] ? 40125
        : 0;

    private static int FaultOf(string grantType, string weChatAppId, string secret, out WeChatAccount? account)
    {
        account = WeChatPeople.FindAccount(weChatAppId);
        return weChatAppId is "" ? 41002
            : secret is "" ? 41004
            : grantType is not "client_credential" ? 40002
            : account is null ? 40013
            : account.Secret != secret ? 40125
            : 0;
    }

    private static string Text(IQueryCollection query, string name) => query[name].ToString();

    private object Shown((string Value, DateTimeOffset ExpiresAt) token) =>
        new { access_token = token.Value, expires_in = (int)(token.ExpiresAt - memory.Now).TotalSeconds };

    private static object Error(int errCode) => new { errcode = errCode, errmsg = MessageOf(errCode) };

    private static string MessageOf(int errCode) => errCode switch
    {
        40001 => "invalid credential, access_token is invalid or not latest",
        40002 => "invalid grant_type",
        40003 => "invalid openid",
        40013 => "invalid appid",
        40029 => "invalid code",
        40030 => "invalid refresh_token",
        40125 => "invalid appsecret",
        40163 => "code been used",
        41001 => "access_token missing",
        41002 => "appid missing",
        41003 => "refresh_token missing",
        41004 => "appsecret missing",
        41008 => "missing code",
        42001 => "access_token expired",
        44004 => "empty content",
        47001 => "data format error",
        48001 => "api unauthorized",
        _ => throw new ArgumentOutOfRangeException(nameof(errCode), errCode, null),
    };

    private static void Get(IEndpointRouteBuilder routes, string path, Func<IQueryCollection, object> answer) =>
        routes.MapGet(WeChatPeople.BasePath + path, http => AnswerAsync(http, answer(http.Request.Query)));

    private static void Post(IEndpointRouteBuilder routes, string path, Func<IQueryCollection, JsonElement, object> answer) =>
        routes.MapPost(WeChatPeople.BasePath + path, async http =>
            await AnswerAsync(http, await ReadAsync(http) is { } body ? answer(http.Request.Query, body) : Error(47001)));

    private static async Task<JsonElement?> ReadAsync(HttpContext http)
    {
        const int MaxBody = 64 * 1024;
        http.Features.Get<IHttpMaxRequestBodySizeFeature>()!.MaxRequestBodySize = MaxBody;
        try
        {
            using var body = await JsonDocument.ParseAsync(http.Request.Body, cancellationToken: http.RequestAborted);
            return body.RootElement.Clone();
        }
        catch (Exception exception) when (exception is JsonException or BadHttpRequestException)
        {
            return null;
        }
    }

    /// <summary>As there: HTTP 200 whatever it is, and JSON that calls itself text below /sns.</summary>
    private static Task AnswerAsync(HttpContext http, object answer)
    {
        var isText = http.Request.Path.StartsWithSegments($"{WeChatPeople.BasePath}/sns");
        return http.Response.WriteAsJsonAsync(
            answer, s_json, isText ? "text/plain; charset=utf-8" : "application/json; encoding=utf-8");
    }
}
