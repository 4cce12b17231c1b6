using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Xml.Linq;
using Yaopai.Tests.Http;

namespace Yaopai.Tests.Sandbox;

/// <summary>Which documented errors an app under test has met: asked by its own CI.</summary>
public sealed class SandboxCoverageTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private const string OfDemo = "/sandbox/coverage?client_id=100000001";
    private const string Secret = "d3100000000000000000000000000000000000000000000000000000000000d1";

    private HttpClient Http => fixture.Server.Http;

    [Fact]
    public async Task It_counts_what_the_app_has_met_and_names_what_it_has_not()
    {
        await ResetAsync();
        await MeetWrongSecretAsync();
        await MeetWrongSecretAsync();

        var report = await Http.GetFromJsonAsync<JsonElement>(OfDemo);
        var token = Assert.Single(report.GetProperty("operations").EnumerateArray());
        var errors = token.GetProperty("errors").EnumerateArray().ToList();
        var met = Assert.Single(errors, error => error.GetProperty("count").GetInt64() > 0);

        Assert.Equal("100000001", report.GetProperty("client_id").GetString());
        Assert.Equal("huawei.token", token.GetProperty("operation").GetString());
        Assert.Equal((2, 1), (token.GetProperty("calls").GetInt32(), token.GetProperty("met").GetInt32()));
        Assert.Equal("AppSecretIncorrect", met.GetProperty("name").GetString());
        Assert.Equal(2, met.GetProperty("count").GetInt32());
        Assert.True(met.GetProperty("first").GetDateTimeOffset() <= met.GetProperty("last").GetDateTimeOffset());
        var unmet = errors.First(error => error.GetProperty("name").GetString() is "CodeExpired");
        Assert.Equal(0, unmet.GetProperty("count").GetInt64());
        Assert.Equal(report.GetProperty("documented").GetInt32(), errors.Count);
    }

    [Fact]
    public async Task Another_app_has_met_nothing_and_a_reset_forgets_everything()
    {
        await ResetAsync();
        await MeetWrongSecretAsync();
        var other = await Http.GetFromJsonAsync<JsonElement>("/sandbox/coverage?client_id=200000001");
        await ResetAsync();
        var after = await Http.GetFromJsonAsync<JsonElement>(OfDemo);

        Assert.Equal(0, other.GetProperty("operations").GetArrayLength());
        Assert.Equal(0, after.GetProperty("operations").GetArrayLength());
    }

    [Fact]
    public async Task All_operations_are_shown_to_who_asks_for_them()
    {
        var all = await Http.GetFromJsonAsync<JsonElement>(OfDemo + "&operations=all");
        var open = await Http.GetFromJsonAsync<JsonElement>(OfDemo + "&operations=all&surface=open&audience=caller");

        Assert.True(all.GetProperty("documented").GetInt32() > 468);
        Assert.All(
            open.GetProperty("operations").EnumerateArray(),
            operation => Assert.StartsWith("open.", operation.GetProperty("operation").GetString(), StringComparison.Ordinal));
        Assert.All(
            open.GetProperty("operations").EnumerateArray().SelectMany(operation => operation.GetProperty("errors").EnumerateArray()),
            error => Assert.Equal("caller", error.GetProperty("audience").GetString()));
    }

    [Theory]
    [InlineData("&format=junit", "*/*")]
    [InlineData("", "application/xml")]
    public async Task A_ci_reads_it_as_junit(string query, string accept)
    {
        await ResetAsync();
        await MeetWrongSecretAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{OfDemo}&operation=huawei.token{query}");
        request.Headers.Accept.Add(MediaTypeWithQualityHeaderValue.Parse(accept));
        using var response = await Http.SendAsync(request);
        var suites = XDocument.Parse(await response.Content.ReadAsStringAsync()).Root!;
        var suite = Assert.Single(suites.Elements("testsuite"));
        var cases = suite.Elements("testcase").ToList();

        Assert.Equal("application/xml", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal("huawei.token", (string?)suite.Attribute("name"));
        Assert.Equal(cases.Count, (int?)suite.Attribute("tests"));
        Assert.Equal(cases.Count - 1, (int?)suite.Attribute("failures"));
        var passed = Assert.Single(cases, one => one.Element("failure") is null);
        Assert.Equal("1101/12304 AppSecretIncorrect", (string?)passed.Attribute("name"));
    }

    [Theory]
    [InlineData("client_id=x", "client_id:")]
    [InlineData("operations=some", "operations:")]
    [InlineData("operation=huawei.tokn", "huawei.token is one")]
    [InlineData("surface=weixin", "surface")]
    [InlineData("audience=nobody", "audience:")]
    [InlineData("format=pdf", "format:")]
    [InlineData("clientid=1", "clientid is no filter")]
    public async Task What_cannot_be_used_is_said_so(string query, string expected)
    {
        using var response = await Http.GetAsync($"/sandbox/coverage?{query}");

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(expected, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private async Task ResetAsync() => (await Http.PostAsync("/sandbox/reset", null)).Dispose();

    private async Task MeetWrongSecretAsync()
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = "100000001",
            ["client_secret"] = Secret.Replace('d', 'e'),
        });
        using var response = await Http.PostAsync("/huawei/oauth2/v3/token", form);
    }
}
