using Microsoft.Extensions.Options;
using Yaopai.Server.Accounts;
using Yaopai.Server.Apps;
using Yaopai.Server.Gateway;
using Yaopai.Server.Storage;
using Yaopai.Tests.Http;
using Yaopai.Tests.Storage;
using E = Yaopai.Errors.OpenApiErrors.Api;

namespace Yaopai.Tests.Surfaces.OpenApi;

/// <summary>A PostgreSQL that is stopped, and one that stands still: every method is unavailable, quickly, and recovers by itself.</summary>
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
    public async Task A_stopped_database_is_a_service_that_is_not_available()
    {
        await using var server = await TestServer.StartAsync(_engine, ("Storage:Timeout", "00:00:05"));
        var calls = await GoodCalls.PrepareAllAsync(server);

        _postgres.Stop();
        await ForEachAsync(server, calls, nameof(A_stopped_database_is_a_service_that_is_not_available));

        _postgres.Start();
        await RecoverAsync(calls);
    }

    [Fact]
    public async Task A_database_that_stands_still_is_a_service_that_is_not_available()
    {
        await using var server = await TestServer.StartAsync(_engine, ("Storage:BreakAfter", "1000"));
        var calls = await GoodCalls.PrepareAllAsync(server);
        var storage = server.Get<IOptions<StorageOptions>>().Value;
        var patience = storage.Timeout;

        _postgres.Freeze();
        storage.Timeout = TimeSpan.FromSeconds(0.3);
        await ForEachAsync(server, calls, nameof(A_database_that_stands_still_is_a_service_that_is_not_available));

        _postgres.Thaw();
        storage.Timeout = patience;
        await RecoverAsync(calls);
    }

    [Fact]
    public async Task A_request_whose_deadline_passes_is_told_so_in_the_same_words()
    {
        await using var server = await TestServer.StartAsync(_engine);
        var calls = await GoodCalls.PrepareAllAsync(server);
        var gateway = server.Get<IOptions<GatewayOptions>>().Value;
        var patience = gateway.Deadline;

        _postgres.Freeze();
        gateway.Deadline = TimeSpan.FromSeconds(0.4);
        await ForEachAsync(server, calls, nameof(A_request_whose_deadline_passes_is_told_so_in_the_same_words));

        _postgres.Thaw();
        gateway.Deadline = patience;
        await RecoverAsync(calls);
    }

    /// <summary>Each method with cold caches.</summary>
    private static async Task ForEachAsync(TestServer server, (string Operation, Func<Task<HttpResponseMessage>> CallAsync)[] calls, string test)
    {
        foreach (var (_, callAsync) in calls)
        {
            server.Get<AppDirectory>().Clear();
            server.Get<AccountDirectory>().Clear();
            await (await callAsync()).ShouldBeAsync(E.ServiceUnavailable, test);
        }
    }

    private static async Task RecoverAsync((string Operation, Func<Task<HttpResponseMessage>> CallAsync)[] calls)
    {
        foreach (var (_, callAsync) in calls.Where(call => !GoodCalls.Once.Contains(call.Operation)))
            await Eventually.HoldsAsync(async () => await (await callAsync()).CodeOfAsync() is "200 http 200");
    }
}
