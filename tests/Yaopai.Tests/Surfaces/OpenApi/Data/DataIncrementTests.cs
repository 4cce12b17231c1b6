using Yaopai.Tests.Http;
using Yaopai.Tests.Storage;

namespace Yaopai.Tests.Surfaces.OpenApi.Data;

public sealed class SqliteDataIncrementTests : DataIncrementContract<OnSqlite>;

public sealed class PostgresDataIncrementTests : DataIncrementContract<OnPostgres>
{
    [Theory, InlineData(false), InlineData(true)]
    public async Task A_hundred_at_once_on_two_nodes_add_up(bool isThere)
    {
        await using var one = await TestServer.StartAsync(Engine);
        await using var other = await TestServer.StartAsync(Engine);
        var (here, there) = (new DataCaller(one), new DataCaller(other));
        await BeginAsync(here, isThere);
        await there.TokensAsync(user: null);

        await ShouldAddUpAsync(caller => caller % 2 == 0 ? here : there, isThere);

        Assert.Equal(await ReadAsync(here), await ReadAsync(there));
    }
}

/// <summary>Whoever else increments the same number meanwhile, each caller is told a number of its own
/// and the last one is their sum.</summary>
public abstract class DataIncrementContract<TEngine> : IAsyncLifetime where TEngine : Engine, new()
{
    private const int Callers = 100;

    private protected TEngine Engine { get; } = new();

    public ValueTask InitializeAsync() => Engine.InitializeAsync();

    public ValueTask DisposeAsync() => Engine.DisposeAsync();

    [Theory, InlineData(false), InlineData(true)]
    public async Task A_hundred_at_once_add_up(bool isThere)
    {
        await using var server = await TestServer.StartAsync(Engine);
        var demo = new DataCaller(server);
        await BeginAsync(demo, isThere);

        await ShouldAddUpAsync(_ => demo, isThere);
    }

    private protected static async Task BeginAsync(DataCaller demo, bool isThere)
    {
        await demo.PrepareAsync();
        if (isThere)
            await demo.DoAsync("setHashValue", [("obj_type", "note"), ("key", "visits"), ("prop_name", "count"), ("value", "1000")]);
    }

    private protected static async Task ShouldAddUpAsync(Func<int, DataCaller> callerOf, bool isThere)
    {
        var before = isThere ? 1000 : 0;

        var after = await Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => callerOf(caller).ResultAsync(
            "incHashValue", ("obj_type", "note"), ("key", "visits"), ("prop_name", "count"))));

        Assert.Equal(Enumerable.Range(before + 1, Callers), after.Select(int.Parse!).Order());
        Assert.Equal($"{before + Callers}", await ReadAsync(callerOf(0)));
    }

    private protected static Task<string?> ReadAsync(DataCaller demo) =>
        demo.ResultAsync("getHashValue", ("obj_type", "note"), ("key", "visits"), ("prop_name", "count"));
}
