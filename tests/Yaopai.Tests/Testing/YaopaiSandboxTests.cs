using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Yaopai.Server.Storage;
using Yaopai.Testing;
using Yaopai.Tests.Http;
using Yaopai.Tests.Storage;

namespace Yaopai.Tests.Testing;

/// <summary>The test host as a whole: its start, its end, and that several share nothing.</summary>
public sealed class YaopaiSandboxTests(ITestOutputHelper output) : IDisposable
{
    private const int Many = 12;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("yaopai-host-tests-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task It_has_an_address_an_app_and_people_and_signs_them_in()
    {
        await using var platform = await YaopaiSandbox.StartAsync();

        Assert.True(platform.Address.IsLoopback);
        Assert.Equal(("demo", "100000001"), (platform.App.Name, platform.App.ClientId));
        Assert.Equal($"{platform.Address}huawei/", $"{platform.AddressOf(YaopaiSurface.Huawei)}");
        var code = await platform.SignInAsync(platform.User("mainland"), "openid profile");
        Assert.NotNull((await ExchangeAsync(platform, code)).AccessToken);
    }

    [Fact]
    public async Task Many_at_once_share_neither_address_nor_clock_nor_keys_nor_people()
    {
        await using (await YaopaiSandbox.StartAsync()) // compiles what the others run
        {
        }

        var watch = Stopwatch.StartNew();
        await using (await YaopaiSandbox.StartAsync())
            output.WriteLine($"one: {watch.ElapsedMilliseconds} ms");
        watch.Restart();
        var platforms = await Task.WhenAll(Enumerable.Range(0, Many).Select(_ => YaopaiSandbox.StartAsync()));
        output.WriteLine($"{Many} at once: {watch.ElapsedMilliseconds} ms");
        try
        {
            Assert.Equal(Many, platforms.Select(platform => platform.Address).Distinct().Count());
            var start = new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);
            await Task.WhenAll(platforms.Select((platform, at) => platform.Clock.SetAsync(start.AddYears(at))));
            var years = await Task.WhenAll(platforms.Select(async platform => (await platform.Clock.NowAsync()).Year));
            Assert.Equal(Enumerable.Range(2030, Many), years);

            await platforms[0].CallAsync(HttpMethod.Post, "/sandbox/users", new { name = "laowang" });
            var unknown = await Assert.ThrowsAsync<YaopaiException>(
                () => platforms[1].CallAsync(HttpMethod.Get, "/sandbox/users/laowang"));
            Assert.Equal(HttpStatusCode.NotFound, unknown.Status);

            await platforms[1].Clock.SetAsync(start); // one time for both: only the keys differ
            var code = await platforms[0].SignInAsync(platforms[0].User("mainland"));
            Assert.Equal("1103/20153", (await ExchangeAsync(platforms[1], code)).Number);
            Assert.NotNull((await ExchangeAsync(platforms[0], code)).AccessToken);
        }
        finally
        {
            await Task.WhenAll(platforms.Select(platform => platform.DisposeAsync().AsTask()));
        }
    }

    [Fact]
    public async Task Its_end_frees_the_port_and_removes_the_files()
    {
        var platform = await YaopaiSandbox.StartAsync();
        var (address, folder) = (platform.Address, platform.Host!.Folder);
        Assert.True(File.Exists(Path.Combine(folder, "yaopai.db")));

        await platform.DisposeAsync();

        Assert.False(Directory.Exists(folder));
        using var socket = new TcpClient();
        await Assert.ThrowsAsync<SocketException>(() => socket.ConnectAsync(address.Host, address.Port));
    }

    [Fact]
    public async Task It_ends_at_once_though_somebody_listens_to_the_journal()
    {
        var platform = await YaopaiSandbox.StartAsync();
        using var listener = new HttpClient { BaseAddress = platform.Address };
        using var stream = await listener.GetAsync("/sandbox/requests/stream", HttpCompletionOption.ResponseHeadersRead);
        var folder = platform.Host!.Folder;

        await platform.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30));

        Assert.False(Directory.Exists(folder));
    }

    /// <summary>LongTimeouts sets this variable for every server of this process that reads the environment.</summary>
    [Fact]
    public async Task Variables_of_the_process_do_not_reach_it()
    {
        Assert.Equal("00:00:30", Environment.GetEnvironmentVariable("YAOPAI_Storage__Timeout"));

        await using var platform = await YaopaiSandbox.StartAsync();

        Assert.Equal(new StorageOptions().Timeout, Storage(platform).Timeout);
    }

    [Fact]
    public async Task Settings_reach_it()
    {
        await using var platform = await YaopaiSandbox.StartAsync(new YaopaiSandboxOptions
        {
            Settings = new Dictionary<string, string> { ["Storage:Timeout"] = "00:00:07" },
        });

        Assert.Equal(TimeSpan.FromSeconds(7), Storage(platform).Timeout);
    }

    [Theory]
    [InlineData("Storage:Timeuot", "00:00:05", "Did you mean --Storage:Timeout?")]
    [InlineData("Storage:Timeout", "soon", "Storage:Timeout")]
    [InlineData("Storage:Timeout", "01:00:00", "Timeout")]
    public async Task A_setting_that_cannot_be_used_stops_the_start_and_is_named(string name, string value, string said)
    {
        var refused = await Assert.ThrowsAsync<YaopaiException>(() => YaopaiSandbox.StartAsync(new YaopaiSandboxOptions
        {
            Settings = new Dictionary<string, string> { [name] = value },
        }));

        Assert.Contains(said, refused.Message, StringComparison.Ordinal);
        Assert.Equal(0, Environment.ExitCode); // the program is not the host's
    }

    [Fact]
    public async Task It_begins_with_a_seed()
    {
        await using var platform = await YaopaiSandbox.StartAsync(new YaopaiSandboxOptions
        {
            Seed = Write("""{"demo":false,"users":[{"name":"laowang"}],"apps":[{"client_id":700000001,"client_secret":"myOwnSecret1"}]}"""),
        });

        Assert.Equal(("700000001", "myOwnSecret1"), (platform.App.ClientId, platform.App.ClientSecret));
        Assert.NotNull((await ExchangeAsync(platform, await platform.SignInAsync(platform.User("laowang")))).AccessToken);
    }

    [Fact]
    public async Task A_seed_that_cannot_be_used_stops_the_start_and_says_where()
    {
        var refused = await Assert.ThrowsAsync<YaopaiException>(() => YaopaiSandbox.StartAsync(new YaopaiSandboxOptions
        {
            Seed = Write("""{"apps":[{"redirect_uris":["nowhere"]}]}"""),
        }));

        Assert.Contains("apps[0].redirect_uris[0]", refused.Message, StringComparison.Ordinal);
        Assert.Equal(0, Environment.ExitCode);
    }

    [Fact]
    public async Task Its_log_goes_where_it_is_told()
    {
        var (lines, gate) = (new List<string>(), new Lock());
        await using (await YaopaiSandbox.StartAsync(new YaopaiSandboxOptions { Log = Add, LogLevel = LogLevel.Debug }))
            Assert.Contains(lines, line => line.StartsWith("Debug ", StringComparison.Ordinal));

        Assert.Contains(lines, line => line.StartsWith("Information ", StringComparison.Ordinal));

        void Add(string line)
        {
            lock (gate)
                lines.Add(line);
        }
    }

    [Fact]
    public async Task It_names_the_platform_as_issuer_and_on_demand_itself()
    {
        await using var usual = await YaopaiSandbox.StartAsync();
        await using var own = await YaopaiSandbox.StartAsync(new YaopaiSandboxOptions { IsOwnIssuer = true });

        Assert.Equal("https://accounts.huawei.com", await IssuerOfAsync(usual));
        Assert.Equal($"{own.Address}huawei", await IssuerOfAsync(own));
    }

    [Fact]
    public async Task One_that_runs_is_used_and_left_running()
    {
        await using var running = await YaopaiSandbox.StartAsync();

        await using (var platform = await YaopaiSandbox.ConnectAsync(running.Address))
        {
            await using var world = await platform.CreateWorldAsync();
            Assert.NotEqual(running.App.ClientId, world.App.ClientId);
        }

        Assert.Equal(HttpStatusCode.OK, (await running.Http.GetAsync("/readyz")).StatusCode);
    }

    [Fact]
    public async Task One_that_asks_for_a_key_is_shown_it()
    {
        const string Key = "a-key-for-this-test-alone";
        await using var engine = new OnSqlite();
        await engine.InitializeAsync();
        await using var running = await TestServer.StartAsync(
            engine, ("environment", "Production"), ("Sandbox:Enabled", "true"), ("Admin:Key", Key));

        await using (var platform = await YaopaiSandbox.ConnectAsync(running.Address, Key))
        await using (var world = await platform.CreateWorldAsync())
            Assert.NotNull((await ExchangeAsync(world, await world.SignInAsync(world.User("mainland")))).AccessToken);

        var refused = await Assert.ThrowsAsync<YaopaiException>(() => YaopaiSandbox.ConnectAsync(running.Address, "another"));
        Assert.Contains("the admin key", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reset_ends_worlds_and_their_end_is_no_error()
    {
        await using var platform = await YaopaiSandbox.StartAsync();
        await using var world = await platform.CreateWorldAsync();
        var code = await platform.SignInAsync(platform.User("mainland"));

        await platform.ResetAsync();

        Assert.NotNull((await ExchangeAsync(platform, code)).Number);
        Assert.Empty((await platform.CallAsync(HttpMethod.Get, "/sandbox/worlds")).GetProperty("worlds").EnumerateArray());
    }

    private static StorageOptions Storage(YaopaiSandbox platform) =>
        platform.Host!.Services.GetRequiredService<IOptions<StorageOptions>>().Value;

    private static async Task<string?> IssuerOfAsync(YaopaiSandbox platform) =>
        (await platform.Http.GetFromJsonAsync<JsonElement>("/huawei/.well-known/openid-configuration")).GetProperty("issuer").GetString();

    private string Write(string seed)
    {
        var path = Path.Combine(_folder.FullName, $"{Guid.NewGuid():n}.json");
        File.WriteAllText(path, seed);
        return path;
    }

    internal static async Task<(string? AccessToken, string? Number, HttpResponseMessage Response)> ExchangeAsync(
        YaopaiEnvironment at, YaopaiCode code)
    {
        using var http = new HttpClient { BaseAddress = at.Address };
        var response = await http.PostAsync("/huawei/oauth2/v3/token", new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "authorization_code",
            ["client_id"] = at.App.ClientId,
            ["client_secret"] = at.App.ClientSecret,
            ["code"] = code.Code,
        }));
        var json = await response.JsonAsync();
        return json.TryGetProperty("access_token", out var token)
            ? (token.GetString(), null, response)
            : (null, $"{json.GetProperty("error")}/{json.GetProperty("sub_error")}", response);
    }
}
