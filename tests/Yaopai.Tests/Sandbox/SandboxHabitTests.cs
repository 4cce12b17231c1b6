using System.Net.Http.Headers;
using System.Text;
using Yaopai.Tests.Http;

namespace Yaopai.Tests.Sandbox;

/// <summary>What real clients send to the sandbox, and what nobody may.</summary>
public sealed class SandboxHabitTests(SandboxHabitTests.Keyed fixture) : IClassFixture<SandboxHabitTests.Keyed>
{
    private const string Key = "an-admin-key-of-this-test";

    public sealed class Keyed : ServerFixture
    {
        protected override (string Key, string Value)[] Settings => [("Admin:Key", Key)];
    }

    private static readonly string[] s_posts =
    [
        "authorize", "tokens", "device", "withdraw", "service-accounts", "sign-in", "friends", "signature", "clock", "faults", "follow",
        "events/callback", "wechat/scan", "wechat/login", "wechat/phone",
    ];

    private HttpClient Http => fixture.Server.Http;

    [Theory]
    [InlineData($"Bearer {Key}", 200)]
    [InlineData($"bearer {Key}", 200)]
    [InlineData($"BEARER   {Key}", 200)]
    [InlineData($"Bearer\t{Key} ", 200)]
    [InlineData($"Bearer{Key}", 403)]
    [InlineData($"Basic {Key}", 403)]
    [InlineData("Bearer another-key-of-this-length", 403)]
    public async Task FC_46_the_scheme_has_no_case_and_any_distance(string authorization, int expected)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/sandbox");
        request.Headers.TryAddWithoutValidation("X-Forwarded-For", "203.0.113.7");
        request.Headers.TryAddWithoutValidation("Authorization", authorization);

        Assert.Equal(expected, (int)(await Http.SendAsync(request)).StatusCode);
    }

    [Theory]
    [InlineData("GET", "cross-site", "cors", 403)]
    [InlineData("POST", "cross-site", "no-cors", 403)]
    [InlineData("POST", "same-site", "no-cors", 403)]
    [InlineData("POST", "cross-site", "navigate", 403)]
    [InlineData("POST", "same-origin", "cors", 200)]
    [InlineData("POST", "none", "navigate", 200)]
    [InlineData("GET", "cross-site", "navigate", 200)]
    public async Task L11_a_foreign_page_without_an_origin_is_refused(string method, string site, string mode, int expected)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), method is "GET" ? "/sandbox" : "/sandbox/clock")
        {
            Content = method is "GET" ? null : new StringContent("""{"advance":"PT0S"}""", Encoding.UTF8, "application/json"),
            Headers = { { "Sec-Fetch-Site", site }, { "Sec-Fetch-Mode", mode } },
        };

        Assert.Equal(expected, (int)(await Http.SendAsync(request)).StatusCode);
    }

    [Theory]
    [InlineData("/sandbox/clock", 400)]
    [InlineData("/sandbox/wechat/cgi-bin/stable_token", 200)]
    public async Task L11_a_body_in_chunks_has_the_same_limit(string path, int expected)
    {
        using var content = new StreamContent(new MemoryStream(Encoding.ASCII.GetBytes("{\"advance\":\"" + new string('x', 1024 * 1024))));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
        request.Headers.TransferEncodingChunked = true;

        using var response = await Http.SendAsync(request);

        Assert.Equal(expected, (int)response.StatusCode);
        Assert.Contains(
            expected is 200 ? "47001" : "larger than 64 KiB", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("100000001")]
    [InlineData("\"100000001\"")]
    public async Task FC_65_a_client_id_is_read_as_a_number_or_a_text_and_written_as_a_text(string clientId)
    {
        var answers = new[]
        {
            await PostAsync("clock", $$"""{"advance":"PT0S","client_id":{{clientId}}}"""),
            await PostAsync("faults", $$"""{"target":"huawei.token","fault":"exception","client_id":{{clientId}}}"""),
            await PostAsync("events/callback", $$"""{"client_id":{{clientId}},"callback":null}"""),
            await Http.GetAsync("/sandbox"),
            await Http.GetAsync("/sandbox/wechat"),
        };
        await Http.DeleteAsync("/sandbox/faults");

        foreach (var answer in answers)
            Assert.Contains("\"client_id\": \"100000001\"", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        foreach (var path in (string[])["authorize", "tokens", "withdraw", "service-accounts"])
        {
            var body = $$"""{"client_id":{{clientId}}{{(path is "service-accounts" ? "" : ",\"user\":\"mainland\"")}}{{path switch
            {
                "authorize" => ",\"surface\":\"huawei\"",
                "tokens" => ",\"surface\":\"open\"",
                _ => "",
            }}}}""";
            Assert.True((await PostAsync(path, body)).IsSuccessStatusCode, path);
        }
    }

    public static TheoryData<string> Bodies { get; } =
    [
        "{}", "null", "[]", "1", "{\"client_id\":null}", "{\"client_id\":0}", "{\"client_id\":-1}", "{\"client_id\":1e3}",
        "{\"client_id\":99999999999999999999}", "{\"client_id\":\"\"}",
        "{\"client_id\":9223372036854775807}", "{\"user\":null}", "{\"user\":\"mainland\"}",
        "{\"user\":\"mainland\",\"client_id\":0}", "{\"user\":\"mainland\",\"client_id\":-5}",
        "{\"user\":\"\\u0000\"}", "{\"user\":\"\\ud800\"}",
        "{\"parameters\":{\"sign\":null}}", "{\"parameters\":{\"session_key\":null,\"sign\":\"a\"}}",
        "{\"parameters\":{\"client_id\":null}}",
        "{\"parameters\":{\"sign_method\":null}}", "{\"parameters\":null}", "{\"parameters\":{\"\":\"\"}}",
        "{\"user\":\"mainland\",\"friend\":\"\\u0000\"}",
        "{\"person\":null}", "{\"ticket\":\"\\u0000\"}", "{\"target\":null}", "{\"target\":\"*\",\"fault\":\"delay\",\"seconds\":1e300}",
        "{\"surface\":\"huawei\"}", "{\"surface\":\"open\",\"user\":\"\\u0000\",\"client_id\":100000001}", "{\"callback\":\"\"}",
        "{\"set\":\"0001-01-01T00:00:00Z\"}", "{\"advance\":\"P1Y\",\"client_id\":-1}",
    ];

    [Theory, MemberData(nameof(Bodies))]
    public async Task F11_whatever_is_sent_earns_no_500(string body)
    {
        foreach (var path in s_posts)
        {
            using var response = await PostAsync(path, body);
            Assert.True((int)response.StatusCode < 500, $"{path}: {(int)response.StatusCode}");
            if (!response.IsSuccessStatusCode)
                Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        }

        await Http.DeleteAsync("/sandbox/faults");
        await Http.DeleteAsync("/sandbox/clock");
        Assert.DoesNotContain(fixture.Server.Log.Lines, line => line.StartsWith("Error ", StringComparison.Ordinal));
    }

    private Task<HttpResponseMessage> PostAsync(string path, string body) =>
        Http.PostAsync($"/sandbox/{path}", new StringContent(body, Encoding.UTF8, "application/json"));
}
