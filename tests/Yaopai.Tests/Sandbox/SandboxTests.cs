using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Yaopai.Errors;
using Yaopai.Server.Apps;
using Yaopai.Server.Gateway;
using Yaopai.Server.Sandbox;
using Yaopai.Server.Stores;
using Yaopai.Tests.Http;
using Yaopai.Tests.Storage;

namespace Yaopai.Tests.Sandbox;

public sealed class SandboxTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private readonly HuaweiCaller _demo = new(fixture.Server);
    private readonly HuaweiCaller _sibling = new(fixture.Server, HuaweiCaller.Sibling);

    private HttpClient Http => fixture.Server.Http;

    public static TheoryData<string, string, string> Unusable { get; } = new()
    {
        { "/sandbox/authorize", """{"surface":"weixin","client_id":100000001,"user":"mainland"}""",                     "surface:" },
        { "/sandbox/tokens",    """{"surface":"huawe","client_id":100000001,"user":"mainland"}""",                      "surface:" },
        { "/sandbox/authorize", """{"surface":"huawei","client_id":5,"user":"mainland"}""",                             "client_id:" },
        { "/sandbox/authorize", """{"surface":"huawei","client_id":100000001,"user":"nobody"}""",                       "user:" },
        { "/sandbox/authorize", """{"surface":"huawei","client_id":100000001,"user":"locked"}""",                       "user:" },
        { "/sandbox/authorize", """{"surface":"huawei","client_id":200000001,"user":"mainland","scope":"phone"}""",     "scope:" },
        { "/sandbox/authorize", """{"surface":"huawei","client_id":100000001,"user":"mainland","redirect_uri":"https://evil.example"}""",
            "redirect_uri:" },
        { "/sandbox/authorize", """{"surface":"huawei","client_id":100000001,"user":"mainland","code_challenge":"short"}""",
            "code_challenge:" },
        { "/sandbox/authorize", """{"surface":"huawei","client_id":100000001,"user":"mainland","component":"other"}""", "component:" },
        { "/sandbox/authorize", """{"surface":"huawei","client_id":100000001,"user":"mainland","scope":"phone","phone":"1"}""", "phone:" },
        { "/sandbox/authorize", """{"surface":"huawei","client_id":100000001,"user":"mainland","unknown":1}""",         "unknown" },
        { "/sandbox/authorize", """{"surface":"huawei","surface":"huawei"}""",                                          "surface" },
        { "/sandbox/authorize", """{"surface":""",                                                                      "JSON" },
        { "/sandbox/device",    """{"user_code":"BBBBBBBB","user":"mainland","action":"open"}""",                       "action:" },
        { "/sandbox/device",    """{"user_code":"BBBBBBBB","user":"nobody","action":"scan"}""",                         "user:" },
        { "/sandbox/device",    """{"user_code":"BBBBBBBB","user":"locked","action":"scan"}""",                         "user:" },
        { "/sandbox/device",    """{"user_code":"BBBBBBBB","user":"mainland","action":"scan"}""",                       "user_code:" },
        { "/sandbox/device",    """{"user":"mainland","action":"scan"}""",                                              "user_code:" },
        { "/sandbox/clock",     """{"advance":"6 minutes"}""",                                                          "advance" },
        { "/sandbox/clock",     """{"advance":"PT1M","set":"2026-01-01T00:00:00Z"}""",                                  "advance" },
        { "/sandbox/clock",     """{"advance":"P9000Y"}""",                                                             "advance" },
        { "/sandbox/faults",    """{"target":"huawei.tokens","fault":"exception"}""",                                   "target:" },
        { "/sandbox/faults",    """{"target":"huawei.token"}""",                                                        "error" },
        { "/sandbox/faults",    """{"target":"huawei.token","error":"1101/99999"}""",                                   "error:" },
        { "/sandbox/faults",    """{"target":"huawei.token","error":"http/200"}""",                                     "error:" },
        { "/sandbox/faults",    """{"target":"huawei.getInfo","error":"1101/20155"}""",                                 "not documented" },
        { "/sandbox/faults",    """{"target":"huawei.token","error":"1101/20955"}""", "The nearest is" },
        { "/sandbox/faults",    """{"target":"huawei","error":"1101/99999"}""", "not documented for huawei" },
        { "/sandbox/faults",    """{"target":"*","error":"http/999"}""", "for any operation" },
        { "/sandbox/faults",    """{"target":"huawei.token","fault":"storage-gone"}""",                                 "fault:" },
        { "/sandbox/faults",    """{"target":"huawei.token","fault":"delay","delay":"P1D"}""",                          "delay:" },
        { "/sandbox/faults",    """{"target":"huawei.token","fault":"truncated","delay":"PT1S"}""",                     "delay:" },
        { "/sandbox/faults",    """{"target":"huawei.token","error":"1101/12304","delay":"PT1S"}""",                    "delay:" },
        { "/sandbox/faults",    """{"target":"huawei.token","fault":"exception","times":0}""",                          "times:" },
        { "/sandbox/faults",    """{"target":"huawei.token","fault":"exception","probability":2}""",                    "probability:" },
        { "/sandbox/faults",    """{"target":"huawei.token","fault":"exception","seconds":-1}""",                       "seconds:" },
        { "/sandbox/events/callback", """{"client_id":5,"callback":"https://app.example/events"}""",                    "client_id:" },
        { "/sandbox/events/callback", """{"client_id":100000001,"callback":"ftp://app.example/events"}""",              "callback:" },
        { "/sandbox/events/callback", """{"client_id":100000001,"callbak":"https://app.example/events"}""",             "callbak" },
        { "/sandbox/withdraw",  """{"client_id":100000001,"user":"nobody"}""",                                          "user:" },
        { "/sandbox/friends",   """{"user":"nobody","friend":"mainland"}""",                                            "user:" },
        { "/sandbox/friends",   """{"user":"mainland","friend":"mainland"}""",                                          "friend:" },
        { "/sandbox/signature", """{"base_string":"a"}""",                                                              "parameters:" },
        { "/sandbox/signature", """{"parameters":{"sign_method":"sha1"}}""",                                            "sign_method:" },
        { "/sandbox/sign-in",   """{"password":"yaopai-demo"}""",                                                       "user:" },
        { "/sandbox/sign-in",   """{"user":"mainland","address":"here"}""",                                             "address:" },
        { "/sandbox/sign-in",   $$"""{"user":"mainland","device":"{{new string('d', 129)}}"}""",                        "device:" },
    };

    [Fact]
    public async Task It_shows_the_demo_apps_and_users_with_fixed_values()
    {
        var json = await Http.GetFromJsonAsync<System.Text.Json.JsonElement>("/sandbox");

        Assert.Equal(
            ["demo 100000001", "demo-sibling 100000002", "demo-stranger 200000001"],
            json.GetProperty("apps").EnumerateArray().Select(app => $"{app.GetProperty("name")} {app.GetProperty("client_id")}"));
        Assert.Equal(
            ["mainland", "hongkong", "russia", "nophone", "unverified", "risky", "locked", "recycled"],
            json.GetProperty("users").EnumerateArray().Select(user => user.GetProperty("name").GetString()));
        Assert.All(json.GetProperty("users").EnumerateArray(), user => Assert.Equal(
            DemoData.Password, user.GetProperty("password").GetString()));
    }

    [Theory, MemberData(nameof(Unusable))]
    public async Task N12_what_cannot_be_used_is_refused_with_what_would_do(string path, string body, string named)
    {
        using var content = new StringContent(body, new MediaTypeHeaderValue("application/json"));
        var response = await Http.PostAsync(path, content);

        Assert.InRange((int)response.StatusCode, 400, 404);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        Assert.Contains(named, (await response.JsonAsync()).GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mainland", 0)]
    [InlineData(null, 1)]
    public async Task Tokens_come_without_a_code_of_a_person_or_of_the_app(string? user, int type)
    {
        var response = await Http.PostAsJsonAsync("/sandbox/tokens", new { surface = "huawei", client_id = 100000001, user });
        var token = (await response.JsonAsync()).GetProperty("access_token").GetString()!;

        var about = await (await _demo.GetTokenInfoAsync(token)).ShouldSucceedAsync(HuaweiAccountErrors.GetTokenInfo.Ok);

        Assert.Equal(("100000001", type), (about.GetProperty("client_id").GetString(), about.GetProperty("type").GetInt32()));
    }

    [Fact]
    public async Task Authorize_redirects_to_where_the_app_said_with_its_state()
    {
        var response = await Http.PostAsJsonAsync("/sandbox/authorize", new
        {
            surface = "huawei",
            client_id = 100000001,
            user = "mainland",
            redirect_uri = "https://demo.example/callback",
            state = "x:y/z",
        });

        var json = await response.JsonAsync();
        var code = Uri.EscapeDataString(json.GetProperty("code").GetString()!);
        Assert.Equal($"https://demo.example/callback?code={code}&state=x%3Ay%2Fz", json.GetProperty("redirect_to").GetString());
    }

    [Theory]
    [InlineData("""{"user":"mainland"}""", "signed_in")]
    [InlineData("""{"user":"+8611136000008","password":"yaopai-demo","address":"2001:db8::1","device":"browser"}""", "signed_in")]
    [InlineData("""{"user":"mainland","password":"wrong password"}""", "refused")]
    [InlineData("""{"user":"nobody"}""", "refused")]
    [InlineData("""{"user":"locked"}""", "disabled")]
    public async Task A_try_to_sign_in_ends_as_on_the_page(string body, string outcome)
    {
        using var content = new StringContent(body, new MediaTypeHeaderValue("application/json"));

        Assert.Equal(outcome, (await (await Http.PostAsync("/sandbox/sign-in", content)).JsonAsync()).GetProperty("outcome").GetString());
    }

    [Fact]
    public async Task A_person_chooses_which_number_a_device_may_know()
    {
        Assert.Equal("000000000", await NumberAsync("none", "000000000"));
        Assert.Equal("11136000008", await NumberAsync("11136000008", "000000000"));

        var device = await _demo.DeviceAsync("phone");
        await _demo.PersonAsync(device, "mainland", "scan");
        var other = await Http.PostAsJsonAsync(
            "/sandbox/device", new { user_code = device.UserCode, user = "mainland", action = "confirm", phone = "1" });
        Assert.Contains("phone:", (await other.JsonAsync()).GetProperty("detail").GetString(), StringComparison.Ordinal);

        async Task<string> NumberAsync(string phone, string none)
        {
            var device = await _demo.DeviceAsync("phone");
            await _demo.PersonAsync(device, "mainland", "scan");
            var done = await (await Http.PostAsJsonAsync(
                "/sandbox/device", new { user_code = device.UserCode, user = "mainland", action = "confirm", phone })).JsonAsync();
            Assert.Equal(
                "100000001 phone confirmed", $"{done.GetProperty("client_id")} {done.GetProperty("scope")} {done.GetProperty("state")}");
            var token = (await (await _demo.PollAsync(device)).JsonAsync()).GetProperty("access_token").GetString()!;
            return (await (await _demo.GetInfoAsync(token)).JsonAsync()).TryGetProperty("mobileNumber", out var number)
                ? number.GetString()!
                : none;
        }
    }

    [Fact]
    public async Task A_form_of_a_foreign_page_cannot_use_it()
    {
        using var form = new StringContent("""{"fault":"exception","target":"*"}""", new MediaTypeHeaderValue("text/plain"));
        Assert.Equal(HttpStatusCode.BadRequest, (await Http.PostAsync("/sandbox/faults", form)).StatusCode);

        foreach (var (header, value) in new[]
        {
            ("Origin", "https://evil.example"), ("Host", "evil.example"), ("X-Forwarded-For", "203.0.113.7")
        })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/sandbox");
            request.Headers.TryAddWithoutValidation(header, value);
            Assert.Equal(HttpStatusCode.Forbidden, (await Http.SendAsync(request)).StatusCode);
        }
    }

    [Fact]
    public async Task A_moved_clock_of_one_app_is_nobody_elses()
    {
        var (mine, others) = ((await _demo.SignInAsync()).Access, (await _sibling.SignInAsync()).Access);
        await _demo.AdvanceAsync("PT61M");

        await (await _demo.GetTokenInfoAsync(mine)).ShouldBeAsync(HuaweiAccountErrors.GetTokenInfo.TokenExpired);
        await (await _sibling.GetTokenInfoAsync(others)).ShouldSucceedAsync(HuaweiAccountErrors.GetTokenInfo.Ok);

        var clock = await Http.GetFromJsonAsync<System.Text.Json.JsonElement>("/sandbox/clock");
        Assert.Equal("100000001", clock.GetProperty("apps").EnumerateArray().Single().GetProperty("client_id").GetString());
        await _demo.ResetClockAsync();
    }

    [Fact]
    public async Task A_client_id_that_is_no_number_puts_no_clock_back()
    {
        await _demo.AdvanceAsync("PT1M");

        Assert.Equal(HttpStatusCode.BadRequest, (await Http.DeleteAsync("/sandbox/clock?client_id=demo")).StatusCode);

        var clock = await Http.GetFromJsonAsync<System.Text.Json.JsonElement>("/sandbox/clock");
        Assert.Single(clock.GetProperty("apps").EnumerateArray());
        await _demo.ResetClockAsync();
    }

    [Fact]
    public async Task One_header_forces_one_documented_error_on_one_request()
    {
        var code = await _demo.CodeAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/huawei/oauth2/v3/token")
        {
            Content = HuaweiCaller.Form([("grant_type", "authorization_code"), ("client_id", _demo.ClientId),
                ("client_secret", _demo.App.ClientSecret), ("code", code)]),
            Headers = { { "Yaopai-Error", "1101/20155" } },
        };

        var forced = await Http.SendAsync(request);

        Assert.Equal("400 error/sub_error 1101/20155", await forced.CodeOfAsync());
        await (await _demo.ExchangeAsync(code)).ShouldSucceedAsync(HuaweiAccountErrors.Token.Ok);
    }

    [Theory]
    [InlineData("http/503", "503 http 503")]
    [InlineData("NSP_STATUS/500", "200 NSP_STATUS 500")]
    [InlineData("31204", "200 NSP_STATUS 31204")]
    [InlineData("http/200", "590 http 590")]
    public async Task A_number_may_name_its_channel(string number, string expected)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/huawei/rest.php?nsp_svc=huawei.oauth2.user.getTokenInfo")
        {
            Headers = { { "Yaopai-Error", number } },
        };

        Assert.Equal(expected, await (await Http.SendAsync(request)).CodeOfAsync());
    }

    [Fact]
    public async Task A_fault_strikes_as_often_as_it_was_told_and_only_its_client()
    {
        var (mine, others) = (await _demo.AppTokenAsync(), await _sibling.AppTokenAsync());
        await using (await fixture.BreakAsync(
            new { target = "huawei.getTokenInfo", error = "NSP_STATUS/500", times = 2, client_id = 100000001 }))
        {
            await (await _sibling.GetTokenInfoAsync(others)).ShouldSucceedAsync(HuaweiAccountErrors.GetTokenInfo.Ok);
            Assert.Equal("200 NSP_STATUS 500", await (await _demo.GetTokenInfoAsync(mine)).CodeOfAsync());
            Assert.Equal("200 NSP_STATUS 500", await (await _demo.GetTokenInfoAsync(mine)).CodeOfAsync());
            await (await _demo.GetTokenInfoAsync(mine)).ShouldSucceedAsync(HuaweiAccountErrors.GetTokenInfo.Ok);
        }
    }

    [Theory]
    [InlineData("/oauth2/v3/certs")]
    [InlineData("/rest.php?nsp_svc=GOpen.User.getInfo")]
    public async Task A_fault_for_everyone_strikes_a_request_that_names_no_client_once(string path)
    {
        await using (await fixture.BreakAsync(new { target = "huawei", fault = "delay", delay = "PT0.01S", times = 9 }))
        {
            await Http.PostAsync("/huawei" + path, null);

            var faults = await Http.GetFromJsonAsync<System.Text.Json.JsonElement>("/sandbox/faults");
            Assert.Equal(1, faults.GetProperty("faults")[0].GetProperty("struck").GetInt32());
        }
    }

    [Fact]
    public async Task A_fault_that_comes_between_head_and_body_breaks_what_it_was_told_to()
    {
        var faults = fixture.Server.Get<Faults>();
        var call = new Call(
            new DefaultHttpContext(), "/oauth2/v3/token", new GatewayOptions(), known: null, fixture.Server.Get<IAppClock>(), default,
            default);
        var token = fixture.Server.GetAll<ISurface>().SelectMany(surface => surface.Operations)
            .Single(operation => operation.Target is "huawei.token");

        faults.Begin(call);
        await using (await fixture.BreakAsync(new { target = "huawei.token", fault = "storage-down", client_id = 100000001 }))
            Assert.Null(await faults.StrikeAsync(call, token, clientId: 100000001));

        Assert.Equal(StorageFault.Down, ((IStorageSeam)faults).Current);
    }

    [Fact]
    public async Task A_seed_makes_a_probable_fault_strike_the_same_requests_again()
    {
        Assert.Equal(await StrikesAsync(), await StrikesAsync());

        async Task<string> StrikesAsync()
        {
            var token = await _demo.AppTokenAsync();
            await using (await fixture.BreakAsync(new { target = "huawei.getTokenInfo", fault = "exception", probability = 0.5, seed = 7 }))
            {
                var strikes = "";
                for (var i = 0; i < 20; i++)
                    strikes += (await _demo.GetTokenInfoAsync(token)).IsSuccessStatusCode ? '.' : 'x';
                Assert.Contains('x', strikes);
                Assert.Contains('.', strikes);
                return strikes;
            }
        }
    }

    [Theory]
    [InlineData("storage-down", "502 http 502")]
    [InlineData("storage-error", "400 error/sub_error 1203/500")]
    [InlineData("storage-conflict", "400 error/sub_error 1203/100300")]
    [InlineData("key-lost", "400 error/sub_error 1203/500")]
    [InlineData("exception", "500 http 500")]
    public async Task A_broken_seam_answers_as_the_broken_thing_does_and_mends(string fault, string expected)
    {
        var code = await _demo.CodeAsync();
        await using (await fixture.BreakAsync(new { target = "huawei.token", fault, client_id = 100000001 }))
            Assert.Equal(expected, await (await _demo.ExchangeAsync(code)).CodeOfAsync());

        await (await _demo.ExchangeAsync(code)).ShouldSucceedAsync(HuaweiAccountErrors.Token.Ok);
    }

    [Fact]
    public async Task Faults_are_listed_and_taken_back_one_by_one()
    {
        var added = await (await Http.PostAsJsonAsync(
            "/sandbox/faults", new { target = "huawei.certs", fault = "delay", delay = "PT0.01S" })).JsonAsync();
        var listed = await Http.GetFromJsonAsync<System.Text.Json.JsonElement>("/sandbox/faults");
        Assert.Contains(listed.GetProperty("faults").EnumerateArray(), fault =>
            fault.GetProperty("id").GetInt32() == added.GetProperty("id").GetInt32());
        Assert.True((await Http.GetAsync("/huawei/oauth2/v3/certs")).IsSuccessStatusCode);

        Assert.True((await Http.DeleteAsync($"/sandbox/faults/{added.GetProperty("id")}")).IsSuccessStatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await Http.DeleteAsync($"/sandbox/faults/{added.GetProperty("id")}")).StatusCode);
    }
}

/// <summary>The sandbox from pages of other origins.</summary>
public sealed class SandboxOriginTests(SandboxOriginTests.ForOnePage fixture) : IClassFixture<SandboxOriginTests.ForOnePage>
{
    private const string Named = "http://localhost:5173";

    [Fact]
    public async Task N15_a_page_of_another_origin_is_told_that_this_is_why()
    {
        var response = await AskAsync(HttpMethod.Get, "http://localhost:5174");

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Contains("--Sandbox:Origins:0=http://localhost:5174", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.False(response.Headers.Contains("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task N15_a_page_of_an_origin_that_the_settings_name_may_read_and_send()
    {
        foreach (var (method, status) in new[] { (HttpMethod.Get, HttpStatusCode.OK), (HttpMethod.Options, HttpStatusCode.NoContent) })
        {
            var response = await AskAsync(method, Named);

            Assert.Equal(status, response.StatusCode);
            Assert.Equal([Named], response.Headers.GetValues("Access-Control-Allow-Origin"));
        }
    }

    private async Task<HttpResponseMessage> AskAsync(HttpMethod method, string origin)
    {
        using var request = new HttpRequestMessage(method, "/sandbox");
        request.Headers.Add("Origin", origin);
        return await fixture.Server.Http.SendAsync(request);
    }

    public sealed class ForOnePage : ServerFixture
    {
        protected override (string Key, string Value)[] Settings => [("Sandbox:Origins:0", Named)];
    }
}

/// <summary>What changes everything for everyone, each in a server of its own.</summary>
public sealed class SandboxAloneTests : IAsyncLifetime
{
    private readonly OnSqlite _engine = new();

    public ValueTask InitializeAsync() => _engine.InitializeAsync();

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Fact]
    public async Task A_reset_brings_back_the_beginning_and_keeps_the_identifiers()
    {
        await using var server = await TestServer.StartAsync(_engine);
        var demo = new HuaweiCaller(server);
        var before = await OpenIdAsync(demo);
        await demo.AdvanceAsync("P400D");
        await server.Http.PostAsJsonAsync("/sandbox/faults", new { target = "*", fault = "exception" });
        for (var i = 0; i < 6; i++)
            await server.Http.PostAsJsonAsync("/sandbox/sign-in", new { user = "mainland", password = "wrong password" });

        Assert.True((await server.Http.PostAsync("/sandbox/reset", null)).IsSuccessStatusCode);

        var signIn = await server.Http.PostAsJsonAsync("/sandbox/sign-in", new { user = "mainland" });
        Assert.Equal("signed_in", (await signIn.JsonAsync()).GetProperty("outcome").GetString());

        Assert.Equal(before, await OpenIdAsync(demo));
    }

    [Fact]
    public async Task FC_50_what_was_given_out_before_a_reset_is_void()
    {
        await using var server = await TestServer.StartAsync(_engine);
        var (demo, open) = (new HuaweiCaller(server), new OAuthCaller(server));
        var (used, unused, openTokens) = (await demo.CodeAsync(), await demo.CodeAsync(), await open.SignInAsync());
        await demo.ExchangeAsync(used, ("redirect_uri", null));
        var (revoked, alive, app) = (await demo.SignInAsync(), await demo.SignInAsync(), await demo.AppTokenAsync());
        await demo.RevokeAsync(revoked.Access);
        using var browser = new BrowserClient(server);
        await browser.AgreeAsync();

        Assert.True((await server.Http.PostAsync("/sandbox/reset", null)).IsSuccessStatusCode);

        foreach (var token in new[] { revoked.Access, alive.Access, app })
            Assert.Equal("31204", (await demo.GetTokenInfoAsync(token)).Headers.GetValues("NSP_STATUS").Single());
        foreach (var code in new[] { used, unused })
            Assert.Equal("400 error/sub_error 1101/20158", await (await demo.ExchangeAsync(code)).CodeOfAsync());
        Assert.Equal("400 error/sub_error 1203/31204", await (await demo.RefreshAsync(alive.Refresh)).CodeOfAsync());
        Assert.False((await open.RefreshAsync(openTokens.Refresh)).IsSuccessStatusCode);
        Assert.False((await open.TokenInfoAsync(openTokens.Access)).IsSuccessStatusCode);
        Assert.True((await browser.OpenAsync(Web.Authorize())).Has("password"));

        // what comes after it is good
        Assert.True((await demo.GetTokenInfoAsync((await demo.SignInAsync()).Access)).IsSuccessStatusCode);
        Assert.NotNull((await browser.AgreeAsync()).Sent("code"));
    }

    [Fact]
    public async Task Outside_the_sandbox_nothing_of_it_is_there()
    {
        await using var engine = new EmptySqlite();
        await engine.InitializeAsync();
        await using var server = await TestServer.StartAsync(engine, ("Sandbox:Enabled", "false"));

        Assert.Equal(HttpStatusCode.NotFound, (await server.Http.GetAsync("/sandbox")).StatusCode);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/huawei/oauth2/v3/certs")
        {
            Headers = { { "Yaopai-Error", "http/503" } },
        };
        Assert.True((await server.Http.SendAsync(request)).IsSuccessStatusCode);
        // no demo apps
        Assert.Equal("400 error/sub_error 1203/12303", await (await new HuaweiCaller(server).ExchangeAsync("Zm9v")).CodeOfAsync());
    }

    [Fact]
    public async Task Outside_Development_it_needs_the_admin_key_even_on_this_machine()
    {
        var refused = await Assert.ThrowsAsync<OptionsValidationException>(
            () => TestServer.StartAsync(_engine, ("environment", "Production"), ("Sandbox:Enabled", "true")));
        Assert.Contains("Admin:Key", refused.Message, StringComparison.Ordinal);

        await using var server = await TestServer.StartAsync(
            _engine, ("environment", "Production"), ("Sandbox:Enabled", "true"), ("Admin:Key", "a key of enough letters"));
        Assert.Equal(HttpStatusCode.Forbidden, (await server.Http.GetAsync("/sandbox")).StatusCode);
    }

    [Fact]
    public async Task The_admin_key_opens_it_from_any_host_name()
    {
        await using var server = await TestServer.StartAsync(_engine, ("Admin:Key", "a key of enough letters"));

        Assert.Equal(HttpStatusCode.OK, await StatusAsync("a key of enough letters"));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync("a key of other letters"));

        async Task<HttpStatusCode> StatusAsync(string key)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/sandbox")
            {
                Headers = { Host = "platform.example", Authorization = new("Bearer", key) },
            };
            return (await server.Http.SendAsync(request)).StatusCode;
        }
    }

    private static async Task<string> OpenIdAsync(HuaweiCaller caller)
    {
        var json = await (await caller.GetInfoAsync((await caller.SignInAsync()).Access))
            .ShouldSucceedAsync(HuaweiAccountErrors.GetInfo.Ok);
        return json.GetProperty("openID").GetString()!;
    }
}
