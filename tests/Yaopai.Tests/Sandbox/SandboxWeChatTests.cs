using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Yaopai.Server.Sandbox;
using Yaopai.Server.Upstreams.WeChat;
using Yaopai.Tests.Http;

namespace Yaopai.Tests.Sandbox;

/// <summary>The sandbox's own WeChat, asked by the very client that asks the real one.</summary>
public sealed class SandboxWeChatTests(SharedServer fixture)
{
    private const string Mini = "wxdemo0000miniprog";
    private const string Official = "wxdemo0000official";

    private readonly TestServer _server = fixture.Server;

    private WeChatClient Client => _server.Get<WeChatClient>();

    [Fact]
    public async Task A_login_code_works_once_and_what_comes_with_it_opens_with_the_session_key()
    {
        var account = await AccountAsync(WeChatKind.MiniProgram);
        var login = await PostAsync("login", new { appid = Mini, user = "xiaowei" });
        var phone = await PostAsync("phone", new { appid = Mini, user = "xiaowei" });

        var session = (await Client.Code2SessionAsync(account, Text(login, "code"), default)).Value!;
        var again = await Client.Code2SessionAsync(account, Text(login, "code"), default);
        var opened = OpenData.Open(session.SessionKey, Text(phone, "iv"), Text(phone, "encrypted_data"), Mini);
        var person = OpenData.Open(session.SessionKey, Text(login, "iv"), Text(login, "encrypted_data"), Mini);

        Assert.Equal(40163, again.Fault!.ErrCode);
        Assert.Equal("13900139001", WeChatClient.ReadPhone(opened!.Value, account)!.PurePhoneNumber);
        Assert.Equal(session.OpenId, Text(person!.Value, "openId"));
        Assert.StartsWith("o", session.OpenId, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_phone_code_works_once_and_not_everybody_has_a_phone()
    {
        var account = await AccountAsync(WeChatKind.MiniProgram);
        var code = Text(await PostAsync("phone", new { appid = Mini, user = "xiaoxin" }), "code");

        Assert.Equal("13900139002", (await Client.GetPhoneNumberAsync(account, code, default)).Value!.PurePhoneNumber);
        Assert.Equal(WeChatFaultKind.CodeInvalid, (await Client.GetPhoneNumberAsync(account, code, default)).Fault!.Kind);
        var none = await _server.Http.PostAsJsonAsync("/sandbox/wechat/phone", new { appid = Mini, user = "nonumber" });
        Assert.Equal(HttpStatusCode.BadRequest, none.StatusCode);
    }

    [Fact]
    public async Task A_person_who_is_chosen_on_the_page_comes_back_with_a_code()
    {
        var account = await AccountAsync(WeChatKind.OfficialAccount);
        var query = $"?appid={Official}&redirect_uri=https%3A%2F%2Fa.example%2Fback%3Fx%3D1"
            + "&response_type=code&scope=snsapi_userinfo&state=s+1";
        using var http = new HttpClient(_server.Through(new SocketsHttpHandler { AllowAutoRedirect = false }))
        {
            BaseAddress = _server.Address,
        };

        var page = await http.GetStringAsync("/sandbox/wechat/connect/oauth2/authorize" + query);
        var back = await http.GetAsync($"/sandbox/wechat/connect/oauth2/authorize{query}&user=xiaowei");
        var location = back.Headers.Location!.AbsoluteUri;
        var code = location.Split("code=")[1].Split('&')[0];
        var token = (await Client.ExchangeCodeAsync(account, code, default)).Value!;
        var user = (await Client.UserInfoAsync(account, token, default)).Value!;

        Assert.Contains("小微", page, StringComparison.Ordinal);
        Assert.StartsWith("https://a.example/back?x=1&code=", location, StringComparison.Ordinal);
        Assert.EndsWith("&state=s%201", location, StringComparison.Ordinal);
        Assert.Equal("小微", user.Nickname);
        Assert.Equal(40163, (await Client.ExchangeCodeAsync(account, code, default)).Fault!.ErrCode);
    }

    [Fact]
    public async Task A_scene_has_a_ticket_with_a_picture_and_a_text_arrives()
    {
        var account = await AccountAsync(WeChatKind.OfficialAccount);

        var qr = (await Client.CreateSceneQrAsync(account, "scene-1", TimeSpan.FromMinutes(5), default)).Value!;
        var picture = await _server.Http.GetAsync($"/sandbox/wechat/cgi-bin/showqrcode?ticket={qr.Ticket}");
        var noPicture = await _server.Http.GetAsync("/sandbox/wechat/cgi-bin/showqrcode?ticket=none");
        var people = await _server.Http.GetFromJsonAsync<JsonElement>("/sandbox/wechat");
        var openId = people.GetProperty("users")[0].GetProperty("open_ids").GetProperty(Official).GetString()!;
        var sent = await Client.SendTextAsync(account, openId, "你好", default);
        var toNobody = await Client.SendTextAsync(account, "onobody", "你好", default);

        Assert.Equal((300.0, "image/svg+xml"), (qr.Lifetime.TotalSeconds, picture.Content.Headers.ContentType!.MediaType));
        Assert.Equal(HttpStatusCode.NotFound, noPicture.StatusCode);
        Assert.NotNull(sent.Value);
        Assert.Equal(40003, toNobody.Fault!.ErrCode);
        Assert.Contains("你好", await _server.Http.GetStringAsync("/sandbox/wechat"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/sns/jscode2session", 41002)]
    [InlineData("/sns/jscode2session?appid=wxdemo0000miniprog", 41004)]
    [InlineData("/sns/jscode2session?appid=wxdemo0000miniprog&secret=x", 41008)]
    [InlineData("/sns/jscode2session?appid=wxdemo0000miniprog&secret=x&js_code=c", 40002)]
    [InlineData("/sns/jscode2session?appid=wxnone&secret=x&js_code=c&grant_type=authorization_code", 40013)]
    [InlineData("/sns/jscode2session?appid=wxdemo0000miniprog&secret=x&js_code=c&grant_type=authorization_code", 40125)]
    [InlineData(
        "/sns/jscode2session?appid=wxdemo0000miniprog&secret=d3100000000000000000000000000a02"
        + "&js_code=c&grant_type=authorization_code", 40029)]
    [InlineData("/sns/oauth2/access_token?appid=wxnone&secret=x&code=c&grant_type=authorization_code", 40013)]
    [InlineData("/sns/oauth2/refresh_token?appid=wxdemo0000official&grant_type=refresh_token", 41003)]
    [InlineData("/sns/oauth2/refresh_token?appid=wxdemo0000official&grant_type=refresh_token&refresh_token=none", 40030)]
    [InlineData("/sns/auth?access_token=none&openid=o", 40001)]
    [InlineData("/sns/userinfo?access_token=none&openid=o", 40001)]
    [InlineData("/cgi-bin/token?grant_type=client_credential&appid=wxnone&secret=x", 40013)]
    [InlineData("/cgi-bin/token?grant_type=other&appid=wxdemo0000official&secret=x", 40002)]
    [InlineData("/cgi-bin/token?grant_type=client_credential&appid=wxdemo0000official&secret=x", 40125)]
    public async Task A_mistake_has_the_number_that_it_has_there(string path, int errCode)
    {
        var response = await _server.Http.GetAsync("/sandbox/wechat" + path);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(errCode, JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.GetProperty("errcode").GetInt32());
    }

    [Theory]
    [InlineData("scan", """{"ticket":"none","user":"xiaowei"}""", HttpStatusCode.NotFound)]
    [InlineData("login", """{"appid":"wxdemo0000official","user":"xiaowei"}""", HttpStatusCode.NotFound)]
    [InlineData("login", """{"appid":"wxdemo0000miniprog","user":"nobody"}""", HttpStatusCode.NotFound)]
    public async Task Who_or_what_is_not_there_is_not_found(string what, string body, HttpStatusCode status)
    {
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");

        Assert.Equal(status, (await _server.Http.PostAsync($"/sandbox/wechat/{what}", content)).StatusCode);
    }

    private async Task<WeChatAccount> AccountAsync(WeChatKind kind) =>
        (await _server.Get<WeChatAccounts>().FindAsync(DemoData.Apps[0].ClientId, kind, default))!;

    private async Task<JsonElement> PostAsync(string what, object request)
    {
        var response = await _server.Http.PostAsJsonAsync($"/sandbox/wechat/{what}", request);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }

    private static string Text(JsonElement thing, string name) => thing.GetProperty(name).GetString()!;
}
