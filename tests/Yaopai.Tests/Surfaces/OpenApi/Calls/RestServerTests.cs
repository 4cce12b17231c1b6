using System.Globalization;
using Yaopai.Server.Surfaces.OpenApi.Calls;
using Yaopai.Tests.Http;
using E = Yaopai.Errors.OpenApiErrors.Api;

namespace Yaopai.Tests.Surfaces.OpenApi.Calls;

/// <summary>The dispatcher that came first: the same methods, signed with bd_sig and numbered.</summary>
public sealed class RestServerTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private readonly OpenCaller _demo = new(fixture.Server);
    private readonly OpenCaller _sibling = new(fixture.Server, HuaweiCaller.Sibling);

    /// <summary>The parameter that is wrong in a call that is otherwise good, its value, and what it earns.</summary>
    public static TheoryData<string, string?, string> Mistakes { get; } = new()
    {
        { "method",      null,                     nameof(E.MethodUnknown) },
        { "method",      "",                       nameof(E.MethodUnknown) },
        { "method",      "baidu.users.getinfo",    nameof(E.MethodUnknown) },
        { "method",      "facebook.users.getInfo", nameof(E.MethodUnknown) },
        { "api_key",     "999",                    nameof(E.ApiKeyUnknown) },
        { "api_key",     "abc",                    nameof(E.ApiKeyUnknown) },
        { "sign_method", "x",                      nameof(E.SignatureMethodUnsupported) },
        { "call_id",     null,                     nameof(E.TimestampInvalid) },
        { "call_id",     "x",                      nameof(E.TimestampInvalid) },
        { "call_id",     "-1",                     nameof(E.TimestampInvalid) },
        { "call_id",     "1e9",                    nameof(E.TimestampInvalid) },
        { "call_id",     "99999999999999",         nameof(E.TimestampInvalid) },
        { "bd_sig",      "x",                      nameof(E.SignatureIncorrect) },
        { "bd_sig",      null,                     nameof(E.SignatureIncorrect) },
        { "session_key", "x",                      nameof(E.AccessTokenInvalid) },
        { "api_key",     "100000002",              nameof(E.SignatureIncorrect) },
        { "fields",      "shoesize",               nameof(E.UserFieldUnknown) },
        { "uids",        "900002",                 nameof(E.UserDataForbidden) },
    };

    [Theory, MemberData(nameof(Mistakes))]
    public async Task Each_mistake_earns_its_own_error(string parameter, string? value, string expected)
    {
        var session = await _demo.TokensAsync();
        (string Name, string? Value)[] good =
            [("method", "baidu.users.getInfo"), ("api_key", _demo.ClientId), ("session_key", session.SessionKey), ("call_id", "1"),
                ("format", "json")];
        var call = OpenCaller.Sign(
            _demo.App.ClientSecret, "bd_sig", [.. good.Where(field => field.Name != parameter), .. Own(parameter is not "bd_sig")]);

        var response = await _demo.PostAsync(OpenCaller.RestServer,
            [.. call.Where(field => parameter is not "bd_sig" || field.Name != "bd_sig"), .. Own(parameter is "bd_sig")]);

        await response.ShouldBeAsync(E.All.Single(error => error.Name == expected));

        (string, string?)[] Own(bool isHere) => isHere ? [(parameter, value)] : [];
    }

    [Fact]
    public async Task Calls_of_a_session_are_numbered_upwards_on_every_node()
    {
        await using var other = await TestServer.StartAsync(fixture.Engine);
        var session = await _demo.TokensAsync();

        await (await CallAsync(_demo, "1308647889.5")).ShouldSucceedAsync(E.Ok);
        await (await CallAsync(_demo, "1308647889.5")).ShouldBeAsync(E.TimestampInvalid);
        await (await CallAsync(_demo, "1308647889.4999")).ShouldBeAsync(E.TimestampInvalid);
        await (await CallAsync(new OpenCaller(other), "1308647889.5")).ShouldBeAsync(E.TimestampInvalid);
        await (await CallAsync(new OpenCaller(other), "1308647889.50001")).ShouldSucceedAsync(E.Ok);
        await (await CallAsync(_demo, "1308647889.50001")).ShouldBeAsync(E.TimestampInvalid);
        session = await _demo.TokensAsync();
        await (await CallAsync(_demo, "1")).ShouldSucceedAsync(E.Ok); // another session begins anew

        Task<HttpResponseMessage> CallAsync(OpenCaller caller, string callId) =>
            caller.NumberedAsync("baidu.users.getLoggedInUser", callId, session);
    }

    [Fact]
    public async Task A_session_may_sign_with_its_own_secret_when_it_says_so()
    {
        var session = await _demo.TokensAsync();
        (string, string?)[] call =
            [("method", "baidu.users.getLoggedInUser"), ("api_key", _demo.ClientId), ("session_key", session.SessionKey), ("call_id", "1")];

        await (await _demo.PostAsync(OpenCaller.RestServer, OpenCaller.Sign(session.SessionSecret, "bd_sig", call)))
            .ShouldBeAsync(E.SignatureIncorrect);
        await (await _demo.PostAsync(OpenCaller.RestServer, OpenCaller.Sign(session.SessionSecret, "bd_sig", [.. call, ("ss", "1")])))
            .ShouldSucceedAsync(E.Ok);
    }

    [Fact]
    public async Task A_session_of_another_app_is_none_here()
    {
        var session = await _sibling.TokensAsync();

        await (await _demo.NumberedAsync("baidu.users.getLoggedInUser", "1", session)).ShouldBeAsync(E.AccessTokenInvalid);
    }

    [Fact]
    public async Task Query_and_form_are_signed_together()
    {
        var session = await _demo.TokensAsync();
        var signed = OpenCaller.Sign(_demo.App.ClientSecret, "bd_sig",
            [("v", "1.0"), ("format", "json"), ("method", "baidu.users.getInfo"), ("api_key", _demo.ClientId),
             ("session_key", session.SessionKey), ("ie", "UTF-8"), ("uids", "900001"), ("fields", "userid,username"),
             ("call_id", DateTimeOffset.UtcNow.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture))]);
        var query = string.Join('&', signed.Take(6).Select(field => $"{field.Name}={Uri.EscapeDataString(field.Value!)}"));

        var response = await _demo.PostAsync($"{OpenCaller.RestServer}?{query}", signed[6..]);

        Assert.Equal("""[{"userid":"900001","username":"mainland"}]""", (await response.ShouldSucceedAsync(E.Ok)).GetRawText());
    }

    [Theory]
    [InlineData("baidu.users.getInfoEx", "fields", "userid")]
    [InlineData("baidu.users.isAppUser", "appid", "100000001")]
    [InlineData("baidu.users.hasAppPermission", "ext_perm", "basic")]
    [InlineData("baidu.users.hasAppPermissions", "ext_perms", "basic")]
    [InlineData("baidu.friends.getFriends", "page_no", "0")]
    [InlineData("baidu.friends.getFriendRelations", "page_no", "0")]
    [InlineData("baidu.friends.getAppUsers", "page_no", "0")]
    [InlineData("baidu.friends.getNonAppUsers", "page_no", "0")]
    [InlineData("baidu.auth.revokeExtendedPermission", "perms", "basic")]
    [InlineData("baidu.iplib.query", "ip", "192.0.2.1")]
    [InlineData("baidu.auth.expireSession", "v", "1.0")]
    [InlineData("baidu.auth.revokeAuthorization", "uid", "900001")]
    public async Task Every_method_has_its_old_name(string method, string parameter, string value)
    {
        var session = await _sibling.TokensAsync();
        var own = parameter is "v" ? [] : new (string, string?)[] { (parameter, value) };

        await (await _sibling.NumberedAsync(method, "1", session, own)).ShouldSucceedAsync(E.Ok);
    }

    [Fact]
    public async Task An_app_without_a_session_calls_for_itself()
    {
        var stranger = new OpenCaller(fixture.Server, HuaweiCaller.Stranger);
        await (await stranger.NumberedAsync("baidu.users.isAppUser", "5", null, ("uid", "900001"))).ShouldSucceedAsync(E.Ok);
        await (await stranger.NumberedAsync("baidu.users.isAppUser", "5", null, ("uid", "900001"))).ShouldBeAsync(E.TimestampInvalid);
        await (await stranger.NumberedAsync("baidu.users.getInfo", "6", null)).ShouldBeAsync(E.UserDataForbidden);
        await (await _demo.PostAsync(OpenCaller.RestServer, ("method", "baidu.users.getInfo"))).ShouldBeAsync(E.ApiKeyUnknown);
        await (await _demo.PostAsync(OpenCaller.RestServer, ("method", "baidu.users.getInfo"),
            ("access_token", (await _demo.TokensAsync()).Access))).ShouldBeAsync(E.ApiKeyUnknown);
    }

    [Fact]
    public async Task A_batch_is_fed_with_queries()
    {
        var session = await _demo.TokensAsync();
        var feed = """["method=baidu.users.getInfo&fields=userid","method=baidu.users.getInfo&uids=900002","method=baidu.batch.run"""
            + """&method_feed=[]","method=x","a=%zz",5]""";

        var answers = await (await _demo.NumberedAsync("baidu.batch.run", "1", session, ("method_feed", feed), ("serial_only", "1")))
            .ShouldSucceedAsync(E.Ok);

        Assert.Equal("900001", answers[0].GetProperty("userid").GetString());
        Assert.Equal([6, 3, 3, 100, 100], answers.EnumerateArray().Skip(1).Select(answer => answer.GetProperty("error_code").GetInt32()));
    }

    [Fact]
    public async Task What_cannot_be_read_is_invalid_and_too_much_is_too_much()
    {
        await (await fixture.Server.Http.GetAsync(OpenCaller.RestServer + "?method=baidu.users.getInfo&method=baidu.users.getInfo"))
            .ShouldBeAsync(E.ParameterMalformed);
        await (await _demo.PostAsync(OpenCaller.RestServer, [.. Enumerable.Range(0, 1001).Select(number => ($"p{number}", (string?)""))]))
            .ShouldBeAsync(E.TooManyParameters);
    }

    [Fact]
    public void A_number_is_read_to_the_millionth_and_a_date_in_the_platforms_zone()
    {
        Assert.Equal(1308647889_123456, Timestamps.Number("1308647889.1234567"));
        Assert.Null(Timestamps.Number("1,3"));
        Assert.Equal([DateTimeOffset.FromUnixTimeSeconds(1308647889)], Timestamps.Read("2011-06-21 17:18:09"));
        Assert.Equal(
            [DateTimeOffset.FromUnixTimeSeconds(1308647889 - 43200), DateTimeOffset.FromUnixTimeSeconds(1308647889)],
            Timestamps.Read("2011-06-21 05:18:09"));
        Assert.Equal([DateTimeOffset.FromUnixTimeSeconds(1308647889)], Timestamps.Read("1308647889"));
        Assert.Empty(Timestamps.Read("2011-06-21 5:18:09"));
    }
}
