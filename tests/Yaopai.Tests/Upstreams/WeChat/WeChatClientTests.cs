using Microsoft.AspNetCore.Http;
using Yaopai.Server.Keys;
using Yaopai.Server.Upstreams;
using Yaopai.Server.Upstreams.WeChat;
using Yaopai.Tests.Keys;
using Yaopai.Tests.Storage;

namespace Yaopai.Tests.Upstreams.WeChat;

public sealed class WeChatClientTests(OnSqlite engine) : IClassFixture<OnSqlite>, IAsyncLifetime
{
    private const string Session = """{"openid":"oA","session_key":"tiihtNczf5v6AKRyjwEUhQ==","unionid":"oU"}""";

    private static readonly TimeSpan s_short = TimeSpan.FromSeconds(1);

    private KeyRing _keys = null!;

    public async ValueTask InitializeAsync() => _keys = await new Rings().StartAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_login_code_is_traded_for_the_person_behind_it()
    {
        await using var answers = await Answers.SayAsync(Session);

        var session = (await AskAsync(answers)).Value!;

        Assert.Equal(("oA", "tiihtNczf5v6AKRyjwEUhQ==", "oU"), (session.OpenId, session.SessionKey, session.UnionId));
        var (path, query, _) = Assert.Single(answers.Asked);
        Assert.Equal("/sns/jscode2session", path);
        Assert.Equal("?appid=wx0123456789abcdef&secret=a%20secret%20%26%20more&js_code=code&grant_type=authorization_code", query);
    }

    [Theory]
    [InlineData(-1, nameof(WeChatFaultKind.Unavailable))]
    [InlineData(45011, nameof(WeChatFaultKind.Unavailable))]
    [InlineData(40029, nameof(WeChatFaultKind.CodeInvalid))]
    [InlineData(40163, nameof(WeChatFaultKind.CodeInvalid))]
    [InlineData(40001, nameof(WeChatFaultKind.TokenInvalid))]
    [InlineData(40014, nameof(WeChatFaultKind.TokenInvalid))]
    [InlineData(42001, nameof(WeChatFaultKind.TokenInvalid))]
    [InlineData(40002, nameof(WeChatFaultKind.Refused))]
    [InlineData(40003, nameof(WeChatFaultKind.Refused))]
    [InlineData(40013, nameof(WeChatFaultKind.Refused))]
    [InlineData(40030, nameof(WeChatFaultKind.Refused))]
    [InlineData(40125, nameof(WeChatFaultKind.Refused))]
    [InlineData(40164, nameof(WeChatFaultKind.Refused))]
    [InlineData(40226, nameof(WeChatFaultKind.Refused))]
    [InlineData(41002, nameof(WeChatFaultKind.Refused))]
    [InlineData(41004, nameof(WeChatFaultKind.Refused))]
    [InlineData(41008, nameof(WeChatFaultKind.Refused))]
    [InlineData(42002, nameof(WeChatFaultKind.Refused))]
    [InlineData(45009, nameof(WeChatFaultKind.Refused))]
    [InlineData(48001, nameof(WeChatFaultKind.Refused))]
    [InlineData(50004, nameof(WeChatFaultKind.Refused))]
    [InlineData(50007, nameof(WeChatFaultKind.Refused))]
    public async Task An_errcode_is_one_of_four_kinds_as_a_number_and_as_a_text(int errCode, string kind)
    {
        foreach (var written in new[] { $"{errCode}", $"\"{errCode}\"" })
        {
            await using var answers = await Answers.SayAsync(
                $$"""{"errcode":{{written}},"errmsg":"invalid code, rid: 623ea70a-74b9b592-3e3d489a"}""");

            var fault = (await AskAsync(answers)).Fault!;

            Assert.Equal((kind, errCode), (fault.Kind.ToString(), fault.ErrCode));
        }
    }

    [Theory]
    [InlineData("<html><body>502 Bad Gateway</body></html>", 502)]
    [InlineData("<html><body>Welcome</body></html>", 200)]
    [InlineData("""{"openid":"oA","session_key":"tiih""", 200)]
    [InlineData("", 200)]
    [InlineData("", 500)]
    [InlineData("null", 200)]
    [InlineData("""["openid"]""", 200)]
    [InlineData("""{"session_key":"tiihtNczf5v6AKRyjwEUhQ=="}""", 200)]
    [InlineData("""{"openid":"","session_key":"tiihtNczf5v6AKRyjwEUhQ=="}""", 200)]
    [InlineData("""{"openid":["oA"],"session_key":"tiihtNczf5v6AKRyjwEUhQ=="}""", 200)]
    [InlineData("""{"errcode":"soon","openid":"oA","session_key":"k"}""", 200)]
    [InlineData("""{"openid":"oA","session_key":"k"}""", 503)]
    [InlineData("""{"openid":"oA","session_key":"k"}""", 302)]
    public async Task An_answer_that_cannot_be_used_is_none(string body, int status)
    {
        await using var answers = await Answers.SayAsync(body, status, "text/html");

        Assert.Equal(WeChatFaultKind.Unavailable, (await AskAsync(answers)).Fault!.Kind);
        Assert.Single(answers.Asked); // a code is asked about once
    }

    [Fact]
    public async Task Numbers_may_be_texts_and_texts_numbers_and_success_may_have_an_errcode()
    {
        await using var answers = await Answers.SayAsync("""{"errcode":"0","errmsg":"ok","openid":12345,"session_key":"k"}""");

        Assert.Equal("12345", (await AskAsync(answers)).Value!.OpenId);
    }

    [Fact]
    public async Task An_answer_that_breaks_off_is_too_large_or_does_not_come_is_none()
    {
        await using var broken = await Answers.StartAsync(async http =>
        {
            http.Response.ContentLength = 1000;
            await http.Response.WriteAsync(Session);
            await http.Response.Body.FlushAsync();
            http.Abort();
        });
        await using var large = await Answers.StartAsync(async http =>
        {
            await http.Response.WriteAsync("{\"openid\":\"oA\",\"session_key\":\"k\",\"more\":\"");
            for (var i = 0; i < 300; i++)
                await http.Response.WriteAsync(new string('x', 1024));
            await http.Response.WriteAsync("\"}");
        });
        await using var slow = await Answers.StartAsync(http => Task.Delay(Timeout.Infinite, http.RequestAborted));

        Assert.Equal(WeChatFaultKind.Unavailable, (await AskAsync(broken)).Fault!.Kind);
        Assert.Equal("the answer is too large", (await AskAsync(large)).Fault!.Reason);
        Assert.Equal("no answer within 1 s", (await AskAsync(slow, s_short)).Fault!.Reason);
    }

    [Theory]
    [InlineData(UpstreamFault.Down)]
    [InlineData(UpstreamFault.Slow)]
    internal async Task A_fault_breaks_the_connection_itself(UpstreamFault fault)
    {
        await using var answers = await Answers.SayAsync(Session);
        using var node = new UpstreamNode(engine.Database, _keys, timeout: s_short, seam: new Broken(fault));

        var (_, why) = await node.Client.Code2SessionAsync(UpstreamNode.Account(answers.BaseUrl), "code", default);

        Assert.Equal(WeChatFaultKind.Unavailable, why!.Kind);
        Assert.Equal(fault is UpstreamFault.Down ? "ConnectionError" : "no answer within 1 s", why.Reason);
        Assert.Empty(answers.Asked);
    }

    [Fact]
    public async Task Everything_else_is_asked_with_the_token_of_the_account()
    {
        await using var answers = await Answers.StartAsync(http => http.Response.WriteAsync(http.Request.Path.Value switch
        {
            "/cgi-bin/stable_token" => """{"access_token":"T","expires_in":"7200"}""",
            "/cgi-bin/qrcode/create" => """{"ticket":"gQ","expire_seconds":60,"url":"http://weixin.qq.com/q/1"}""",
            "/cgi-bin/message/custom/send" => """{"errcode":0,"errmsg":"ok"}""",
            "/wxa/business/getuserphonenumber" =>
                """
                {"errcode":0,"phone_info":{"phoneNumber":"+8613800138000","purePhoneNumber":13800138000,"countryCode":86,
                 "watermark":{"timestamp":1,"appid":"wx0123456789abcdef"}}}
                """,
            "/sns/oauth2/access_token" =>
                """{"access_token":"U","expires_in":7200,"openid":"oA","scope":"snsapi_base","is_snapshotuser":1}""",
            _ => """{"openid":"oA","nickname":"小明","headimgurl":"https://wx.qlogo.cn/1"}""",
        }));
        using var node = new UpstreamNode(engine.Database, _keys);
        var account = UpstreamNode.Account(answers.BaseUrl);

        var qr = (await node.Client.CreateSceneQrAsync(account, "abc", TimeSpan.FromMinutes(5), default)).Value!;
        var phone = (await node.Client.GetPhoneNumberAsync(account, "code", default)).Value!;
        var sent = await node.Client.SendTextAsync(account, "oA", "Hello", default);
        var token = (await node.Client.ExchangeCodeAsync(account, "code", default)).Value!;
        var user = (await node.Client.UserInfoAsync(account, token, default)).Value!;

        Assert.Equal(("gQ", "http://weixin.qq.com/q/1", 60.0), (qr.Ticket, qr.Url, qr.Lifetime.TotalSeconds));
        Assert.Equal(("+8613800138000", "13800138000", "86"), (phone.PhoneNumber, phone.PurePhoneNumber, phone.CountryCode));
        Assert.NotNull(sent.Value);
        Assert.True(token.IsSnapshot);
        Assert.Equal(("小明", "https://wx.qlogo.cn/1"), (user.Nickname, user.AvatarUrl));
        Assert.Single(answers.Asked, asked => asked.Path is "/cgi-bin/stable_token");
        Assert.All(
            answers.Asked.Where(asked => asked.Path is not ("/cgi-bin/stable_token" or "/sns/oauth2/access_token" or "/sns/userinfo")),
            asked => Assert.Equal("?access_token=T", asked.Query));
    }

    [Theory]
    [InlineData("""{"subscribe":1,"openid":"oA","unionid":"oU"}""", "oU")]
    [InlineData("""{"subscribe":0,"openid":"oA"}""", null)]
    [InlineData("""{"errcode":40003,"errmsg":"invalid openid"}""", null)]
    [InlineData("""{"errcode":48001,"errmsg":"api unauthorized"}""", null)]
    public async Task Somebody_has_a_UnionID_where_WeChat_tells_it(string answer, string? expected)
    {
        await using var answers = await Answers.StartAsync(http => http.Response.WriteAsync(
            http.Request.Path.Value is "/cgi-bin/user/info" ? answer : """{"access_token":"T","expires_in":7200}"""));
        using var node = new UpstreamNode(engine.Database, _keys);

        var follower = await node.Client.FindFollowerAsync(UpstreamNode.Account(answers.BaseUrl), "oA", default);

        Assert.Equal(new WeChatFollower("oA", expected), follower.Value);
        Assert.Equal("?access_token=T&openid=oA&lang=zh_CN", answers.Asked[^1].Query);
    }

    [Theory]
    [InlineData("""{"errcode":-1,"errmsg":"system error"}""")]
    [InlineData("""{"errcode":45009,"errmsg":"reach max api daily quota limit"}""")]
    [InlineData("""{"subscribe":1,"openid":"oAnother","unionid":"oU"}""")]
    [InlineData("no JSON")]
    public async Task A_WeChat_that_does_not_answer_does_not_say_that_there_is_none(string answer)
    {
        await using var answers = await Answers.StartAsync(http => http.Response.WriteAsync(
            http.Request.Path.Value is "/cgi-bin/user/info" ? answer : """{"access_token":"T","expires_in":7200}"""));
        using var node = new UpstreamNode(engine.Database, _keys);

        Assert.NotNull((await node.Client.FindFollowerAsync(UpstreamNode.Account(answers.BaseUrl), "oA", default)).Fault);
    }

    [Fact]
    public async Task A_phone_number_of_another_mini_program_is_none()
    {
        await using var answers = await Answers.StartAsync(http => http.Response.WriteAsync(
            http.Request.Path.Value is "/cgi-bin/stable_token"
                ? """{"access_token":"T","expires_in":7200}"""
                : """
                {"errcode":0,"phone_info":{"phoneNumber":"+8613800138000","purePhoneNumber":"13800138000","countryCode":"86",
                 "watermark":{"timestamp":1,"appid":"wxanother"}}}
                """));
        using var node = new UpstreamNode(engine.Database, _keys);

        Assert.NotNull((await node.Client.GetPhoneNumberAsync(UpstreamNode.Account(answers.BaseUrl), "code", default)).Fault);
    }

    private async Task<WeChatAnswer<WeChatSession>> AskAsync(Answers answers, TimeSpan? timeout = null)
    {
        using var node = new UpstreamNode(engine.Database, _keys, timeout: timeout);
        return await node.Client.Code2SessionAsync(UpstreamNode.Account(answers.BaseUrl), "code", default);
    }

    private sealed class Broken(UpstreamFault fault) : IUpstreamSeam
    {
        public UpstreamFault? Current => fault;
    }
}
