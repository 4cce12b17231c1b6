using Yaopai.Server.Apps;
using Yaopai.Server.Surfaces.HuaweiAccount.OAuth;
using Yaopai.Tests.Http;
using E = Yaopai.Errors.HuaweiAccountErrors.DeviceCode;

namespace Yaopai.Tests.Surfaces.HuaweiAccount.OAuth;

public sealed class DeviceCodeTests(OwnApps fixture) : IClassFixture<OwnApps>
{
    private const string Path = "/oauth2/v3/device/code";

    private readonly HuaweiCaller _demo = new(fixture.Server, fixture.Demo);

    /// <summary>One mistake in a request that is otherwise good. Null leaves the parameter out.</summary>
    public static TheoryData<string, string?, string> Mistakes { get; } = new()
    {
        { "client_id",     null,             nameof(E.ClientIdMissing) },
        { "client_id",     "abc",            nameof(E.ClientIdMalformed) },
        { "client_secret", "not-hex!",       nameof(E.ClientSecretMalformed) },
        { "scope",         "under_score",    nameof(E.ScopeMalformed) },
        { "client_id",     "999999999",      nameof(E.ClientIdUnknown) },
        { "client_secret", "wrong",          nameof(E.ClientSecretIncorrect) },
        { "scope",         "openid madeUp",  nameof(E.ScopeUnknown) },
    };

    /// <summary>Other spellings of the same mistakes.</summary>
    public static TheoryData<string, string, string> MoreMistakes { get; } = new()
    {
        { "client_id",     "",                                       nameof(E.ClientIdMissing) },
        { "client_id",     new string('1', 65),                      nameof(E.ClientIdMalformed) },
        { "client_id",     new string('1', 64),                      nameof(E.ClientIdUnknown) },
        { "client_id",     "100000001\n",                            nameof(E.ClientIdMalformed) },
        { "client_id",     "-100000001",                             nameof(E.ClientIdMalformed) },
        { "client_secret", new string('a', 100_000),                 nameof(E.ClientSecretIncorrect) },
        { "scope",         " ",                                      nameof(E.ScopeMalformed) },
        { "scope",         "openid\tprofile",                        nameof(E.ScopeMalformed) },
        { "client_id",     "0100000001",                             nameof(E.ClientIdUnknown) },
        { "scope",         "OpenID",                                 nameof(E.ScopeUnknown) },
        { "scope",         "riskLevel",                              nameof(E.ScopeUnknown) },
        { "scope",         "quickLoginAnonymousPhone",               nameof(E.ScopeUnknown) },
        { "scope",         "openid quickLoginAnonymousPhone",        nameof(E.ScopeUnknown) },
        { "scope",         "openid quickLoginMobilePhone",           nameof(E.ScopeUnknown) },
    };

    [Theory, MemberData(nameof(Mistakes)), MemberData(nameof(MoreMistakes))]
    public async Task Each_mistake_earns_its_own_error(string parameter, string? value, string expected)
    {
        (string Name, string? Value)[] good =
            [("client_id", _demo.ClientId), ("client_secret", _demo.App.ClientSecret), ("scope", "openid profile")];

        await (await _demo.PostAsync(Path, [.. good.Where(field => field.Name != parameter), (parameter, value)]))
            .ShouldBeAsync(E.All.Single(error => error.Name == expected));
    }

    [Fact]
    public void Every_rule_is_broken_by_some_mistake_in_the_same_order() => Assert.Equal( // flow control: FlowControlTests
        DeviceCode.Rules.Select(rule => rule.Error.Name).Where(name => name is not nameof(E.FlowControl)),
        Mistakes.Select(row => row.Data.Item3));

    [Fact]
    public async Task More_than_150_scopes_are_refused_be_they_all_the_same()
    {
        foreach (var scopes in new[] { Enumerable.Range(0, 151).Select(i => $"s{i}"), Enumerable.Repeat("openid", 151) })
            await (await _demo.PostAsync(Path, ("client_id", _demo.ClientId), ("scope", string.Join(' ', scopes))))
                .ShouldBeAsync(E.ScopeMalformed);
    }

    [Fact]
    public async Task Scopes_that_say_nothing_alone_are_given_together() =>
        await (await _demo.PostAsync(Path, ("client_id", _demo.ClientId), ("scope", "openid riskLevel"))).ShouldSucceedAsync(E.Ok);

    [Fact]
    public async Task A_scope_that_was_not_approved_for_the_app_is_refused()
    {
        var stranger = new HuaweiCaller(fixture.Server, fixture.Stranger);

        await (await stranger.PostAsync(Path, ("client_id", stranger.ClientId), ("scope", "openid phone"))).ShouldBeAsync(E.ScopeUnknown);
        await (await _demo.PostAsync(Path, ("client_id", _demo.ClientId), ("scope", "openid phone"))).ShouldSucceedAsync(E.Ok);
    }

    [Fact]
    public async Task A_parameter_twice_or_in_json_is_a_bad_request()
    {
        using var twice = new StringContent($"client_id={_demo.ClientId}&client_id={_demo.ClientId}",
            new System.Net.Http.Headers.MediaTypeHeaderValue("application/x-www-form-urlencoded"));
        await (await fixture.Server.Http.PostAsync("/huawei" + Path, twice)).ShouldBeAsync(E.BadRequest);

        using var json = System.Net.Http.Json.JsonContent.Create(new { client_id = _demo.ClientId });
        await (await fixture.Server.Http.PostAsync("/huawei" + Path, json)).ShouldBeAsync(E.BadRequest);
    }

    [Fact]
    public async Task It_answers_with_the_fields_of_the_document()
    {
        var response = await _demo.PostAsync(Path, ("client_id", _demo.ClientId), ("scope", "openid profile"));

        Assert.Equal("application/json; charset=utf-8", response.Content.Headers.ContentType!.ToString());
        var json = await response.ShouldSucceedAsync(E.Ok);
        Assert.Equal(
            ["create_time", "device_code", "expire_in", "interval", "scan_expire_in", "user_code", "verification_url"],
            json.EnumerateObject().Select(property => property.Name));
        Assert.Equal((1800, 3, 120), (json.GetProperty("expire_in").GetInt32(), json.GetProperty("interval").GetInt32(),
            json.GetProperty("scan_expire_in").GetInt32()));
        Assert.Matches("^AgEA[0-9a-zA-Z=/+]{1,1020}$", json.GetProperty("device_code").GetString());
        Assert.Matches("^[A-Z]{8}$", json.GetProperty("user_code").GetString());
        Assert.Equal($"{fixture.Server.Address}huawei/oauth2/v3/device", json.GetProperty("verification_url").GetString());
        Assert.InRange(fixture.Server.Get<IAppClock>().Now.ToUnixTimeSeconds() - json.GetProperty("create_time").GetInt64(), 0, 60);
    }

    [Fact]
    public async Task At_its_own_host_name_the_page_is_at_the_root()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Path)
        {
            Headers = { Host = "oauth-login.cloud.huawei.com" },
            Content = HuaweiCaller.Form([("client_id", _demo.ClientId)]),
        };

        var json = await (await fixture.Server.Http.SendAsync(request)).ShouldSucceedAsync(E.Ok);

        Assert.Equal("http://oauth-login.cloud.huawei.com/oauth2/v3/device", json.GetProperty("verification_url").GetString());
    }

    [Fact]
    public async Task It_is_made_by_the_apps_own_clock_and_a_query_will_do()
    {
        var sibling = new HuaweiCaller(fixture.Server, fixture.Sibling);
        await sibling.AdvanceAsync("P10D");

        var json = await (await sibling.PostAsync($"{Path}?client_id={sibling.ClientId}")).ShouldSucceedAsync(E.Ok);

        Assert.InRange(
            json.GetProperty("create_time").GetInt64() - fixture.Server.Get<IAppClock>().Now.ToUnixTimeSeconds(), 863_000, 864_060);
        await sibling.ResetClockAsync();
    }

    [Fact]
    public async Task Codes_are_never_the_same()
    {
        var devices = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => _demo.DeviceAsync()));

        Assert.Equal(50, devices.Select(device => device.Code).Distinct().Count());
        Assert.Equal(50, devices.Select(device => device.UserCode).Distinct().Count());
    }
}
