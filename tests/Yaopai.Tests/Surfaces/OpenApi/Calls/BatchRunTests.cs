using Yaopai.Tests.Http;
using E = Yaopai.Errors.OpenApiErrors.Api;

namespace Yaopai.Tests.Surfaces.OpenApi.Calls;

public sealed class BatchRunTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private const string Users = "/rest/2.0/passport/users/";

    private readonly OpenCaller _demo = new(fixture.Server);

    public static TheoryData<string, string?, string> Mistakes { get; } = new()
    {
        { "method",      null,                       nameof(E.ParameterMalformed) },
        { "method",      "",                         nameof(E.ParameterMalformed) },
        { "method",      "[]",                       nameof(E.ParameterMalformed) },
        { "method",      "{}",                       nameof(E.ParameterMalformed) },
        { "method",      "[{]",                      nameof(E.ParameterMalformed) },
        { "method",      """[{"path":"a","path":"b"}]""", nameof(E.ParameterMalformed) },
        { "method",      "[[[[[[[[[[[]]]]]]]]]]]",   nameof(E.ParameterMalformed) },
        { "method",      """[{"path":"\ud800"}]""",   nameof(E.ParameterMalformed) },
        { "serial_only", "yes",                      nameof(E.ParameterMalformed) },
        { "method",      $"[{string.Join(',', Enumerable.Repeat("{}", 21))}]", nameof(E.TooManyParameters) },
    };

    [Theory, MemberData(nameof(Mistakes))]
    public async Task Each_mistake_earns_its_own_error(string parameter, string? value, string expected)
    {
        var (token, good) = ((await _demo.TokensAsync()).Access, $$$"""[{"path":"{{{Users}}}getInfo"}]""");

        var response = await _demo.PostAsync("/open/batch/run",
            ("access_token", token), ("method", parameter is "method" ? value : good),
            ("serial_only", parameter is "serial_only" ? value : null));

        await response.ShouldBeAsync(E.All.Single(error => error.Name == expected));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("1")]
    public async Task Each_call_has_its_own_answer_in_the_order_of_the_calls_and_one_mistake_is_one_error(string serial)
    {
        var token = (await _demo.TokensAsync()).Access;
        var items = $$$"""
            [
              {"path":"{{{Users}}}getLoggedInUser"},
              {"domain":"openapi.baidu.com","path":"{{{Users}}}getInfo","params":{"fields":["userid","username"]},"http_method":"get"},
              {"path":"{{{Users}}}getInfo","params":"fields=email&uid=900001","http_method":"POST"},
              {"path":"{{{Users}}}getInfo","params":{"uid":900002}},
              {"path":"{{{Users}}}nothing"},
              {"domain":"elsewhere.example","path":"{{{Users}}}getInfo"},
              {"path":"{{{Users}}}getInfo","http_method":"PUT"},
              {"path":"/batch/run","params":{"method":"[]"}},
              {"path":"{{{Users}}}getInfo","params":{"fields":{"a":1} } },
              {"path":"{{{Users}}}getInfo","params":"fields=%zz"},
              {"path":"{{{Users}}}isAppUser","params":{"uid":"900001\u0000"}},
              {"path":5},
              7,
              {"path":"/rest/2.0/friends/areFriends","params":{"uids1":[900001],"uids2":["900002"],"access_token":"x"}}
            ]
            """;

        var answers = (await (await _demo.PostAsync("/open/batch/run", ("access_token", token), ("method", items), ("serial_only", serial)))
            .ShouldSucceedAsync(E.Ok))
            .EnumerateArray().ToList();

        Assert.Equal("mainland", answers[0].GetProperty("uname").GetString());
        Assert.Equal("""{"userid":"900001","username":"mainland"}""", answers[1].GetRawText());
        Assert.Equal(
            [212, 6, 3, 3, 3, 3, 100, 100, 100, 100, 100], answers[2..13].Select(answer => answer.GetProperty("error_code").GetInt32()));
        Assert.Equal("1", answers[13][0].GetProperty("are_friends").GetString());
        Assert.All(answers[2..13], answer => Assert.NotEqual("", answer.GetProperty("request_id").GetString()));
    }

    [Fact]
    public async Task A_batch_is_signed_once_for_all_of_its_calls()
    {
        var session = await _demo.TokensAsync();
        var answers = await (await _demo.PostAsync("/open/batch/run", OpenCaller.Sign(session.SessionSecret, "sign",
            [("session_key", session.SessionKey), ("timestamp", OpenCaller.Now()),
                ("method", $$$"""[{"path":"{{{Users}}}getLoggedInUser"},{"path":"{{{Users}}}isAppUser"}]""")])))
            .ShouldSucceedAsync(E.Ok);
        Assert.Equal("1", answers[1].GetProperty("result").GetString());

        var ofApp = await (await _demo.PostAsync("/open/batch/run", OpenCaller.Sign(_demo.App.ClientSecret, "sign",
            [("client_id", _demo.ClientId), ("timestamp", OpenCaller.Now()),
                ("method", $$$"""[{"path":"{{{Users}}}isAppUser","params":{"uid":900001}},{"path":"{{{Users}}}getInfo"}]""")])))
            .ShouldSucceedAsync(E.Ok);
        Assert.Equal(("1", 6), (ofApp[0].GetProperty("result").GetString(), ofApp[1].GetProperty("error_code").GetInt32()));
    }

    [Fact]
    public async Task Who_only_names_an_app_may_make_the_calls_that_are_open_to_that()
    {
        var answers = await (await _demo.PostAsync("/open/batch/run", ("client_id", _demo.ClientId), ("method", $$$"""
            [{"path":"/rest/2.0/iplib/query","params":{"ip":"192.0.2.1"}},{"path":"{{{Users}}}isAppUser","params":{"uid":900001}},
             {"path":"{{{Users}}}getInfo"},{"path":"/rest/2.0/data/getObjectTypes"}]
            """))).ShouldSucceedAsync(E.Ok);

        Assert.True(answers[0].TryGetProperty("192.0.2.1", out _));
        Assert.Equal([107, 107, 107], answers.EnumerateArray().Skip(1).Select(answer => answer.GetProperty("error_code").GetInt32()));
        await (await _demo.PostAsync("/open/batch/run", ("method", "[{}]"))).ShouldBeAsync(E.ParameterMalformed);
        await (await _demo.PostAsync("/open/batch/run", ("client_id", "999"), ("method", "[{}]"))).ShouldBeAsync(E.ApiKeyUnknown);
    }

    [Fact]
    public async Task What_breaks_in_one_call_is_an_error_of_that_call()
    {
        var token = (await _demo.TokensAsync()).Access;
        await fixture.Engine.ExecuteAsync("ALTER TABLE friendship RENAME TO gone");
        var response = await _demo.PostAsync("/open/batch/run", ("access_token", token),
            ("method", $$$"""[{"path":"/rest/2.0/friends/getFriends"},{"path":"{{{Users}}}getLoggedInUser"}]"""));
        await fixture.Engine.ExecuteAsync("ALTER TABLE gone RENAME TO friendship");

        var answers = await response.ShouldSucceedAsync(E.Ok);
        Assert.Equal((1, "900001"), (answers[0].GetProperty("error_code").GetInt32(), answers[1].GetProperty("uid").GetString()));
    }

    [Fact]
    public async Task A_batch_as_xml_has_an_item_for_each_call()
    {
        var token = (await _demo.TokensAsync()).Access;

        var xml = await (await _demo.PostAsync("/open/batch/run", ("access_token", token), ("format", "xml"),
            ("method", $$$"""[{"path":"{{{Users}}}getLoggedInUser","params":{"format":"xml","callback":"x"}},{"path":"/no"}]""")))
                .Content.ReadAsStringAsync();

        Assert.Contains("<response list=\"true\"><item><uid>900001</uid>", xml, StringComparison.Ordinal);
        Assert.Contains("<item><error_code>3</error_code>", xml, StringComparison.Ordinal);
    }
}
