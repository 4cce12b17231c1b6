using Yaopai.Server.Gateway;
using Yaopai.Server.Keys;
using Yaopai.Tests.Http;
using Yaopai.Tests.Storage;
using Yaopai.Tests.Surfaces.Contract;
using Yaopai.Tests.Surfaces.HuaweiAccount;
using Yaopai.Tests.Surfaces.Identity;
using Yaopai.Tests.Surfaces.OpenApi.OAuth;
using Yaopai.Tests.Surfaces.WeLink;
using E = Yaopai.Errors.OperatorErrors.Keys;

namespace Yaopai.Tests.Hosting;

public sealed class SqliteLostKeysTests : LostKeysContract<OnSqlite>;

public sealed class PostgresLostKeysTests : LostKeysContract<OnPostgres>;

/// <summary>Rows of <c>stored_key</c> that the master key does not open, in the database itself.</summary>
public abstract class LostKeysContract<TEngine> : IAsyncLifetime where TEngine : Engine, new()
{
    private const int Sealing = 1, Identifier = 3;

    private readonly TEngine _engine = new();

    public async ValueTask InitializeAsync() => await _engine.InitializeAsync();

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Fact]
    public async Task Damaged_before_a_start_the_key_is_lost_by_itself_and_said_once()
    {
        Call[] calls;
        await using (var before = await TestServer.StartAsync(_engine))
            calls = await CallsAsync(before);

        await DamageAsync(Sealing);
        await using var server = await TestServer.StartAsync(_engine);
        foreach (var call in calls)
            await call.ShouldFailAsync(server, call.Token, Failure.KeyLost);

        // The others go on, and so do tokens of now.
        foreach (var call in await CallsAsync(server))
            Assert.True((await call.SendAsync(server, call.Token)).IsSuccessStatusCode);

        // A key that never was is no lost key: as without any damage.
        foreach (var call in calls)
        {
            var forged = await call.SendAsync(server, Forged(call.Token));
            Assert.NotEqual(500, (int)forged.StatusCode);
            var lost = await call.SendAsync(server, call.Token);
            Assert.NotEqual(await lost.Content.ReadAsStringAsync(), await forged.Content.ReadAsStringAsync());
        }

        await AssertIsDegradedAsync(server);
    }

    [Fact]
    public async Task Damaged_while_a_server_runs_the_key_serves_on_there()
    {
        await using var server = await TestServer.StartAsync(_engine);
        var calls = await CallsAsync(server);

        await DamageAsync(Sealing);
        foreach (var call in calls)
        {
            // A forgery makes the ring look, and what it finds breaks neither this call nor others.
            Assert.NotEqual(500, (int)(await call.SendAsync(server, Forged(call.Token))).StatusCode);
            Assert.True((await call.SendAsync(server, call.Token)).IsSuccessStatusCode);
        }

        await server.Get<KeyRing>().PrepareAsync(DateTimeOffset.UtcNow, default);
        await AssertIsDegradedAsync(server);
    }

    [Fact]
    public async Task A_lost_identifier_key_is_not_made_anew_and_what_needs_none_goes_on()
    {
        string token;
        await using (var before = await TestServer.StartAsync(_engine))
            token = (await new HuaweiCaller(before).SignInAsync()).Access;
        await DamageAsync(Identifier);
        await using var server = await TestServer.StartAsync(_engine);
        var huawei = new HuaweiCaller(server);

        await new Call(new HuaweiAccountCalls(), "GetInfo", token, (at, token) => new HuaweiCaller(at).GetInfoAsync(token))
            .ShouldFailAsync(server, token, Failure.KeyLost);
        Assert.True((await huawei.GetTokenInfoAsync(await huawei.AppTokenAsync())).IsSuccessStatusCode);
        await AssertIsDegradedAsync(server);
    }

    [Fact]
    public async Task A_row_that_is_brought_back_serves_again()
    {
        string token;
        await using (var before = await TestServer.StartAsync(_engine))
            token = (await new HuaweiCaller(before).SignInAsync()).Access;
        await _engine.ExecuteAsync("CREATE TABLE kept AS SELECT * FROM stored_key");
        await DamageAsync(Sealing);
        await using var server = await TestServer.StartAsync(_engine);
        Assert.Contains("degraded", await server.Http.GetStringAsync("/readyz"), StringComparison.Ordinal);

        await _engine.ExecuteAsync("UPDATE stored_key SET wrapped = "
            + "(SELECT wrapped FROM kept WHERE kept.kind = stored_key.kind AND kept.slot = stored_key.slot) "
            + "WHERE EXISTS (SELECT 1 FROM kept WHERE kept.kind = stored_key.kind AND kept.slot = stored_key.slot)");
        await server.Get<KeyRing>().PrepareAsync(DateTimeOffset.UtcNow, default);

        Assert.Equal("ready\n", await server.Http.GetStringAsync("/readyz"));
        Assert.True((await new HuaweiCaller(server).GetTokenInfoAsync(token)).IsSuccessStatusCode);
    }

    // Of bytea as of a blob: both read the text.
    private Task DamageAsync(int kind) => _engine.ExecuteAsync(
        $"UPDATE stored_key SET wrapped = {(_engine is OnSqlite ? "zeroblob(61)" : @"decode('00', 'hex')")} WHERE kind = {kind}");

    private static async Task AssertIsDegradedAsync(TestServer server)
    {
        var response = await server.Http.GetAsync("/readyz");
        Assert.Equal(
            (200, $"degraded: {E.KeyUnopened.Code}: 1 of the keys in the database does not open\n"),
            ((int)response.StatusCode, await response.Content.ReadAsStringAsync()));

        await server.Get<KeyRing>().PrepareAsync(DateTimeOffset.UtcNow, default);
        Assert.Single(server.Log.Lines, line => line.Contains(E.KeyUnopened.Code, StringComparison.Ordinal));
    }

    /// <summary>The same text with another key id: the four bytes after the header.</summary>
    private static string Forged(string token)
    {
        var at = token.IndexOf("Dg", StringComparison.Ordinal) + 6;
        return token[..at] + (token[at] is 'A' ? 'B' : 'A') + token[(at + 1)..];
    }

    private static async Task<Call[]> CallsAsync(TestServer server) =>
    [
        new(new HuaweiAccountCalls(), "GetTokenInfo", (await new HuaweiCaller(server).SignInAsync()).Access,
            (at, token) => new HuaweiCaller(at).GetTokenInfoAsync(token)),
        new(new OAuthCalls(), "TokenInfo", (await new OAuthCaller(server).SignInAsync()).Access,
            (at, token) => new OAuthCaller(at).TokenInfoAsync(token)),
        new(new IdentityCalls(), "Me", (await new IdentityCaller(server).SignInAsync()).Access,
            (at, token) => new IdentityCaller(at).MeAsync(token)),
        new(new WeLinkCalls(), "GetTenant", (await WeLinkCaller.OfAppAsync(server)).Token,
            (at, token) => new WeLinkCaller(at) { Token = token }.GetAsync("/api/tenant/v1/tenants")),
    ];

    private sealed record Call(SurfaceCalls Of, string Name, string Token, Func<TestServer, string, Task<HttpResponseMessage>> SendAsync)
    {
        public async Task ShouldFailAsync(TestServer server, string token, Failure failure) =>
            await Of.ShouldFailAsync(server, Of.Of(Name), await SendAsync(server, token), failure);
    }
}
