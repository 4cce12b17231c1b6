using System.Text.Json;
using Yaopai.Server.Accounts;
using Yaopai.Server.Accounts.Bindings;
using Yaopai.Server.Sandbox;
using Yaopai.Server.Sandbox.WeChat;
using Yaopai.Tests.Http;
using Yaopai.Tests.Surfaces.Contract;
using E = Yaopai.Errors.IdentityErrors;

namespace Yaopai.Tests.Surfaces.Identity.Gateway;

/// <summary>People whom the gateway puts away and brings back, frees of who they are elsewhere, and writes to.</summary>
public sealed class GatewayPeopleTests(SharedServer shared) : IAsyncLifetime
{
    private const string Key = "the access key";

    private readonly TestServer _server = shared.Server;

    private DemoData.DemoApp _app = null!;
    private GatewayCaller _caller = null!;
    private Account _person = null!;

    private (string Name, string? Value) OpenId => ("openid", _caller.OpenIdOf(_person));

    public async ValueTask InitializeAsync()
    {
        _app = await _server.NewAppAsync();
        _caller = new GatewayCaller(_server, _app);
        _person = await _caller.NewPersonAsync(Key);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_person_is_put_away_and_brought_back()
    {
        Assert.Equal("enabled", await StateAsync());

        Assert.Equal("recycled", (await OkAsync(await _caller.PostAsync("user/recycle", OpenId))).GetProperty("state").GetString());
        Assert.Equal("recycled", await StateAsync());
        Assert.False((await StoredAsync()).MaySignIn);

        Assert.Equal("enabled", (await OkAsync(await _caller.PostAsync("user/restore", OpenId))).GetProperty("state").GetString());
        Assert.Equal("enabled", await StateAsync());
        Assert.True((await StoredAsync()).MaySignIn);
    }

    [Fact]
    public async Task Changes_of_one_person_at_once_all_hold()
    {
        for (var i = 0; i < 20; i++)
        {
            var (nickname, mail) = ($"nickname {i}", $"mail{i}@demo.example");
            await Task.WhenAll(UpdateAsync("nickname", nickname), UpdateAsync("email", mail));
            var stored = await StoredAsync();
            Assert.Equal((nickname, mail), (stored.Nickname, stored.Email));
        }

        async Task UpdateAsync(string name, string value) => await OkAsync(await _caller.PostAsync("user/update", OpenId, (name, value)));
    }

    [Fact]
    public async Task Tokens_end_when_their_person_is_put_away_and_stay_ended()
    {
        var identity = new IdentityCaller(_server, _app);
        var tokens = await identity.SignInAsync(_person.Name);
        await (await identity.MeAsync(tokens.Access)).ShouldServeAsync();

        await OkAsync(await _caller.PostAsync("user/recycle", OpenId));
        await (await identity.MeAsync(tokens.Access)).ShouldBeAsync(E.Common.AccessTokenInvalid);

        await OkAsync(await _caller.PostAsync("user/restore", OpenId));
        await (await identity.MeAsync(tokens.Access)).ShouldBeAsync(E.Common.AccessTokenInvalid);
        await (await identity.RefreshAsync(tokens.Refresh)).ShouldBeAsync(E.Common.RefreshTokenInvalid);
    }

    [Fact]
    public async Task A_disabled_person_says_so_until_they_are_put_away()
    {
        Assert.True(await _server.Get<IAccountStore>().TryChangeAsync(
            _person with { DisabledAt = DateTimeOffset.UtcNow }, TestContext.Current.CancellationToken));
        Assert.Equal("disabled", await StateAsync());

        await RecycleAsync();
        Assert.Equal("recycled", await StateAsync());
    }

    [Theory]
    [InlineData("user/update")]
    [InlineData("user/recycle")]
    [InlineData("phone/change")]
    [InlineData("binding/unbind")]
    [InlineData("message/send")]
    public async Task Nothing_is_done_to_a_person_who_was_put_away_and_that_is_told_before_what_else_is_wrong(string path)
    {
        await RecycleAsync();

        await (await _caller.PostAsync(path, OpenId)).ShouldBeAsync(E.User.UserRecycled);
        await (await _caller.PostAsync(path)).ShouldBeAsync(E.Gateway.ParameterMissing);
        await (await _caller.PostAsync(path, ("openid", "somebody"))).ShouldBeAsync(E.Common.OpenIdUnknown);
    }

    [Theory]
    [InlineData(null, "Gateway.ParameterMissing")]
    [InlineData("somebody", "Common.OpenIdUnknown")]
    public async Task Recycling_and_restoring_say_whom_they_miss(string? openId, string expected)
    {
        foreach (var path in new[] { "user/recycle", "user/restore" })
        {
            await (await _caller.PostAsync(path, ("openid", openId)))
                .ShouldBeAsync(E.All.Single(error => $"{error.Operation}.{error.Name}" == expected));
        }
    }

    [Fact]
    public async Task Whoever_is_not_away_is_not_brought_back() =>
        await (await _caller.PostAsync("user/restore", OpenId)).ShouldBeAsync(E.Gateway.ParameterMissing);

    [Theory]
    [InlineData(-1, true)]
    [InlineData(1, false)]
    public async Task A_person_can_be_had_back_for_thirty_days(int minutes, bool expected)
    {
        var at = DateTimeOffset.UtcNow - AccountRecycling.Kept - TimeSpan.FromMinutes(minutes);
        await shared.Engine.ExecuteAsync($"UPDATE account SET recycled_at = {at.ToUnixTimeMilliseconds()} WHERE id = {_person.Id}");

        var response = await _caller.PostAsync("user/restore", OpenId);

        if (expected)
            await OkAsync(response);
        else
            await response.ShouldBeAsync(E.User.UserRecycled);
    }

    [Fact]
    public async Task Of_ten_who_put_a_person_away_one_does()
    {
        var codes = await Task.WhenAll(Enumerable.Range(0, 10).Select(async _ =>
            (await (await _caller.PostAsync("user/recycle", OpenId)).CodeOfAsync())));

        Assert.Equal(9, codes.Count(code => code.EndsWith(" 401015", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_request_to_put_away_that_is_repeated_is_answered_as_at_first()
    {
        (string, string?)[] request = [OpenId, ("requestid", "away")];
        var first = await (await _caller.PostAsync("user/recycle", request)).Content.ReadAsStringAsync();

        Assert.Contains("\"code\":\"0\"", first);
        Assert.Equal(first, await (await _caller.PostAsync("user/recycle", request)).Content.ReadAsStringAsync());
        await (await _caller.PostAsync("user/restore", request)).ShouldBeAsync(E.Gateway.ParameterMissing); // the id asks for another thing
        Assert.Equal("recycled", await StateAsync());
    }

    [Fact]
    public async Task Bindings_are_listed_and_ended_one_by_one()
    {
        var first = await _caller.BindAsync(_person);
        var second = await _caller.BindAsync(_person, weChatAppId: "wx2");
        Assert.Equal(2, (await BindingsAsync()).Length);

        await OkAsync(await _caller.PostAsync("binding/unbind", Unbinding(first)));

        var left = Assert.Single(await BindingsAsync());
        Assert.Equal("wechat", left.GetProperty("provider").GetString());
        Assert.Equal("wx2", left.GetProperty("provider_appid").GetString());
        Assert.Equal(second, left.GetProperty("provider_openid").GetString());
        Assert.Equal(0, left.GetProperty("bound_at").GetInt64());
        await (await _caller.PostAsync("binding/unbind", Unbinding(first))).ShouldBeAsync(E.User.UserUnbound);
    }

    [Fact]
    public async Task What_another_developer_bound_is_neither_shown_nor_ended()
    {
        var other = await _caller.BindAsync(_person, developerId: 1001);

        Assert.Empty(await BindingsAsync());
        await (await _caller.PostAsync("binding/unbind", Unbinding(other))).ShouldBeAsync(E.User.UserUnbound);
        Assert.Single(await _server.Get<IBindingStore>().ListAsync(_person.Id, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task What_another_developer_bound_under_the_same_OpenID_stays()
    {
        var openId = await _caller.BindAsync(_person);
        await _caller.BindAsync(_person, developerId: 1001, weChatAppId: "wx2", openId);

        await OkAsync(await _caller.PostAsync("binding/unbind", Unbinding(openId)));

        var left = Assert.Single(await _server.Get<IBindingStore>().ListAsync(_person.Id, TestContext.Current.CancellationToken));
        Assert.Equal(1001, left.DeveloperId);
    }

    [Fact]
    public async Task Who_ends_a_binding_ends_no_token()
    {
        var bound = await _caller.BindAsync(_person);
        var identity = new IdentityCaller(_server, _app);
        var tokens = await identity.SignInAsync(_person.Name);

        await OkAsync(await _caller.PostAsync("binding/unbind", Unbinding(bound)));

        await (await identity.MeAsync(tokens.Access)).ShouldServeAsync();
    }

    /// <summary>One mistake in a call that is otherwise good, in the order of the rules.</summary>
    public static TheoryData<string, string?, string> UnbindMistakes { get; } = new()
    {
        { "openid",          null,       "Gateway.ParameterMissing" },
        { "openid",          "somebody", "Common.OpenIdUnknown" },
        { "access_key",      null,       "Gateway.ParameterMissing" },
        { "access_key",      "another",  "Gateway.AppUnknown" },
        { "provider",        null,       "Gateway.ParameterMissing" },
        { "provider_openid", null,       "Gateway.ParameterMissing" },
        { "provider",        "qq",       "User.UserUnbound" },
        { "provider_openid", "o-nobody", "User.UserUnbound" },
    };

    [Fact]
    public async Task Each_mistake_of_unbinding_earns_its_error_and_of_two_the_first_is_told()
    {
        var good = Unbinding(await _caller.BindAsync(_person));
        var rows = UnbindMistakes.Select(row => row.Data).ToArray();
        foreach (var (parameter, value, expected) in rows)
            await ShouldBeAsync([(parameter, value)], expected);
        foreach (var (earlier, later) in rows.InPairs(row => row.Item1, row => row.Item3))
            await ShouldBeAsync([(earlier.Item1, earlier.Item2), (later.Item1, later.Item2)], earlier.Item3);

        Assert.Single(await BindingsAsync());

        async Task ShouldBeAsync((string Name, string? Value)[] mistakes, string expected) => await (await _caller.PostAsync(
            "binding/unbind", [.. good.Where(one => mistakes.All(mistake => mistake.Name != one.Name)), .. mistakes]))
            .ShouldBeAsync(E.All.Single(error => $"{error.Operation}.{error.Name}" == expected));
    }

    [Theory]
    [InlineData("binding/query")]
    [InlineData("binding/unbind")]
    [InlineData("phone/change")]
    public async Task Nobody_acts_for_a_person_without_an_access_key(string path)
    {
        var keyless = await _caller.NewPersonAsync();

        await (await _caller.PostAsync(path, ("openid", _caller.OpenIdOf(keyless)), ("access_key", Key)))
            .ShouldBeAsync(E.Gateway.AccessKeyMissing);
        await (await _caller.PostAsync(path, ("openid", _caller.OpenIdOf(keyless)))).ShouldBeAsync(E.Gateway.AccessKeyMissing);
    }

    [Fact]
    public async Task A_text_reaches_the_person_at_the_official_account()
    {
        var follower = await _caller.FollowerAsync();
        var text = $"您好 {Guid.NewGuid():n}";

        await OkAsync(await _caller.PostAsync("message/send", ("openid", _caller.OpenIdOf(follower)), ("text", text)));

        var sent = Assert.Single(_server.Get<WeChatMemory>().Texts, one => one.Content == text);
        Assert.Equal(GatewayCaller.Follower.Name, sent.User);
    }

    [Fact]
    public async Task A_text_with_a_request_id_is_sent_once()
    {
        var follower = await _caller.FollowerAsync();
        var text = $"once {Guid.NewGuid():n}";
        for (var i = 0; i < 3; i++)
        {
            await OkAsync(await _caller.PostAsync(
                "message/send", ("openid", _caller.OpenIdOf(follower)), ("text", text), ("requestid", "text-1")));
        }

        Assert.Single(_server.Get<WeChatMemory>().Texts, one => one.Content == text);
    }

    [Fact]
    public async Task Where_nobody_is_bound_nothing_is_sent()
    {
        var text = ("text", (string?)"hello");
        await (await _caller.PostAsync("message/send", OpenId, text)).ShouldBeAsync(E.User.UserUnbound); // no official account
        await WeChatScans.OfAsync(_server, _app);
        await _caller.BindAsync(_person); // elsewhere

        await (await _caller.PostAsync("message/send", OpenId, text)).ShouldBeAsync(E.User.UserUnbound);
    }

    [Fact]
    public async Task A_text_has_a_length_and_that_is_told_after_the_person()
    {
        var openId = ("openid", (string?)_caller.OpenIdOf(await _caller.FollowerAsync()));
        foreach (var text in new[] { null, new string('t', 2049), new string('文', 683) })
        {
            await (await _caller.PostAsync("message/send", openId, ("text", text))).ShouldBeAsync(E.Gateway.ParameterMissing);
            await (await _caller.PostAsync("message/send", ("openid", "somebody"), ("text", text))).ShouldBeAsync(E.Common.OpenIdUnknown);
            await (await _caller.PostAsync("message/send", OpenId, ("text", text))).ShouldBeAsync(E.Gateway.ParameterMissing);
        }

        await OkAsync(await _caller.PostAsync("message/send", openId, ("text", new string('t', 2048))));
    }

    private (string Name, string? Value)[] Unbinding(string openId) =>
        [OpenId, ("access_key", Key), ("provider", "wechat"), ("provider_openid", openId)];

    private async Task RecycleAsync() =>
        Assert.True(await _server.Get<AccountRecycling>().TryRecycleAsync(_person.Id, TestContext.Current.CancellationToken));

    private async Task<Account> StoredAsync() =>
        (await _server.Get<IAccountStore>().FindAsync(_person.Id, TestContext.Current.CancellationToken))!;

    private async Task<JsonElement[]> BindingsAsync() =>
    [
        .. (await OkAsync(await _caller.GetAsync("binding/query", OpenId, ("access_key", Key))))
            .GetProperty("bindings").EnumerateArray(),
    ];

    private async Task<string?> StateAsync() =>
        (await OkAsync(await _caller.GetAsync("user/query", OpenId))).GetProperty("users")[0].GetProperty("state").GetString();

    private static async Task<JsonElement> OkAsync(HttpResponseMessage response) =>
        (await response.ShouldServeAsync()).GetProperty("data");
}

/// <summary>While WeChat is away.</summary>
public sealed class GatewayOutageTests(GatewayOutageTests.Fixture fixture) : IClassFixture<GatewayOutageTests.Fixture>
{
    public sealed class Fixture : ServerFixture
    {
        protected override (string Key, string Value)[] Settings => [("Upstreams:Timeout", "00:00:00.3"), ("Upstreams:Lease", "00:00:02")];
    }

    [Theory]
    [InlineData("upstream-down")]
    [InlineData("upstream-slow")]
    public async Task A_text_that_was_not_sent_can_be_sent_with_the_same_request_id(string fault)
    {
        var caller = new GatewayCaller(fixture.Server, await fixture.Server.NewAppAsync());
        var openId = caller.OpenIdOf(await caller.FollowerAsync());
        (string, string?)[] request = [("openid", openId), ("text", fault), ("requestid", "text-1")];
        await using (await fixture.BreakAsync(new { target = "identity.sendMessage", fault }))
            await (await caller.PostAsync("message/send", request)).ShouldBeAsync(E.Gateway.Internal);

        await (await caller.PostAsync("message/send", request)).ShouldServeAsync();
        Assert.Single(fixture.Server.Get<WeChatMemory>().Texts, one => one.Content == fault);
    }
}
