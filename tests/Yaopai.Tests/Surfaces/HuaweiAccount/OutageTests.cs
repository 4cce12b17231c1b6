using System.Net.Http.Json;
using Microsoft.Extensions.Options;
using Yaopai.Server.Accounts;
using Yaopai.Server.Apps;
using Yaopai.Server.Gateway;
using Yaopai.Server.Storage;
using Yaopai.Tests.Http;
using Yaopai.Tests.Storage;

namespace Yaopai.Tests.Surfaces.HuaweiAccount;

/// <summary>A PostgreSQL that is stopped, and one that stands still: every operation says what the documents say, quickly, and recovers by itself.</summary>
public sealed class OutageTests : IAsyncLifetime, IDisposable
{
    private readonly PostgresServer _postgres = new();
    private OnPostgres _engine = null!;

    public async Task InitializeAsync()
    {
        _engine = new OnPostgres(_postgres);
        await _engine.InitializeAsync();
    }

    public async Task DisposeAsync() => await _engine.DisposeAsync();

    public void Dispose() => _postgres.Dispose();

    [Fact]
    public async Task A_stopped_database_is_a_bad_gateway()
    {
        await using var server = await TestServer.StartAsync(_engine, ("Storage:Timeout", "00:00:05"));
        var calls = await GoodCalls.PrepareAllAsync(server);

        _postgres.Stop();
        await ForEachAsync(server, calls, async (operation, response) =>
            await response.ShouldBeAsync(Definitions.Named($"{operation}.BadGateway")));
        await Eventually.HoldsAsync(async () => (int)(await server.Http.GetAsync("/readyz")).StatusCode == 503);

        _postgres.Start();
        await RecoverAsync(server, calls);
    }

    [Fact]
    public async Task A_database_that_stands_still_is_a_timeout_in_the_operations_own_words()
    {
        await using var server = await TestServer.StartAsync(_engine, ("Storage:BreakAfter", "1000"));
        var calls = await GoodCalls.PrepareAllAsync(server);
        var storage = server.Get<IOptions<StorageOptions>>().Value;
        var patience = storage.Timeout;

        _postgres.Freeze();
        storage.Timeout = TimeSpan.FromSeconds(0.3); // from here on: what came before may have taken longer
        await ForEachAsync(server, calls, async (operation, response) =>
            await response.ShouldBeAsync(Definitions.Named($"{operation}.{TimeoutOf(operation)}")));

        _postgres.Thaw();
        storage.Timeout = patience;
        await RecoverAsync(server, calls);
    }

    [Fact]
    public async Task A_request_whose_deadline_passes_is_a_gateway_timeout()
    {
        await using var server = await TestServer.StartAsync(_engine);
        var calls = await GoodCalls.PrepareAllAsync(server);

        var gateway = server.Get<IOptions<GatewayOptions>>().Value;
        var patience = gateway.Deadline;

        _postgres.Freeze();
        gateway.Deadline = TimeSpan.FromSeconds(0.4);
        await ForEachAsync(server, calls, async (operation, response) =>
            await response.ShouldBeAsync(Definitions.Named($"{operation}.GatewayTimeout")));

        _postgres.Thaw();
        gateway.Deadline = patience;
        await RecoverAsync(server, calls);
    }

    [Fact]
    public async Task A_server_that_starts_before_its_database_answers_and_is_ready_when_it_comes()
    {
        _postgres.Stop();
        var starting = TestServer.StartAsync(_engine, wait: false);
        await using var server = await starting;
        await (await server.Http.PostAsync("/huawei/oauth2/v3/token", null)).ShouldBeAsync(Definitions.Named("Token.BadGateway"));
        Assert.Equal(503, (int)(await server.Http.GetAsync("/readyz")).StatusCode);
        Assert.Equal(200, (int)(await server.Http.GetAsync("/healthz")).StatusCode);

        _postgres.Start();
        await Eventually.HoldsAsync(async () => (await server.Http.GetAsync("/readyz")).IsSuccessStatusCode);
        Assert.NotEmpty((await new HuaweiCaller(server).SignInAsync()).Access);
    }

    private static string TimeoutOf(string operation) => operation switch
    {
        "GetInfo" or "GetInfoPhone" => "NetworkInternal",
        "GetRiskLevel" => "InternalTimeout",
        _ => "GatewayTimeout",
    };

    /// <summary>Each operation with cold caches; those that only need keys on a day whose keys are not there yet.</summary>
    private static async Task ForEachAsync(
        TestServer server, (string Operation, Func<Task<HttpResponseMessage>> CallAsync)[] calls, Func<string, HttpResponseMessage, Task> check)
    {
        foreach (var (operation, callAsync) in calls)
        {
            server.Get<AppDirectory>().Clear();
            server.Get<AccountDirectory>().Clear();
            if (GoodCalls.NeedKeysOnly.Contains(operation))
                await server.Http.PostAsJsonAsync("/sandbox/clock", new { advance = "P3D" });

            await check(operation, await callAsync());
            await server.Http.DeleteAsync("/sandbox/clock");
        }
    }

    private static async Task RecoverAsync(TestServer server, (string Operation, Func<Task<HttpResponseMessage>> CallAsync)[] calls)
    {
        foreach (var (operation, callAsync) in calls.Where(call => !GoodCalls.Once.Contains(call.Operation)))
            await Eventually.HoldsAsync(async () => await (await callAsync()).CodeOfAsync() is "200 http 200" or "302 http 302");

        Assert.NotEmpty((await new HuaweiCaller(server).SignInAsync()).Access);
    }
}
