using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Yaopai.Server.Gateway;
using Yaopai.Server.Journal;
using Yaopai.Tests.Http;
using Yaopai.Tests.Storage;

namespace Yaopai.Tests.Sandbox;

/// <summary>Why was this request refused: asked by a developer, over HTTP.</summary>
public sealed class SandboxRequestsTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private const string Token = "/huawei/oauth2/v3/token";
    private const string Secret = "d3100000000000000000000000000000000000000000000000000000000000d1";
    private const string Wrong = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    private HttpClient Http => fixture.Server.Http;

    [Fact]
    public async Task An_error_answer_leads_to_its_reason()
    {
        using var refused = await PostAsync(Token, $"grant_type=authorization_code&client_id=100000001&client_secret={Wrong}&code=abc");

        var address = refused.Headers.GetValues("Yaopai-Explain").Single();
        var entry = await Http.GetFromJsonAsync<JsonElement>(address);

        Assert.Equal($"{fixture.Server.Address}sandbox/requests/{refused.Headers.GetValues("X-Request-Id").Single()}", address);
        Assert.Equal("huawei.token", entry.GetProperty("operation").GetString());
        Assert.Equal("100000001", entry.GetProperty("client_id").GetString());
        Assert.Equal("POST", entry.GetProperty("method").GetString());
        Assert.Equal((int)refused.StatusCode, entry.GetProperty("answer").GetProperty("status").GetInt32());
        Assert.Equal(await refused.Content.ReadAsStringAsync(), entry.GetProperty("answer").GetProperty("body").GetString());
        var refusal = entry.GetProperty("refusal");
        Assert.Equal("ClientSecretIncorrect", refusal.GetProperty("error").GetString());
        Assert.Equal("1203/12304", refusal.GetProperty("number").GetString());
        Assert.NotEqual("", refusal.GetProperty("remedy_en").GetString());
        Assert.EndsWith("/errors/huawei/12304", refusal.GetProperty("page").GetString(), StringComparison.Ordinal);
        Assert.StartsWith(
            "the secret of app 100000001", refusal.GetProperty("reason").GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain(Wrong, entry.GetRawText(), StringComparison.Ordinal);
        Assert.Contains("… (64 characters)", entry.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_redirect_uri_is_explained_by_the_nearest_one_that_is_registered()
    {
        var reason = await ReasonOfAsync(
            await Http.GetAsync("/huawei/oauth2/v3/authorize?client_id=100000001&redirect_uri=https://demo.example/callbac"));

        Assert.Equal("https://demo.example/callback", reason.GetProperty("nearest").GetString());
        Assert.Equal("https://demo.example/callbac", reason.GetProperty("actual").GetString());
        Assert.Equal(28, reason.GetProperty("first_difference").GetProperty("at").GetInt32());
        Assert.Equal("k", reason.GetProperty("first_difference").GetProperty("expected").GetString());
    }

    [Fact]
    public async Task The_query_of_a_refused_redirect_uri_is_masked_in_the_reason_too()
    {
        var wrong = Uri.EscapeDataString($"https://demo.example/callbac?access_token={Wrong}&client_secret={Wrong}&pwd=Pwd55xyz");
        var reason = await ReasonOfAsync(
            await Http.GetAsync($"/huawei/oauth2/v3/authorize?client_id=100000001&response_type=code&redirect_uri={wrong}"));

        Assert.DoesNotContain(Wrong[..32], reason.GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain("Pwd55xyz", reason.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task JSON_that_says_it_is_a_form_is_not_kept_as_a_name()
    {
        using var refused = await PostAsync("/open/oauth/2.0/token", """{"grant_type":"password","password":"LeakedPw77!"}""");
        var entry = await Http.GetStringAsync(refused.Headers.GetValues("Yaopai-Explain").Single());

        Assert.DoesNotContain("LeakedPw77", entry, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, true)]
    public async Task A_signature_is_explained_by_the_string_that_the_caller_seems_to_have_signed(bool ampersands, bool isKnown)
    {
        var caller = new OpenCaller(fixture.Server);
        var now = OpenCaller.Now();
        var between = ampersands ? "&" : "|";
        var sign = Md5($"client_id={caller.ClientId}{between}timestamp={now}{between}uid=1{caller.App.ClientSecret}");

        var reason = await ReasonOfAsync(await PostAsync(
            "/open/rest/2.0/passport/users/isAppUser", $"client_id={caller.ClientId}&uid=1&timestamp={now}&sign={sign}"));

        Assert.Equal($"client_id={caller.ClientId}timestamp={now}uid=1", reason.GetProperty("base_string").GetString());
        Assert.Equal(
            isKnown ? $"client_id={caller.ClientId}&timestamp={now}&uid=1" : null, reason.GetProperty("actual").GetString());
        Assert.Equal(isKnown, reason.GetProperty("first_difference").ValueKind is JsonValueKind.Object);
        Assert.DoesNotContain(caller.App.ClientSecret, reason.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_success_is_kept_with_its_tokens_masked()
    {
        using var response = await PostAsync(Token, $"grant_type=client_credentials&client_id=100000001&client_secret={Secret}");
        var token = (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("access_token").GetString()!;

        var entry = (await ListAsync("operation=token&status=200&limit=1"))[0];

        Assert.False(response.Headers.Contains("Yaopai-Explain"));
        Assert.Equal(JsonValueKind.Null, entry.GetProperty("refusal").ValueKind);
        Assert.Contains($"{token[..6]}… ({token.Length} characters)", entry.GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain(token, entry.GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, entry.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_list_is_narrowed_and_goes_on_page_by_page()
    {
        for (var i = 0; i < 3; i++)
            using (await PostAsync(Token, "grant_type=page"))
            {
            }

        var first = await Http.GetFromJsonAsync<JsonElement>("/sandbox/requests?surface=huawei&code=*&limit=2");
        var second = await Http.GetFromJsonAsync<JsonElement>(first.GetProperty("next").GetString());

        var numbers = Numbers(first).Concat(Numbers(second)).ToList();
        Assert.True(numbers.Count >= 3);
        Assert.Equal(numbers.OrderDescending(), numbers);
        Assert.Empty(await ListAsync("client_id=200000001&since=PT1S&until=PT0S&operation=huawei.token"));
        Assert.Empty(await ListAsync("status=599"));

        static IEnumerable<long> Numbers(JsonElement page) =>
            page.GetProperty("requests").EnumerateArray().Select(entry => entry.GetProperty("number").GetInt64());
    }

    [Theory]
    [InlineData("client_id=demo", "client_id:")]
    [InlineData("world=w1", "world:")]
    [InlineData("limit=0", "limit:")]
    [InlineData("limit=501", "limit:")]
    [InlineData("status=20", "status:")]
    [InlineData("since=yesterday", "since")]
    [InlineData("before=x", "before:")]
    [InlineData("clientid=1", "clientid is no filter")]
    public async Task A_filter_that_cannot_be_used_is_said_so(string query, string expected)
    {
        foreach (var path in new[] { "/sandbox/requests", "/sandbox/requests/stream" })
        {
            using var response = await Http.GetAsync($"{path}?{query}");

            Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
            Assert.Contains(expected, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task New_requests_arrive_as_events_with_the_same_filters()
    {
        using var stream = await Http.GetAsync(
            "/sandbox/requests/stream?operation=huawei.token&code=*", HttpCompletionOption.ResponseHeadersRead);
        using var lines = new StreamReader(await stream.Content.ReadAsStreamAsync());
        Assert.Equal(": listening", await lines.ReadLineAsync());

        using (await Http.GetAsync("/huawei/oauth2/v3/authorize"))
        {
        }

        using var refused = await PostAsync(Token, "grant_type=event");
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        string? line;
        do
            line = await lines.ReadLineAsync(patience.Token);
        while (line?.StartsWith("data: ", StringComparison.Ordinal) is false);

        Assert.Equal("text/event-stream", stream.Content.Headers.ContentType?.MediaType);
        Assert.Equal(
            refused.Headers.GetValues("X-Request-Id").Single(),
            JsonDocument.Parse(line!["data: ".Length..]).RootElement.GetProperty("id").GetString());
    }

    [Fact]
    public async Task Whoever_comes_back_gets_what_was_missed()
    {
        using (await PostAsync(Token, "grant_type=missed"))
        {
        }

        var number = (await ListAsync("limit=1"))[0].GetProperty("number").GetInt64();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/sandbox/requests/stream");
        request.Headers.Add("Last-Event-ID", $"{number - 1}");
        using var stream = await Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        using var lines = new StreamReader(await stream.Content.ReadAsStreamAsync());

        Assert.Equal(": listening", await lines.ReadLineAsync());
        Assert.Equal("", await lines.ReadLineAsync());
        Assert.Equal($"id: {number}", await lines.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public async Task A_server_that_stops_ends_its_streams()
    {
        await using var engine = new OnSqlite();
        await engine.InitializeAsync();
        var server = await TestServer.StartAsync(engine);
        using var http = new HttpClient { BaseAddress = server.Address };
        using var stream = await http.GetAsync("/sandbox/requests/stream", HttpCompletionOption.ResponseHeadersRead);
        var all = stream.Content.ReadAsStringAsync();

        await server.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30));

        Assert.StartsWith(": listening", await all.WaitAsync(TimeSpan.FromSeconds(30)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_removed_is_gone_and_an_unknown_id_is_said_to_be_one()
    {
        await using var engine = new OnSqlite();
        await engine.InitializeAsync();
        await using var server = await TestServer.StartAsync(engine);
        using var refused = await server.Http.GetAsync("/huawei/oauth2/v3/authorize");
        var address = refused.Headers.GetValues("Yaopai-Explain").Single();

        using var removed = await server.Http.DeleteAsync("/sandbox/requests");
        using var gone = await server.Http.GetAsync(address);

        Assert.Equal(HttpStatusCode.NoContent, removed.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
    }

    [Fact]
    public async Task With_the_journal_off_nothing_is_kept_and_no_answer_names_an_address()
    {
        await using var engine = new OnSqlite();
        await engine.InitializeAsync();
        await using var server = await TestServer.StartAsync(engine, ("Journal:Enabled", "false"));
        using var refused = await server.Http.GetAsync("/huawei/oauth2/v3/authorize");
        using var list = await server.Http.GetAsync("/sandbox/requests");

        Assert.False(refused.Headers.Contains("Yaopai-Explain"));
        Assert.Equal(HttpStatusCode.NotFound, list.StatusCode);
        Assert.Contains("Journal:Enabled", await list.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(0, server.Get<RequestJournal>().Count);
    }

    [Fact]
    public async Task Outside_the_sandbox_no_request_meets_an_observer()
    {
        await using var engine = new OnSqlite();
        await engine.InitializeAsync();
        await using var server = await TestServer.StartAsync(engine, ("environment", "Production"));
        using var refused = await server.Http.GetAsync("/huawei/oauth2/v3/authorize");

        Assert.Empty(server.GetAll<ICallObserver>());
        Assert.False(refused.Headers.Contains("Yaopai-Explain"));
        Assert.Equal(HttpStatusCode.NotFound, (await server.Http.GetAsync("/sandbox/requests")).StatusCode);
    }

    [Fact]
    public async Task The_file_has_a_line_for_each_request_and_is_renamed_when_it_is_full()
    {
        var folder = Directory.CreateTempSubdirectory();
        var file = Path.Combine(folder.FullName, "requests.jsonl");
        await using (var engine = new OnSqlite())
        {
            await engine.InitializeAsync();
            await using var server = await TestServer.StartAsync(
                engine, ("environment", "Production"), ("Journal:Enabled", "true"), ("Journal:File", file),
                ("Journal:FileMaxBytes", $"{64 * 1024}"));
            for (var i = 0; i < 200; i++)
                using (await server.Http.GetAsync($"/huawei/oauth2/v3/authorize?client_id=1&client_secret={Wrong}&i={i}"))
                {
                }
        }

        var lines = await File.ReadAllLinesAsync(file);
        Assert.InRange(new FileInfo(file).Length, 1, 64 * 1024);
        Assert.InRange(new FileInfo(JournalFile.Previous(file)).Length, 1, 64 * 1024);
        Assert.All(lines, line =>
            Assert.Equal("huawei.authorize", JsonDocument.Parse(line).RootElement.GetProperty("operation").GetString()));
        Assert.All(lines, line => Assert.DoesNotContain(Wrong, line, StringComparison.Ordinal));
        folder.Delete(recursive: true);
    }

    private static string Md5(string text) =>
        Convert.ToHexStringLower(System.Security.Cryptography.MD5.HashData(System.Text.Encoding.UTF8.GetBytes(text)));

    private async Task<HttpResponseMessage> PostAsync(string path, string form)
    {
        using var content = new StringContent(form, System.Text.Encoding.UTF8, "application/x-www-form-urlencoded");
        return await Http.PostAsync(path, content);
    }

    private async Task<IReadOnlyList<JsonElement>> ListAsync(string query) =>
        [.. (await Http.GetFromJsonAsync<JsonElement>($"/sandbox/requests?{query}")).GetProperty("requests").EnumerateArray()];

    private async Task<JsonElement> ReasonOfAsync(HttpResponseMessage refused)
    {
        using (refused)
        {
            var entry = await Http.GetFromJsonAsync<JsonElement>(refused.Headers.GetValues("Yaopai-Explain").Single());
            return entry.GetProperty("refusal").GetProperty("reason");
        }
    }
}
