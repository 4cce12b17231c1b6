using System.Buffers.Binary;
using System.Buffers.Text;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using Yaopai.Errors;
using Yaopai.Server.Hosting;
using Yaopai.Tests.Http;
using Yaopai.Tests.Storage;

namespace Yaopai.Tests.Sandbox;

public sealed class SeedFileTests : IDisposable
{
    private const string Key = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";

    private const string Whole = $$"""
        {
          "$schema": "http://127.0.0.1:7700/sandbox/seed.schema.json",
          "identifier_key": "{{Key}}",
          "users": [{ "id": 700001, "name": "laowang", "phone": "+8611136007000" }, { "name": "mainland", "nickname": "another" }],
          "apps": [{ "client_id": 700000001, "client_secret": "myOwnSecret1", "redirect_uris": ["http://localhost:3000/callback"] }],
          "tenants": [{ "domain": "acme", "members": [{ "user": "laowang", "admin": true }], "apps": [{ "client_id": "700000001" }] }],
          "friends": [{ "user": "laowang", "friend": "mainland" }],
          "clock": { "advance": "P180D", "apps": [{ "client_id": 700000001, "set": "2040-01-01T00:00:00Z" }] },
          "faults": [{ "target": "huawei.token", "error": "1101/12304", "client_id": 200000001, "times": 1 }]
        }
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("yaopai-seed-").FullName;

    public static TheoryData<string, string> Mistakes { get; } = new()
    {
        { """{"apps":[""", "line 1" },
        { """{"aps":[]}""", "aps" },
        { """{"apps":[{"client_id":"x"}]}""", "$.apps[0].client_id" },
        { """{"apps":[{},{"redirect_uris":["nowhere"]}]}""", "apps[1].redirect_uris[0]: must be" },
        { """{"users":[{"name":"one"},{"region":"CN"}]}""", "users[1].name: is missing" },
        { """{"users":[{"name":"one","phone":"+8611136000008"}]}""", "users[0].phone: +8611136000008 is bound" },
        { """{"tenants":[{"domain":"acme","members":[{"user":"nobody"}]}]}""", "tenants[0].members[0].user: there is nobody" },
        { """{"friends":[{"user":"mainland","friend":"nobody"}]}""", "friends[0].friend:" },
        { """{"clock":{"advance":"tomorrow"}}""", "clock: either" },
        { """{"faults":[{"target":"huawei.token"}]}""", "faults[0]." },
        { """{"identifier_key":"00"}""", "identifier_key: 64" },
    };

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task An_empty_database_begins_with_what_the_seed_says()
    {
        await using var engine = new EmptySqlite();
        await using var server = await StartAsync(engine, Whole);

        var clock = await server.Http.GetFromJsonAsync<JsonElement>("/sandbox/clock");
        Assert.Equal("P180D", clock.GetProperty("offset").GetString());
        Assert.StartsWith("2040-01-01T", clock.GetProperty("apps")[0].GetProperty("now").GetString(), StringComparison.Ordinal);
        Assert.Equal("another", await NicknameAsync(server));
        var friends = await server.Http.PostAsJsonAsync("/sandbox/friends", new { user = "laowang", friend = "russia", mutual = false });
        Assert.Equal("russia mainland", string.Join(' ', (await friends.JsonAsync()).GetProperty("friends").EnumerateArray()));

        var app = Own(server);
        var tokens = await (await app.ExchangeAsync(
            await app.CodeAsync("laowang", "openid", new { redirect_uri = "http://localhost:3000/callback" }),
            ("redirect_uri", "http://localhost:3000/callback"))).JsonAsync();
        var info = await (await app.GetInfoAsync(tokens.GetProperty("access_token").GetString()!)).JsonAsync();
        Assert.Equal(OpenIdOf(700000001, 700001), info.GetProperty("openID").GetString());
    }

    [Fact]
    public async Task Reset_goes_back_to_the_seed()
    {
        await using var engine = new EmptySqlite();
        await using var server = await StartAsync(engine, Whole);
        await server.Http.DeleteAsync("/sandbox/users/laowang");
        await server.Http.DeleteAsync("/sandbox/clock");
        await server.Http.DeleteAsync("/sandbox/faults");

        await server.Http.PostAsync("/sandbox/reset", null);

        Assert.Equal(HttpStatusCode.OK, (await server.Http.GetAsync("/sandbox/users/laowang")).StatusCode);
        Assert.Equal("another", await NicknameAsync(server));
        Assert.Equal("P180D", (await server.Http.GetFromJsonAsync<JsonElement>("/sandbox/clock")).GetProperty("offset").GetString());
        Assert.Single((await server.Http.GetFromJsonAsync<JsonElement>("/sandbox/faults")).GetProperty("faults").EnumerateArray());
    }

    [Fact]
    public async Task A_start_with_what_was_written_gives_the_same()
    {
        await using var engine = new EmptySqlite();
        await using var server = await StartAsync(engine, Whole);
        await server.Http.PostAsync("/sandbox/worlds", null); // not of it
        await server.Http.PostAsJsonAsync("/sandbox/apps", new { client_id = 700000002, @public = true, name = "public one" });
        await server.Http.PostAsJsonAsync(
            "/sandbox/apps", new { client_id = 700000003, client_secret = "unsignedSecret", signing = false });
        var written = await server.Http.GetStringAsync("/sandbox/seed");

        await using var another = new EmptySqlite();
        await using var copy = await StartAsync(another, written);

        Assert.Equal(Steady(written), Steady(await copy.Http.GetStringAsync("/sandbox/seed")));
        var unsigned = new HuaweiCaller(copy, new("own", 700000003, "unsignedSecret", "", DeveloperId: 0));
        await (await unsigned.GetTokenInfoAsync(await unsigned.AppTokenAsync())).ShouldSucceedAsync(HuaweiAccountErrors.GetTokenInfo.Ok);
    }

    [Fact]
    public async Task Without_the_demo_there_is_nobody_else()
    {
        await using var engine = new EmptySqlite();
        await using var server = await StartAsync(engine, """{"demo":false,"users":[{"name":"one"}],"apps":[{"client_id":1}]}""");

        var seed = JsonDocument.Parse(await server.Http.GetStringAsync("/sandbox/seed")).RootElement;

        var shown = await server.Http.GetFromJsonAsync<JsonElement>("/sandbox");
        Assert.Equal("1", Assert.Single(shown.GetProperty("apps").EnumerateArray()).GetProperty("client_id").GetString());
        Assert.Equal("one", Assert.Single(seed.GetProperty("users").EnumerateArray()).GetProperty("name").GetString());
        Assert.Equal("1", Assert.Single(seed.GetProperty("apps").EnumerateArray()).GetProperty("client_id").GetString());
    }

    [Fact]
    public async Task It_is_written_when_the_server_stops_for_its_owner_alone()
    {
        var file = Path.Combine(_folder, "exit.json");
        await using (var engine = new EmptySqlite())
            await (await StartAsync(engine, Whole, ("Sandbox:ExportOnExit", file))).DisposeAsync();

        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        Assert.Contains("laowang", await File.ReadAllTextAsync(file), StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Mistakes))]
    public async Task A_mistake_stops_the_start_and_is_named(string seed, string named)
    {
        await using var engine = new EmptySqlite();

        var failure = await Assert.ThrowsAnyAsync<Exception>(() => StartAsync(engine, seed));

        var complaint = StartupFailures.Explain(failure)!.ToString();
        Assert.Contains("seed.json", complaint, StringComparison.Ordinal);
        Assert.Contains(named, complaint, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", complaint, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_seed_that_was_mended_counts_at_the_next_start()
    {
        await using var engine = new EmptySqlite();
        await Assert.ThrowsAnyAsync<Exception>(() => StartAsync(engine, """{"apps":[{"client_id":1},{"redirect_uris":["nowhere"]}]}"""));

        await using var server = await TestServer.StartAsync(engine, ("Sandbox:Seed", await WriteAsync(Whole)));
        Assert.Equal(HttpStatusCode.OK, (await server.Http.GetAsync("/sandbox/apps/700000001")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await server.Http.GetAsync("/sandbox/apps/1")).StatusCode);
    }

    [Fact]
    public async Task The_schema_takes_the_demos_own_seed_and_no_slip_of_the_pen()
    {
        await using var engine = new OnSqlite();
        await engine.InitializeAsync();
        await using var server = await TestServer.StartAsync(engine);
        var schema = JsonDocument.Parse(await server.Http.GetStringAsync("/sandbox/seed.schema.json")).RootElement;

        Assert.Equal("https://json-schema.org/draft/2020-12/schema", schema.GetProperty("$schema").GetString());
        Assert.Null(JsonSchema.FaultOf(schema, await server.Http.GetStringAsync("/sandbox/seed")));
        Assert.Null(JsonSchema.FaultOf(schema, Whole));
        Assert.Equal("$.aps", JsonSchema.FaultOf(schema, """{"aps":[]}"""));
        Assert.Equal("$.apps[0].redirect_uris", JsonSchema.FaultOf(schema, """{"apps":[{"redirect_uris":"https://app.example/"}]}"""));
        Assert.Equal("$.users[0].id", JsonSchema.FaultOf(schema, """{"users":[{"id":"x"}]}"""));
    }

    private async Task<TestServer> StartAsync(EmptySqlite engine, string seed, params (string Key, string Value)[] settings)
    {
        await engine.InitializeAsync();
        return await TestServer.StartAsync(engine, [("Sandbox:Seed", await WriteAsync(seed)), .. settings]);
    }

    private async Task<string> WriteAsync(string seed)
    {
        var file = Path.Combine(_folder, "seed.json");
        await File.WriteAllTextAsync(file, seed);
        return file;
    }

    private static HuaweiCaller Own(TestServer server) =>
        new(server, new("own", 700000001, "myOwnSecret1", "http://localhost:3000/callback", DeveloperId: 0));

    private static async Task<string?> NicknameAsync(TestServer server) =>
        (await server.Http.GetFromJsonAsync<JsonElement>("/sandbox/users/mainland")).GetProperty("nickname").GetString();

    private static string OpenIdOf(long appId, long userId)
    {
        byte[] data = [.. "open id\0"u8, .. new byte[16]];
        BinaryPrimitives.WriteInt64BigEndian(data.AsSpan(8), appId);
        BinaryPrimitives.WriteInt64BigEndian(data.AsSpan(16), userId);
        return Base64Url.EncodeToString(HMACSHA256.HashData(Convert.FromHexString(Key), data))[..28];
    }

    /// <summary>Without the clock, which goes on.</summary>
    private static string Steady(string seed) =>
        string.Join('\n', seed.Split('\n').Where(line => !line.Contains("\"advance\"", StringComparison.Ordinal)));
}
