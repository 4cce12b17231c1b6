using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Yaopai.Errors;
using Yaopai.Server.Accounts;
using Yaopai.Server.Apps;
using Yaopai.Server.Consents;
using Yaopai.Server.Sandbox;
using Yaopai.Server.Surfaces.HuaweiAccount.People;
using Yaopai.Tests.Http;
using Yaopai.Tests.Storage;
using Yaopai.Tests.Surfaces.Contract;
using E = Yaopai.Errors.HuaweiAccountErrors.GetRiskLevel;

namespace Yaopai.Tests.Surfaces.HuaweiAccount.People;

public sealed class GetRiskLevelTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private const string Transaction = "202603011200001234567890";
    private const string WithRisk = "openid riskLevel";

    private readonly HuaweiCaller _demo = new(fixture.Server);

    /// <summary>Where, which parameter, its value (as it stands in the query, or as JSON; null leaves it out), what it earns.</summary>
    public static TheoryData<string, string, string?, string> Mistakes { get; } = new()
    {
        { "query", "clientID",      null,                                                   nameof(E.ParameterIllegal) },
        { "query", "clientID",      "",                                                     nameof(E.ParameterIllegal) },
        { "query", "clientID",      "demo",                                                 nameof(E.ParameterIllegal) },
        { "query", "clientID",      new string('1', 65),                                    nameof(E.ParameterIllegal) },
        { "query", "clientID",      "100000001%0A",                                         nameof(E.ParameterIllegal) },
        { "query", "clientID",      "100000001&clientID=100000001",                         nameof(E.BadRequest) },
        { "moved", "clientID",      null,                                                   nameof(E.ParameterIllegal) },
        { "query", "transactionID", null,                                                   nameof(E.ParameterIllegal) },
        { "query", "transactionID", "",                                                     nameof(E.ParameterIllegal) },
        { "query", "transactionID", "20260301120000123456789",                              nameof(E.ParameterIllegal) },
        { "query", "transactionID", "20260301120000123456789012345678901",                  nameof(E.ParameterIllegal) },
        { "query", "transactionID", "202603011200001234a67890",                             nameof(E.ParameterIllegal) },
        { "query", "transactionID", "202602301200001234567890",                             nameof(E.ParameterIllegal) },
        { "query", "transactionID", "202603012400001234567890",                             nameof(E.ParameterIllegal) },
        { "query", "transactionID", $"{Transaction}&transactionID={Transaction}",           nameof(E.BadRequest) },
        { "moved", "transactionID", null,                                                   nameof(E.ParameterIllegal) },
        { "body",  "accessToken",   null,                                                   nameof(E.ParameterIllegal) },
        { "body",  "accessToken",   "\"\"",                                                 nameof(E.ParameterIllegal) },
        { "body",  "accessToken",   "null",                                                 nameof(E.ParameterIllegal) },
        { "body",  "accessToken",   "7",                                                    nameof(E.ParameterIllegal) },
        { "body",  "accessToken",   """["{token}"]""",                                      nameof(E.ParameterIllegal) },
        { "body",  "accessToken",   """"{token}","accessToken":"{token}"""",                nameof(E.BadRequest) },
        { "moved", "accessToken",   null,                                                   nameof(E.ParameterIllegal) },
        { "body",  "scene",         null,                                                   nameof(E.ParameterIllegal) },
        { "body",  "scene",         "\"\"",                                                 nameof(E.ParameterIllegal) },
        { "body",  "scene",         "\"login\"",                                            nameof(E.ParameterIllegal) },
        { "body",  "scene",         "\"Marketing\"",                                        nameof(E.ParameterIllegal) },
        { "body",  "scene",         "true",                                                 nameof(E.ParameterIllegal) },
        { "body",  "scene",         "\"marketing\",\"scene\":\"marketing\"",                nameof(E.BadRequest) },
        { "moved", "scene",         null,                                                   nameof(E.ParameterIllegal) },
        { "body",  "accessToken",   "\"a b+c\"",                                            nameof(E.SessionTimeout) },
        { "body",  "accessToken",   "\"Zm9yZ2Vk\"",                                         nameof(E.SessionTimeout) },
        { "body",  "accessToken",   "\"{escaped}\"",                                        nameof(E.SessionTimeout) },
        { "body",  "accessToken",   "\"{long}\"",                                           nameof(E.SessionTimeout) },
        { "body",  "accessToken",   "\"{refresh}\"",                                        nameof(E.SessionTimeout) },
        { "body",  "accessToken",   "\"{expired}\"",                                        nameof(E.SessionTimeout) },
        { "body",  "accessToken",   "\"{revoked}\"",                                        nameof(E.SessionTimeout) },
        { "query", "clientID",      "100000002",                                            nameof(E.ParameterIllegal) },
        { "body",  "accessToken",   "\"{app token}\"",                                      nameof(E.PermissionDenied) },
        { "body",  "accessToken",   "\"{without the scope}\"",                              nameof(E.PermissionDenied) },
    };

    [Theory, MemberData(nameof(Mistakes))]
    public async Task Each_mistake_earns_its_own_error(string place, string parameter, string? value, string expected) =>
        await (await SendAsync((place, parameter, value))).ShouldBeAsync(Named(expected));

    [Fact]
    public async Task Of_two_mistakes_the_earlier_rule_answers() =>
        await Assert.AllAsync(OfRules.InPairs(row => row.Item2, row => row.Item4), async pair => await (await SendAsync(
            (pair.Earlier.Item1, pair.Earlier.Item2, pair.Earlier.Item3), (pair.Later.Item1, pair.Later.Item2, pair.Later.Item3)))
            .ShouldBeAsync(Named(pair.Earlier.Item4)));

    [Fact]
    public void Every_rule_is_broken_by_some_mistake_in_the_same_order() =>
        OfRules.Select(row => row.Item4).ShouldBreak(GetRiskLevel.Rules);

    /// <summary>A request that says two things is refused before the rules are asked.</summary>
    private static IEnumerable<(string, string, string?, string)> OfRules =>
        Mistakes.Select(row => row.Data).Where(row => row.Item4 is not nameof(E.BadRequest));

    private async Task<HttpResponseMessage> SendAsync(params (string Place, string Parameter, string? Value)[] mistakes)
    {
        var tokens = await _demo.SignInAsync("nophone", WithRisk);
        if (mistakes.Any(mistake => mistake.Value is "\"{expired}\""))
            await _demo.AdvanceAsync("PT1H1S");
        if (mistakes.Any(mistake => mistake.Value is "\"{revoked}\""))
            await _demo.RevokeAsync(tokens.Refresh);

        var query = new Dictionary<string, string?> { ["clientID"] = _demo.ClientId, ["transactionID"] = Transaction };
        var body = new Dictionary<string, string?> { ["accessToken"] = $"\"{tokens.Access}\"", ["scene"] = "\"registration\"" };
        foreach (var (place, parameter, value) in mistakes)
        {
            if (place is "moved")
                Move(parameter, query, body);
            else
                (place is "query" ? query : body)[parameter] = value is null ? null : await FillInAsync(value, tokens);
        }

        var response = await SendAsync(query, body);
        await _demo.ResetClockAsync();
        return response;
    }

    private static ErrorDefinition Named(string name) => E.All.Single(error => error.Name == name);

    [Fact]
    public async Task An_app_whose_right_to_risk_levels_was_withdrawn_gets_none()
    {
        var sibling = new HuaweiCaller(fixture.Server, HuaweiCaller.Sibling);
        var tokens = await sibling.SignInAsync("mainland", WithRisk);
        var store = fixture.Server.Get<IAppStore>();
        await store.TryChangeAsync((await store.FindAsync(sibling.App.ClientId, default))! with { ApprovedScopes = ["openid"] }, default);
        fixture.Server.Get<AppDirectory>().Clear();

        await (await sibling.GetRiskLevelAsync(tokens.Access)).ShouldBeAsync(E.PermissionDenied);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/json2")]
    [InlineData(null)]
    public async Task A_body_of_another_type_is_an_unsupported_media_type(string? contentType)
    {
        using var content = new ByteArrayContent("{}"u8.ToArray());
        if (contentType is not null)
            content.Headers.TryAddWithoutValidation("Content-Type", contentType);

        await (await fixture.Server.Http.PostAsync("/huawei/user/getuserrisklevel", content)).ShouldBeAsync(E.UnsupportedMediaType);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("""{"scene":"marketing",}""")]
    [InlineData("""{"scene":"\ud800"}""")]
    [InlineData("accessToken=x&scene=marketing")]
    public async Task A_body_that_is_no_object_is_a_bad_request(string body)
    {
        using var content = new StringContent(body, new MediaTypeHeaderValue("application/json"));

        await (await fixture.Server.Http.PostAsync("/huawei/user/getuserrisklevel", content)).ShouldBeAsync(E.BadRequest);
    }

    [Fact]
    public async Task A_body_that_is_too_deep_or_too_large_is_a_bad_request()
    {
        foreach (var body in new[]
        {
            $$"""{"a":{{new string('[', 100)}}{{new string(']', 100)}}}""", $$"""{"a":"{{new string('a', 1024 * 1024)}}"}"""
        })
        {
            using var content = new StringContent(body, new MediaTypeHeaderValue("application/json"));
            await (await fixture.Server.Http.PostAsync("/huawei/user/getuserrisklevel", content)).ShouldBeAsync(E.BadRequest);
        }
    }

    [Fact]
    public async Task An_account_that_nothing_is_known_of_is_of_unknown_risk()
    {
        var response = await _demo.GetRiskLevelAsync((await _demo.SignInAsync("nophone", WithRisk)).Access);

        Assert.Equal("application/json; charset=utf-8", response.Content.Headers.ContentType!.ToString());
        var json = await response.ShouldSucceedAsync(E.Ok);
        Assert.Equal(["errCode", "errMsg", "riskLevel"], json.EnumerateObject().Select(property => property.Name));
        Assert.Equal("", json.GetProperty("errMsg").GetString());
        Assert.Equal("4", await LevelAsync("nophone"));
    }

    [Fact]
    public async Task A_disposable_mail_address_shows() => Assert.Equal("2 spamMailbox", await LevelAsync("risky"));

    [Fact]
    public async Task A_number_that_was_proved_long_ago_shows() => Assert.Equal("1 riskPhoneNumber", await LevelAsync("unverified"));

    [Fact]
    public async Task Failed_sign_ins_raise_the_level()
    {
        Assert.Equal(SignInOutcome.SignedIn, await TryAsync("hongkong"));
        Assert.Equal("0", await LevelAsync("hongkong"));

        for (var i = 0; i < 3; i++)
            Assert.Equal(SignInOutcome.Refused, await TryAsync("hongkong", "wrong password"));
        Assert.Equal("1 illegalLogin", await LevelAsync("hongkong"));

        for (var i = 0; i < 2; i++)
            await TryAsync("hongkong", "wrong password");
        Assert.Equal("2 illegalLogin", await LevelAsync("hongkong"));

        for (var i = 0; i < 10; i++)
        {
            if (i % 5 == 0)
                await fixture.Server.Http.PostAsJsonAsync("/sandbox/clock", new { advance = "PT16M" });
            await TryAsync("hongkong", "wrong password");
        }

        Assert.Equal("3 illegalLogin", await LevelAsync("hongkong"));
        await fixture.Server.Http.PostAsJsonAsync("/sandbox/clock", new { advance = "P1D" });
        Assert.Equal("0", await LevelAsync("hongkong"));
        await fixture.Server.Http.DeleteAsync("/sandbox/clock");
    }

    [Fact]
    public async Task A_new_browser_in_a_new_place_shows()
    {
        await TryAsync("russia", device: "known", address: "203.0.113.5");
        await TryAsync("russia", device: "known", address: "203.0.113.6");
        Assert.Equal("0", await LevelAsync("russia"));

        await TryAsync("russia", device: "other", address: "198.51.100.5");
        Assert.Equal("1 riskDevice", await LevelAsync("russia"));
    }

    [Fact]
    public async Task Many_accounts_of_one_hand_show()
    {
        var accounts = fixture.Server.Get<IAccountStore>();
        var names = new List<string>();
        for (var i = 0; i < 10; i++)
        {
            var account = Samples.NewAccount() with
            {
                PasswordHash = Yaopai.Tests.Accounts.SignInTests.QuickHash(DemoData.Password),
                CreatedAt = DateTimeOffset.UnixEpoch,
            };
            await accounts.TryAddAsync(account, default);
            names.Add(account.Name);
        }

        foreach (var (name, i) in names.Select((name, i) => (name, i)))
            await TryAsync(name, device: i < 4 ? "farm" : $"own-{i}", address: $"192.0.2.{(i < 5 ? 1 : i)}");

        Assert.Equal("3 ipCluster deviceCluster batchBehavior", await LevelAsync(names[0]));
        Assert.Equal("3 ipCluster batchBehavior", await LevelAsync(names[4]));
        Assert.Equal("2 batchBehavior", await LevelAsync(names[9]));
    }

    [Fact]
    public async Task A_young_account_that_joined_many_apps_shows_in_a_campaign_only()
    {
        var account = Samples.NewAccount() with { CreatedAt = DateTimeOffset.UtcNow };
        await fixture.Server.Get<IAccountStore>().TryAddAsync(account, default);
        for (var app = 1; app <= 5; app++)
            await fixture.Server.Get<IConsentStore>().PutAsync(
                new Consent(account.Id, app, ["openid"], null, DateTimeOffset.UtcNow), default);

        Assert.Equal("2 activityFraud", await LevelAsync(account.Name, "marketing"));
        Assert.Equal("4", await LevelAsync(account.Name));
    }

    private async Task<string> LevelAsync(string user, string scene = "registration")
    {
        var json = await (await _demo.GetRiskLevelAsync((await _demo.SignInAsync(user, WithRisk)).Access, scene)).ShouldSucceedAsync(E.Ok);
        var tags = json.TryGetProperty("riskTag", out var array) ? array.EnumerateArray().Select(tag => tag.GetString()!) : [];
        return string.Join(' ', [json.GetProperty("riskLevel").GetInt32().ToString(), .. tags]);
    }

    private async Task<SignInOutcome> TryAsync(
        string user, string password = DemoData.Password, string device = "", string address = "203.0.113.1") =>
        (await fixture.Server.Get<SignIn>().TryAsync(new SignInAttempt(user, password, IPAddress.Parse(address), device), default)).Outcome;

    private async Task<string> FillInAsync(string value, HuaweiCaller.Tokens tokens) => value switch
    {
        "\"{escaped}\"" => $"\"%{tokens.Access}\"",
        "\"{long}\"" => $"\"{new string('A', 100_000)}\"",
        "\"{refresh}\"" => $"\"{tokens.Refresh}\"",
        "\"{app token}\"" => $"\"{await _demo.AppTokenAsync()}\"",
        "\"{without the scope}\"" => $"\"{(await _demo.SignInAsync("nophone")).Access}\"",
        "\"{expired}\"" or "\"{revoked}\"" => $"\"{tokens.Access}\"",
        _ => value.Replace("{token}", tokens.Access, StringComparison.Ordinal),
    };

    /// <summary>Puts a parameter where it does not belong.</summary>
    private static void Move(string parameter, Dictionary<string, string?> query, Dictionary<string, string?> body)
    {
        if (query.Remove(parameter, out var value))
            body[parameter] = $"\"{value}\"";
        else if (body.Remove(parameter, out value))
            query[parameter] = Uri.EscapeDataString(JsonSerializer.Deserialize<string>(value!)!);
    }

    private async Task<HttpResponseMessage> SendAsync(Dictionary<string, string?> query, Dictionary<string, string?> body)
    {
        var members = body.Where(member => member.Value is not null).Select(member => $"\"{member.Key}\":{member.Value}");
        using var content = new StringContent($"{{{string.Join(',', members)}}}", new MediaTypeHeaderValue("application/json"));
        var parameters = query.Where(parameter => parameter.Value is not null).Select(parameter => $"{parameter.Key}={parameter.Value}");
        return await fixture.Server.Http.PostAsync($"/huawei/user/getuserrisklevel?{string.Join('&', parameters)}", content);
    }
}
