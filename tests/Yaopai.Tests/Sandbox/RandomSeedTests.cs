using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Yaopai.Server.Sandbox;
using Yaopai.Tests.Http;
using Yaopai.Tests.Storage;

namespace Yaopai.Tests.Sandbox;

/// <summary>Chance that repeats itself under a seed.</summary>
public sealed class RandomSeedTests
{
    private static readonly (string, string)[] s_seeded =
        [("Sandbox:RandomSeed", "of this test"), ("Sandbox:StoppedAt", "2026-01-01T00:00:00Z")];

    private static string Secret => DemoData.Apps[0].ClientSecret;

    /// <summary>Of the demo app, on two surfaces.</summary>
    private static readonly (string What, Func<TestServer, Task<string>> DrawAsync)[] s_draws =
    [
        ("code", CodeAsync),
        ("tokens", async server => await TokensAsync(server, await CodeAsync(server))),
        ("device code", server => PostFormAsync(server, "/huawei/oauth2/v3/device/code", "client_id=100000001&scope=profile")),
        ("app token", server => PostFormAsync(
            server, "/open/oauth/2.0/token", $"grant_type=client_credentials&client_id=100000001&client_secret={Secret}")),
        ("app", async server =>
            await (await server.Http.PostAsJsonAsync("/sandbox/apps", new { name = "mine" })).Content.ReadAsStringAsync()),
        ("world", async server => await (await server.Http.PostAsync("/sandbox/worlds", null)).Content.ReadAsStringAsync()),
    ];

    [Fact]
    public async Task Ids_codes_and_tokens_of_a_fresh_server_repeat_under_the_same_seed()
    {
        var first = await DrawAllAsync(s_seeded);
        var second = await DrawAllAsync(s_seeded);
        Assert.Equal(first, second);
    }

    [Fact]
    public async Task Another_seed_draws_other_values()
    {
        var first = await DrawAllAsync(s_seeded);
        var other = await DrawAllAsync([.. s_seeded[1..], ("Sandbox:RandomSeed", "of another")]);
        Assert.All(first.Keys, what => Assert.NotEqual(first[what], other[what]));
    }

    [Fact]
    public async Task Ids_repeat_after_a_reset_and_what_was_issued_before_it_is_void()
    {
        await using var engine = new OnSqlite();
        await engine.InitializeAsync();
        await using var server = await TestServer.StartAsync(engine, s_seeded);
        var before = await UserCodeAsync(server);
        var code = await CodeAsync(server);
        Assert.NotEqual(before, await UserCodeAsync(server));

        await server.Http.PostAsync("/sandbox/reset", null);
        Assert.Equal(before, await UserCodeAsync(server));
        Assert.DoesNotContain("access_token", await TokensAsync(server, code));
        Assert.Contains("access_token", await TokensAsync(server, await CodeAsync(server)));
    }

    [Fact]
    public async Task A_world_with_a_seed_repeats_whatever_others_do_meanwhile()
    {
        await using var engine = new OnSqlite();
        await engine.InitializeAsync();
        await using var server = await TestServer.StartAsync(engine);
        var first = await InWorldAsync(server, between: () => Task.CompletedTask);
        var second = await InWorldAsync(server, between: async () =>
        {
            await UserCodeAsync(server);
            await server.Http.PostAsync("/sandbox/worlds", null);
        });
        Assert.Equal(first, second);
        Assert.NotEqual(await UserCodeAsync(server), await UserCodeAsync(server));
    }

    [Theory]
    [InlineData("")]
    [InlineData(201)]
    public async Task A_seed_of_a_world_is_a_short_text(object seed)
    {
        await using var engine = new OnSqlite();
        await engine.InitializeAsync();
        await using var server = await TestServer.StartAsync(engine);
        var text = seed is int length ? new string('s', length) : (string)seed;
        var answer = await server.Http.PostAsJsonAsync("/sandbox/worlds", new { random_seed = text });
        Assert.Equal(400, (int)answer.StatusCode);
        Assert.Contains("random_seed: 1 to 200 characters", await answer.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("Sandbox:RandomSeed", "guessable", "only in Development")]
    [InlineData("Sandbox:StoppedAt", "1999-12-31T00:00:00Z", "between the years 2000 and 9000")]
    public async Task No_server_starts_with_a_seed_that_could_harm_or_an_instant_out_of_range(string key, string value, string why)
    {
        await using var engine = new OnSqlite();
        await engine.InitializeAsync();
        var refused = await Assert.ThrowsAsync<OptionsValidationException>(() => TestServer.StartAsync(
            engine, (key, value), ("Sandbox:Enabled", "true"), ("environment", "Production"), ("Admin:Key", new string('k', 40))));
        Assert.Contains(why, refused.Message);
    }

    private static async Task<Dictionary<string, string>> DrawAllAsync((string, string)[] settings)
    {
        await using var engine = new EmptySqlite();
        await engine.InitializeAsync();
        await using var server = await TestServer.StartAsync(engine, settings);
        var drawn = new Dictionary<string, string>();
        foreach (var (what, drawAsync) in s_draws)
            drawn[what] = (await drawAsync(server)).Replace(server.Address.ToString(), "/", StringComparison.Ordinal);
        return drawn;
    }

    private static async Task<(string, string, string)> InWorldAsync(TestServer server, Func<Task> between)
    {
        var made = await (await server.Http.PostAsJsonAsync("/sandbox/worlds", new { random_seed = "mine" })).JsonAsync();
        var (id, app) = (made.GetProperty("id").GetString()!, made.GetProperty("apps")[0].GetProperty("client_id").GetString()!);
        await between();
        var code = await UserCodeAsync(server, app);
        await server.Http.DeleteAsync($"/sandbox/worlds/{id}");
        return (id, app, code);
    }

    private static async Task<string> UserCodeAsync(TestServer server, string app = "100000001") => JsonDocument.Parse(
        await PostFormAsync(server, "/huawei/oauth2/v3/device/code", $"client_id={app}&scope=profile"))
        .RootElement.GetProperty("user_code").GetString()!;

    private static async Task<string> CodeAsync(TestServer server)
    {
        var answer = await server.Http.PostAsJsonAsync(
            "/sandbox/authorize", new { surface = "huawei", client_id = "100000001", user = "mainland", scope = "profile" });
        return (await answer.JsonAsync()).GetProperty("code").GetString()!;
    }

    private static Task<string> TokensAsync(TestServer server, string code) => PostFormAsync(
        server, "/huawei/oauth2/v3/token",
        $"grant_type=authorization_code&client_id=100000001&client_secret={Secret}&redirect_uri=https://demo.example/callback&code="
        + Uri.EscapeDataString(code));

    private static async Task<string> PostFormAsync(TestServer server, string path, string form)
    {
        var answer = await server.Http.PostAsync(
            path, new StringContent(form, new System.Net.Http.Headers.MediaTypeHeaderValue("application/x-www-form-urlencoded")));
        return await answer.Content.ReadAsStringAsync();
    }
}
