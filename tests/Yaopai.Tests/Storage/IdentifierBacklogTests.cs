using Yaopai.Server.Consents;
using Yaopai.Server.Identifiers;
using Yaopai.Server.Storage.Engine;
using Yaopai.Server.Storage.Sql.Apps;
using Yaopai.Server.Storage.Sql.Consents;
using Yaopai.Server.Storage.Sql.Identifiers;

namespace Yaopai.Tests.Storage;

public sealed class SqliteIdentifierBacklogTests : IdentifierBacklogContract<EmptySqlite>;

public sealed class PostgresIdentifierBacklogTests : IdentifierBacklogContract<EmptyPostgres>;

/// <summary>A database with consents from before there was a way back from identifiers.</summary>
public abstract class IdentifierBacklogContract<TEngine> : IAsyncLifetime where TEngine : Engine, new()
{
    private const int People = 1200; // more than two slices

    private readonly TEngine _engine = new();

    public ValueTask InitializeAsync() => _engine.InitializeAsync();

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Fact]
    public async Task Older_consents_are_entered_once_whoever_does_it()
    {
        var apps = await AddConsentsAsync();
        await AgeAsync();

        await Task.WhenAll(Enumerable.Range(0, 3).Select(async _ =>
        {
            await using var node = _engine.Open();
            await new IdentifierIndex(Samples.Identifiers, new SqlIdentifierStore(node)).EnterBacklogAsync(default);
        }));

        Assert.Null(await new SqlIdentifierStore(_engine.Database).BacklogAsync(1, default));
        foreach (var app in apps)
            Assert.Equal(People, await KnownAsync(app));
    }

    [Fact]
    public async Task What_was_interrupted_goes_on_where_it_was()
    {
        await AddConsentsAsync();
        await AgeAsync();
        var store = new SqlIdentifierStore(_engine.Database);
        var first = (await store.BacklogAsync(100, default))!;
        await store.EnterAsync(
            [.. first.Select(it => IdentifierIndex.Enter(Samples.Identifiers, it.AccountId, it.AppId, it.DeveloperId))], default);

        var next = (await store.BacklogAsync(100, default))!;

        Assert.Equal(100, next.Count);
        Assert.Empty(next.Intersect(first));
    }

    [Fact]
    public async Task A_node_that_lags_behind_does_not_put_the_others_back()
    {
        await AddConsentsAsync();
        await AgeAsync();
        var store = new SqlIdentifierStore(_engine.Database);
        var all = (await store.BacklogAsync(200, default))!
            .Select(it => IdentifierIndex.Enter(Samples.Identifiers, it.AccountId, it.AppId, it.DeveloperId)).ToArray();
        await store.EnterAsync(all, default);
        await store.EnterAsync(all[..50], default);

        Assert.Equal((all[^1].AccountId, all[^1].AppId), await PositionAsync());
    }

    [Fact]
    public async Task An_empty_database_has_no_backlog() =>
        Assert.Null(await new SqlIdentifierStore(_engine.Database).BacklogAsync(1, default));

    private async Task<long[]> AddConsentsAsync()
    {
        var developer = Samples.NewId();
        var apps = new[] { Samples.NewApp(developer), Samples.NewApp(developer) };
        foreach (var app in apps)
            await new SqlAppStore(_engine.Database).TryAddAsync(app, default);

        var consents = new SqlConsentStore(_engine.Database, Samples.Identifiers);
        await Task.WhenAll(
            from account in Enumerable.Range(1, People)
            from app in apps
            select consents.PutAsync(new Consent(account, app.Id, [], null, Samples.Noon), default));
        return [.. apps.Select(app => app.Id)];
    }

    /// <summary>Back to before the tables, and forward again by the real migration.</summary>
    private async Task AgeAsync()
    {
        await _engine.ExecuteAsync("DROP TABLE open_id; DROP TABLE union_id; DROP TABLE identifier_backlog");
        var migration = Migration.Of(typeof(TEngine) == typeof(EmptySqlite) ? "Sqlite" : "Postgres").Single(it => it.Name is "open_ids");
        await _engine.ExecuteAsync(migration.Sql);
    }

    private async Task<int> KnownAsync(long app) =>
        (await new SqlIdentifierStore(_engine.Database).ListOpenIdsAsync(app, new(long.MinValue, 0), People + 1, default)).Count;

    private async Task<(long, long)> PositionAsync()
    {
        var rows = await _engine.Database.ReadAsync(session => session.HotListAsync(
            "SELECT account_id, app_id FROM identifier_backlog", [], row => (row.GetInt64(0), row.GetInt64(1))), default);
        return rows.Single();
    }
}
