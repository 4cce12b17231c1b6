using Microsoft.Extensions.Options;
using Yaopai.Server.Apps;
using Yaopai.Server.Storage;
using Yaopai.Tests.Http;
using Yaopai.Tests.Storage;
using E = Yaopai.Errors.OpenApiErrors.Api;

namespace Yaopai.Tests.Surfaces.OpenApi.Data;

/// <summary>A PostgreSQL that is stopped, stands still, or lets nobody write: each method says that its callers may try again, and they can.</summary>
public sealed class DataOutageTests : IAsyncLifetime, IDisposable
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
    public async Task A_stopped_database_is_a_database_error()
    {
        await using var server = await TestServer.StartAsync(_engine, ("Storage:Timeout", "00:00:05"));
        var calls = await PrepareAsync(server);

        _postgres.Stop();
        await ShouldFailAsync(server, calls);

        _postgres.Start();
        await ShouldRecoverAsync(calls);
    }

    [Fact]
    public async Task A_database_that_stands_still_is_a_database_error()
    {
        await using var server = await TestServer.StartAsync(_engine, ("Storage:BreakAfter", "1000"));
        var calls = await PrepareAsync(server);
        var storage = server.Get<IOptions<StorageOptions>>().Value;
        var patience = storage.Timeout;

        _postgres.Freeze();
        storage.Timeout = TimeSpan.FromSeconds(0.2); // from here on: what came before may have taken longer
        await ShouldFailAsync(server, calls);

        _postgres.Thaw();
        storage.Timeout = patience;
        await ShouldRecoverAsync(calls);
    }

    [Fact]
    public async Task Data_that_another_holds_too_long_is_a_database_error()
    {
        await using var server = await TestServer.StartAsync(_engine, ("Storage:BreakAfter", "1000"));
        var calls = await PrepareAsync(server);
        var storage = server.Get<IOptions<StorageOptions>>().Value;
        var patience = storage.Timeout;

        await using (await _engine.BlockDataOfAsync(100000001))
        {
            storage.Timeout = TimeSpan.FromSeconds(0.3);
            await (await calls["setHashValue"]()).ShouldBeAsync(E.DatabaseFailed);
            await (await calls["createObject"]()).ShouldBeAsync(E.DatabaseFailed);
        }

        storage.Timeout = patience;
        await ShouldRecoverAsync(calls);
    }

    private static async Task<IReadOnlyDictionary<string, Func<Task<HttpResponseMessage>>>> PrepareAsync(TestServer server)
    {
        var demo = new DataCaller(server);
        var (note, card) = await demo.PrepareAsync();
        await demo.TokensAsync("mainland");
        return GoodDataCalls.All.ToDictionary(good => good.Key, Func<Task<HttpResponseMessage>> (good) => () => demo.CallAsync(
            good.Key, GoodDataCalls.IsOfPeople(good.Key) ? "mainland" : null,
            [.. good.Value.Select(one => (one.Name, (string?)one.Value.Replace("{note}", note).Replace("{card}", card)))]));
    }

    private static async Task ShouldFailAsync(TestServer server, IReadOnlyDictionary<string, Func<Task<HttpResponseMessage>>> calls)
    {
        server.Get<AppDirectory>().Clear();
        foreach (var callAsync in calls.Values)
            await (await callAsync()).ShouldBeAsync(E.DatabaseFailed);
    }

    private static async Task ShouldRecoverAsync(IReadOnlyDictionary<string, Func<Task<HttpResponseMessage>>> calls)
    {
        await Eventually.HoldsAsync(async () => await (await calls["getObject"]()).CodeOfAsync() is "200 http 200");
        await (await calls["createObject"]()).ShouldSucceedAsync(E.Ok);
    }
}
