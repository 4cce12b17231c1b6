using System.Text.Json;
using Yaopai.Server.Credentials;
using Yaopai.Server.Identifiers;
using Yaopai.Server.Surfaces.OpenApi.Methods;
using Yaopai.Tests.Http;
using E = Yaopai.Errors.OpenApiErrors.Api;

namespace Yaopai.Tests.Surfaces.OpenApi.Methods;

/// <summary>What the methods answer.</summary>
public sealed class MethodTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private readonly OpenCaller _demo = new(fixture.Server);

    private string Portrait => fixture.Server.Get<PortraitTokens>().Of(_demo.App.ClientId, 900001);

    [Fact]
    public async Task The_person_of_a_token_is_told() => Assert.Equal(
        $$"""{"uid":"900001","uname":"mainland","portrait":"{{Portrait}}"}""",
        (await CallAsync("passport/users/getLoggedInUser")).GetRawText());

    [Theory]
    [InlineData("basic", null,
        """{"userid":"900001","username":"mainland","realname":"小明同学","portrait":"PORTRAIT"}""")]
    [InlineData("email", null, """{"userid":"900001"}""")]
    [InlineData(
        "basic email", "job,sex,blood,job,secureemail", """{"job":"teacher","sex":"1","blood":"","secureemail":"mainland@demo.example"}""")]
    [InlineData("basic", "birthday,birthday_year,birthday_month,birthday_day,constellation,userid",
        """
        {"birthday":"1990-05-01","birthday_year":"1990","birthday_month":"05","birthday_day":"01","constellation":"金牛座","userid":"900001"}
        """)]
    public async Task Fields_come_as_they_are_asked_for_and_allowed(string scope, string? fields, string expected) =>
        Assert.Equal(
            expected.Replace("PORTRAIT", Portrait, StringComparison.Ordinal),
            (await CallAsync("passport/users/getInfo", scope, ("fields", fields), ("uid", "900001"))).GetRawText());

    [Fact]
    public async Task A_field_that_the_person_did_not_open_is_forbidden_and_their_mail_has_its_own_error()
    {
        var email = (await _demo.TokensAsync(scope: "email")).Access;
        await (await _demo.CallAsync("passport/users/getInfo", email, ("fields", "email,username"))).ShouldBeAsync(E.UserFieldForbidden);
        var netdisk = (await _demo.TokensAsync(scope: "basic")).Access;
        await (await _demo.CallAsync("passport/users/getInfo", netdisk, ("fields", "email,username"))).ShouldBeAsync(E.EmailForbidden);
    }

    [Fact]
    public async Task L2_whether_a_person_uses_an_app_is_told_to_the_person_and_to_its_developer()
    {
        var stranger = new OpenCaller(fixture.Server, HuaweiCaller.Stranger);
        await stranger.TokensAsync("russia");

        Assert.Equal("1", Result(await CallAsync("passport/users/isAppUser")));
        // of another developer's app nothing is told, whoever asks
        await (await _demo.CallAsync("passport/users/isAppUser", (await _demo.TokensAsync()).Access, ("appid", stranger.ClientId)))
            .ShouldBeAsync(E.ApplicationUnknown);
        Assert.Equal(
            "1", Result(await (await stranger.AppSignedAsync("passport/users/isAppUser", ("uid", "900003"))).ShouldSucceedAsync(E.Ok)));
        Assert.Equal(
            "0", Result(await (await stranger.AppSignedAsync("passport/users/isAppUser", ("uid", "900005"))).ShouldSucceedAsync(E.Ok)));
        await (await stranger.AppSignedAsync("passport/users/isAppUser", ("uid", "900001"), ("appid", _demo.ClientId)))
            .ShouldBeAsync(E.ApplicationUnknown);
        await (await stranger.AppSignedAsync("passport/users/isAppUser")).ShouldBeAsync(E.ParameterMalformed);
    }

    [Fact]
    public async Task FC_07_newer_apps_know_people_by_openid_and_unionid()
    {
        var app = await fixture.Server.NewAppAsync(HuaweiCaller.Sibling, HuaweiCaller.Sibling.DeveloperId);
        var caller = new OpenCaller(fixture.Server, app);
        var token = (await caller.TokensAsync()).Access;
        var open = fixture.Server.Get<PairwiseIdentifiers>().OpenId(app.ClientId, 900001);
        var union = fixture.Server.Get<PairwiseIdentifiers>().UnionId(app.DeveloperId, 900001);

        var both = await (await caller.CallAsync("passport/users/getInfo", token, ("get_unionid", "1"))).ShouldSucceedAsync(E.Ok);
        Assert.Equal(["userid", "openid", "unionid", "username", "realname", "portrait"], both.EnumerateObject().Select(one => one.Name));
        Assert.Equal((open, union), (both.GetProperty("openid").GetString(), both.GetProperty("unionid").GetString()));
        Assert.Equal(open, (await (await caller.CallAsync("passport/users/getLoggedInUser", token, ("get_unionid", "1")))
            .ShouldSucceedAsync(E.Ok)).GetProperty("openid").GetString());
        Assert.Equal($$"""{"openid":"{{open}}"}""",
            (await (await caller.CallAsync("passport/users/getInfo", token, ("fields", "openid"))).ShouldSucceedAsync(E.Ok)).GetRawText());

        await fixture.Server.ChangeAsync(app, it => it with { KnowsPeopleByOpenId = true });
        var newer = await (await caller.CallAsync("passport/users/getInfo", token)).ShouldSucceedAsync(E.Ok);
        Assert.Equal(["openid", "unionid", "username", "realname", "portrait"], newer.EnumerateObject().Select(one => one.Name));
        var loggedIn = await (await caller.CallAsync("passport/users/getLoggedInUser", token)).ShouldSucceedAsync(E.Ok);
        Assert.Equal(["openid", "unionid", "uname", "portrait"], loggedIn.EnumerateObject().Select(one => one.Name));
        await (await caller.CallAsync("passport/users/getInfo", token, ("fields", "userid"))).ShouldBeAsync(E.UserFieldUnknown);
    }

    [Fact]
    public async Task Permissions_are_those_that_the_person_gave_the_app()
    {
        var caller = new OpenCaller(fixture.Server, HuaweiCaller.Stranger);
        var token = (await caller.TokensAsync("hongkong")).Access;

        Assert.Equal("1", Result(
            await (await caller.CallAsync("passport/users/hasAppPermission", token, ("ext_perm", "basic"))).ShouldSucceedAsync(E.Ok)));
        Assert.Equal("0", Result(
            await (await caller.CallAsync("passport/users/hasAppPermission", token, ("ext_perm", "email"))).ShouldSucceedAsync(E.Ok)));
        var several = await (await caller.AppSignedAsync(
            "passport/users/hasAppPermissions", ("ext_perms", "email,basic"), ("uid", "900002"))).ShouldSucceedAsync(E.Ok);
        Assert.Equal("""{"email":"0","basic":"1"}""", several.GetRawText());
    }

    [Fact]
    public async Task Friends_are_listed_in_either_order_and_page_by_page()
    {
        Assert.Equal(["russia", "hongkong"], Names(await CallAsync("friends/getFriends")));
        using var signIn = new StringContent("""{"user":"hongkong"}""", System.Text.Encoding.UTF8, "application/json");
        await fixture.Server.Http.PostAsync("/sandbox/sign-in", signIn);
        Assert.Equal(["hongkong", "russia"], Names(await CallAsync("friends/getFriends", "basic", ("sort_type", "1"))));
        Assert.Equal(["hongkong"], Names(await CallAsync("friends/getFriends", "basic", ("page_no", "1"), ("page_size", "1"))));
        Assert.Empty(Names(await CallAsync("friends/getFriends", "basic", ("page_no", "10000"))));

        static IEnumerable<string?> Names(JsonElement list) =>
            list.EnumerateArray().Select(friend => friend.GetProperty("uname").GetString());
    }

    [Fact]
    public async Task Friendship_is_told_both_ways() => Assert.Equal(
        """[{"uid1":"900001","uid2":"900002","are_friends":"1","are_friends_reverse":"1"},"""
        + """{"uid1":"900003","uid2":"900001","are_friends":"0","are_friends_reverse":"1"}]""",
        (await CallAsync("friends/areFriends", "basic", ("uids1", "900001,900003"), ("uids2", "900002,900001"))).GetRawText());

    [Fact]
    public async Task A_session_that_is_ended_takes_its_token_and_its_key_with_it_and_no_other()
    {
        var (one, other) = (await _demo.TokensAsync(), await _demo.TokensAsync());

        Assert.Equal("1", Result(await (await _demo.CallAsync("passport/auth/expireSession", one.Access)).ShouldSucceedAsync(E.Ok)));

        await (await _demo.CallAsync("passport/users/getInfo", one.Access)).ShouldBeAsync(E.AccessTokenInvalid);
        await (await _demo.SignedAsync("passport/users/getInfo", one)).ShouldBeAsync(E.AccessTokenInvalid);
        await (await _demo.CallAsync("passport/users/getInfo", other.Access)).ShouldSucceedAsync(E.Ok);
        await (await _demo.CallAsync("passport/auth/expireSession", (await _demo.TokensAsync(user: null)).Access))
            .ShouldBeAsync(E.UserDataForbidden);
    }

    [Fact]
    public async Task An_authorization_that_is_revoked_takes_every_token_of_the_person_with_it()
    {
        var caller = new OpenCaller(fixture.Server, HuaweiCaller.Sibling);
        var (one, other) = (await caller.TokensAsync("nophone"), await caller.TokensAsync("nophone"));

        Assert.Equal("1", Result(await (await caller.CallAsync("passport/auth/revokeAuthorization", one.Access)).ShouldSucceedAsync(E.Ok)));

        await (await caller.CallAsync("passport/users/getInfo", other.Access)).ShouldBeAsync(E.AccessTokenInvalid);
        Assert.Equal("0", Result(
            await (await caller.AppSignedAsync("passport/auth/revokeAuthorization", ("uid", "900004"))).ShouldSucceedAsync(E.Ok)));
        await (await caller.AppSignedAsync("passport/auth/revokeAuthorization")).ShouldBeAsync(E.ParameterMalformed);
    }

    [Fact]
    public async Task Nobody_is_no_person_whose_authorization_could_be_revoked()
    {
        var token = (await _demo.TokensAsync()).Access;

        foreach (var uid in new[] { "0", "00", "-1" })
            await (await _demo.AppSignedAsync("passport/auth/revokeAuthorization", ("uid", uid))).ShouldBeAsync(E.ParameterMalformed);
        Assert.Equal("0", Result(
            await (await _demo.AppSignedAsync("passport/auth/revokeAuthorization", ("uid", "999999"))).ShouldSucceedAsync(E.Ok)));

        await (await _demo.CallAsync("passport/users/getInfo", token)).ShouldSucceedAsync(E.Ok);
        Assert.Empty(await fixture.Server.Get<IRevocationStore>().TouchingAsync(0, 999999, Guid.Empty, default));
    }

    [Fact]
    public async Task Friends_come_with_whether_they_are_friends_back_and_apart_by_whether_they_use_the_app()
    {
        var caller = new OpenCaller(fixture.Server, HuaweiCaller.Sibling);
        await caller.TokensAsync("hongkong");
        var token = (await caller.TokensAsync()).Access;

        Assert.Equal([("hongkong", "1"), ("russia", "0")], (await ListAsync("friends/getFriendRelations"))
            .Select(friend => (friend.GetProperty("uname").GetString()!, friend.GetProperty("are_friends").GetString()!)).Order());
        Assert.Equal(["hongkong"], (await ListAsync("friends/getAppUsers")).Select(friend => friend.GetProperty("uname").GetString()));
        Assert.Equal(["russia"], (await ListAsync("friends/getNonAppUsers")).Select(friend => friend.GetProperty("uname").GetString()));

        async Task<IEnumerable<JsonElement>> ListAsync(string method) =>
            (await (await caller.CallAsync(method, token)).ShouldSucceedAsync(E.Ok)).EnumerateArray();
    }

    [Fact]
    public async Task A_permission_that_is_taken_back_takes_the_tokens_with_it_and_leaves_the_others_allowed()
    {
        var caller = new OpenCaller(fixture.Server, HuaweiCaller.Sibling);
        var token = (await caller.TokensAsync("unverified", scope: "basic email")).Access;

        Assert.Equal("0", Result(await TakeBackAsync(token, "netdisk")));
        Assert.Equal("1", Result(await TakeBackAsync(token, "email.netdisk")));

        await (await caller.CallAsync("passport/users/getInfo", token)).ShouldBeAsync(E.AccessTokenInvalid);
        Assert.Equal(
            """{"basic":"1","email":"0"}""",
            (await (await caller.AppSignedAsync("passport/users/hasAppPermissions", ("uid", "900005"), ("ext_perms", "basic,email")))
                .ShouldSucceedAsync(E.Ok)).GetRawText());

        async Task<JsonElement> TakeBackAsync(string access, string perms) =>
            await (await caller.CallAsync("passport/auth/revokeExtendedPermission", access, ("perms", perms))).ShouldSucceedAsync(E.Ok);
    }

    [Fact]
    public async Task Addresses_are_found_with_a_key_alone_a_token_or_a_signature()
    {
        var expected = """{"203.0.113.9":{"province":"广东","city":"深圳"},"2001:db8::1":{"province":"浙江","city":"杭州"},"8.8.8.8":"""
            + """{"province":"","city":""}}""";
        (string, string?) ip = ("ip", "203.0.113.9,2001:db8::1,8.8.8.8");
        HttpResponseMessage[] answers =
        [
            await _demo.PostAsync("/open/public/2.0/iplib/query", ("client_id", _demo.ClientId), ip),
            await _demo.CallAsync("iplib/query", (await _demo.TokensAsync(user: null)).Access, ip),
            await _demo.AppSignedAsync("iplib/query", ip),
        ];

        foreach (var answer in answers)
            Assert.Equal(expected, (await answer.ShouldSucceedAsync(E.Ok)).GetRawText());

        await (await _demo.PostAsync("/open/public/2.0/iplib/query", ("client_id", _demo.ClientId), ("sign", "x"), ip))
            .ShouldBeAsync(E.TimestampInvalid);
    }

    private async Task<JsonElement> CallAsync(string method, string scope = "basic", params (string, string?)[] more) =>
        await (await _demo.CallAsync(method, (await _demo.TokensAsync(scope: scope)).Access, more)).ShouldSucceedAsync(E.Ok);

    private static string Result(JsonElement json) => json.GetProperty("result").GetString()!;
}
