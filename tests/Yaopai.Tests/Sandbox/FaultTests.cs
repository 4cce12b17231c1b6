using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Yaopai.Errors;
using Yaopai.Server.Gateway;
using Yaopai.Server.Sandbox;
using Yaopai.Tests.Http;

namespace Yaopai.Tests.Sandbox;

/// <summary>What can be broken, how it is asked for, and answers that are wrong in their bytes.</summary>
public sealed class FaultTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private readonly HuaweiCaller _demo = new(fixture.Server);

    private HttpClient Http => fixture.Server.Http;

    [Fact]
    public async Task Every_kind_is_listed_with_a_sentence_in_both_languages_and_the_places_where_it_strikes()
    {
        var kinds = (await Http.GetFromJsonAsync<JsonElement>("/sandbox/faults/kinds")).GetProperty("kinds").EnumerateArray().ToArray();
        string[] targets =
            ["*", .. fixture.Server.GetAll<ISurface>().SelectMany(surface => surface.Operations).Select(operation => operation.Target)];

        Assert.Equal(
            Enum.GetValues<FaultKind>().Except([FaultKind.Error]).Select(kind => FaultKinds.Of(kind).Name).Order(),
            kinds.Select(kind => kind.GetProperty("fault").GetString()).Order());
        Assert.All(kinds, kind =>
        {
            Assert.EndsWith(".", kind.GetProperty("en").GetString(), StringComparison.Ordinal);
            Assert.EndsWith("。", kind.GetProperty("zh").GetString(), StringComparison.Ordinal);
            var places = kind.GetProperty("strikes_at").EnumerateArray().Select(place => place.GetString()!).ToArray();
            Assert.NotEmpty(places);
            Assert.Subset(targets.ToHashSet(), places.ToHashSet());
        });
    }

    [Theory]
    [InlineData("welink", "wrong-iss", "strikes at huawei.token.", "missing-access-token")]
    [InlineData("identity", "missing-token-type", "strikes at huawei.token, open.token, welink.token.", "used-code")]
    [InlineData("huawei.certs", "used-code", "strikes at huawei.authorize,", "jwks-without-key.")]
    [InlineData("huawei.getRiskLevel", "alg-none", "strikes at huawei.token.", "huawei.getRiskLevel can show none.")]
    public async Task A_fault_that_could_never_be_seen_is_refused_with_those_that_can(
        string target, string fault, string place, string possible)
    {
        var response = await Http.PostAsJsonAsync("/sandbox/faults", new { target, fault });

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        var detail = (await response.JsonAsync()).GetProperty("detail").GetString();
        Assert.Contains(place, detail, StringComparison.Ordinal);
        Assert.Contains(possible, detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_app_has_only_so_many_faults_and_no_other_app_feels_it()
    {
        var fault = new { target = "huawei.token", fault = "exception", client_id = 999 };
        await using (await fixture.BreakAsync(fault))
        {
            for (var i = 1; i < Faults.MostOfAnApp; i++)
                Assert.Equal(HttpStatusCode.Created, (await Http.PostAsJsonAsync("/sandbox/faults", fault)).StatusCode);

            var refused = await Http.PostAsJsonAsync("/sandbox/faults", fault);

            Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
            Assert.Contains("DELETE", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            Assert.Equal(
                HttpStatusCode.Created, (await Http.PostAsJsonAsync("/sandbox/faults", fault with { client_id = 998 })).StatusCode);
        }
    }

    [Fact]
    public async Task A_quota_that_is_spent_is_that_of_one_app_or_of_who_proves_none()
    {
        var app = new HuaweiCaller(fixture.Server, await fixture.Server.NewAppAsync());
        await using (await fixture.BreakAsync(new { target = "huawei.token", fault = "quota-spent", client_id = app.App.ClientId }))
        {
            await (await AppTokenAsync(app)).ShouldBeAsync(HuaweiAccountErrors.Token.FlowControl);
            await (await AppTokenAsync()).ShouldSucceedAsync(HuaweiAccountErrors.Token.Ok);
        }

        await (await AppTokenAsync(app)).ShouldSucceedAsync(HuaweiAccountErrors.Token.Ok);

        using var request = new HttpRequestMessage(HttpMethod.Get, "/huawei/oauth2/v3/certs");
        request.Headers.Add(Faults.FaultHeader, "quota-spent");
        await (await Http.SendAsync(request)).ShouldBeAsync(HuaweiAccountErrors.Certs.FlowControl);
        await (await Http.GetAsync("/huawei/oauth2/v3/certs")).ShouldSucceedAsync(HuaweiAccountErrors.Certs.Ok);
    }

    [Theory]
    [InlineData("error-200", "application/json", "{\"error\":\"")]
    [InlineData("html", "text/html", "<!DOCTYPE html>")]
    [InlineData("empty-body", "application/json", "")]
    [InlineData("wrong-content-type", "text/plain", "{\"access_token\":")]
    public async Task The_bytes_of_an_answer_are_wrong(string fault, string type, string begins)
    {
        await using (await fixture.BreakAsync(new { target = "huawei.token", fault, client_id = _demo.App.ClientId }))
        {
            var response = await AppTokenAsync();

            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            Assert.Equal(type, response.Content.Headers.ContentType!.MediaType);
            var body = await response.Content.ReadAsStringAsync();
            Assert.StartsWith(begins, body, StringComparison.Ordinal);
            Assert.True(begins is not "" || body is "");
        }
    }

    [Fact]
    public async Task An_error_with_HTTP_200_carries_nothing_out()
    {
        var code = await _demo.CodeAsync();
        await using (await fixture.BreakAsync(
            new { target = "huawei.token", fault = "error-200", client_id = _demo.App.ClientId, times = 1 }))
        {
            Assert.Equal(HttpStatusCode.OK, (await _demo.ExchangeAsync(code)).StatusCode);
            Assert.Contains("access_token", await (await _demo.ExchangeAsync(code)).Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_fault_of_answers_is_counted_where_there_was_something_to_spoil()
    {
        await using (await fixture.BreakAsync(
            new { target = "*", fault = "missing-access-token", client_id = _demo.App.ClientId, times = 1 }))
        {
            await _demo.ExchangeAsync("unknown"); // no tokens, nothing to leave out
            Assert.DoesNotContain("access_token", await (await AppTokenAsync()).Content.ReadAsStringAsync(), StringComparison.Ordinal);
            Assert.Contains("access_token", await (await AppTokenAsync()).Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("unheard-of")]
    [InlineData("delay; soon")]
    [InlineData("delay; PT1H")]
    [InlineData("delay; PT1S; PT1S")]
    [InlineData("truncated; PT1S")]
    [InlineData("jwks-without-key")]
    public async Task A_header_that_asks_for_what_there_is_not_is_answered_with_590(string fault)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/huawei/oauth2/v3/token") { Headers = { { "Yaopai-Fault", fault } } };

        Assert.Equal(590, (int)(await Http.SendAsync(request)).StatusCode);
    }

    [Fact]
    public async Task A_header_delays_its_own_request()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/huawei/oauth2/v3/certs")
        {
            Headers = { { "Yaopai-Fault", "delay; PT0.3S" } },
        };
        var watch = System.Diagnostics.Stopwatch.StartNew();

        Assert.True((await Http.SendAsync(request)).IsSuccessStatusCode);
        Assert.True(watch.Elapsed > TimeSpan.FromSeconds(0.25), $"{watch.Elapsed}");
    }

    private Task<HttpResponseMessage> AppTokenAsync(HuaweiCaller? caller = null)
    {
        var app = caller ?? _demo;
        return app.PostAsync(
            "/oauth2/v3/token", ("grant_type", "client_credentials"), ("client_id", app.ClientId), ("client_secret", app.App.ClientSecret));
    }
}
