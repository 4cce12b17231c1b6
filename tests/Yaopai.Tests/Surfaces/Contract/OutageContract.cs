using System.Net.Http.Json;
using Microsoft.Extensions.Options;
using Yaopai.Server.Gateway;
using Yaopai.Server.Storage;
using Yaopai.Tests.Http;
using Yaopai.Tests.Storage;

namespace Yaopai.Tests.Surfaces.Contract;

/// <summary>A PostgreSQL of one class, for it is stopped and frozen.</summary>
public sealed class OwnPostgres : IAsyncLifetime
{
    internal PostgresServer Server { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Server = await PostgresServer.StartNewAsync();

    public ValueTask DisposeAsync()
    {
        Server.Dispose();
        return ValueTask.CompletedTask;
    }
}

/// <summary>A database that is stopped, and one that stands still: every operation says what is documented,
/// and recovers by itself.</summary>
public abstract class OutageContract<TCalls>(OwnPostgres postgres) : IClassFixture<OwnPostgres>, IAsyncLifetime
    where TCalls : SurfaceCalls, new()
{
    private static readonly TCalls s_calls = new();

    private readonly OnPostgres _engine = new(postgres.Server);

    protected Engine Engine => _engine;

    public ValueTask InitializeAsync() => _engine.InitializeAsync();

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Fact]
    public async Task A_stopped_database_is_unreachable()
    {
        await using var server = await TestServer.StartAsync(_engine, ("Storage:Timeout", "00:00:05"));
        var calls = await PrepareAsync(server);

        postgres.Server.Stop();
        try
        {
            await ShouldFailAsync(server, calls, Failure.StorageUnreachable);
            await Eventually.HoldsAsync(async () => (int)(await server.Http.GetAsync("/readyz")).StatusCode == 503);
        }
        finally
        {
            postgres.Server.Start();
        }

        await ShouldRecoverAsync(calls);
    }

    [Fact]
    public async Task A_database_that_stands_still_is_waited_for_no_longer_than_its_time_out()
    {
        await using var server = await TestServer.StartAsync(_engine, ("Storage:BreakAfter", "1000"));
        var calls = await PrepareAsync(server);
        var storage = server.Get<IOptions<StorageOptions>>().Value;
        var usual = storage.Timeout;

        postgres.Server.Freeze();
        try
        {
            storage.Timeout = TimeSpan.FromSeconds(0.3); // from here on: what came before may have taken longer
            await ShouldFailAsync(server, calls, Failure.StorageTimeout);
        }
        finally
        {
            postgres.Server.Thaw();
            storage.Timeout = usual;
        }

        await ShouldRecoverAsync(calls);
    }

    [Fact]
    public async Task A_request_whose_deadline_passes_is_told_so()
    {
        await using var server = await TestServer.StartAsync(_engine);
        var calls = await PrepareAsync(server);
        var gateway = server.Get<IOptions<GatewayOptions>>().Value;
        var usual = gateway.Deadline;

        postgres.Server.Freeze();
        try
        {
            gateway.Deadline = TimeSpan.FromSeconds(0.4);
            await ShouldFailAsync(server, calls, Failure.DeadlinePassed);
        }
        finally
        {
            postgres.Server.Thaw();
            gateway.Deadline = usual;
        }

        await ShouldRecoverAsync(calls);
    }

    private static async Task<IReadOnlyList<(GoodCall Call, Func<Task<HttpResponseMessage>> CallAsync)>> PrepareAsync(TestServer server)
    {
        var calls = new List<(GoodCall, Func<Task<HttpResponseMessage>>)>();
        foreach (var call in s_calls.All.OrderBy(call => call.IsGoodOnce)) // some take back what others stand on
            calls.Add((call, await SurfaceCalls.PrepareAsync(server, call)));
        return calls;
    }

    /// <summary>Each operation with cold caches, all at once; then those that only need keys,
    /// on a day whose keys are not there yet.</summary>
    private static async Task ShouldFailAsync(
        TestServer server, IReadOnlyList<(GoodCall Call, Func<Task<HttpResponseMessage>> CallAsync)> calls, Failure failure)
    {
        SurfaceCalls.ForgetEverything(server);
        await Task.WhenAll(calls.Where(one => !one.Call.NeedsKeysOnly).Select(CallAsync));

        await server.Http.PostAsJsonAsync("/sandbox/clock", new { advance = "P3D" });
        await Task.WhenAll(calls.Where(one => one.Call.NeedsKeysOnly).Select(CallAsync));
        await server.Http.DeleteAsync("/sandbox/clock");

        async Task CallAsync((GoodCall Call, Func<Task<HttpResponseMessage>> CallAsync) one) =>
            await s_calls.ShouldFailAsync(server, one.Call, await one.CallAsync(), failure);
    }

    private static async Task ShouldRecoverAsync(IReadOnlyList<(GoodCall Call, Func<Task<HttpResponseMessage>> CallAsync)> calls)
    {
        foreach (var (_, callAsync) in calls.Where(one => !one.Call.IsGoodOnce))
            await Eventually.HoldsAsync(async () => await (await callAsync()).CodeOfAsync() is "200 http 200" or "302 http 302");
    }
}
