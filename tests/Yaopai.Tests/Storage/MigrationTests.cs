using Yaopai.Server.Storage.Engine;
using Yaopai.Server.Storage.Sql.Accounts;
using Yaopai.Server.Storage.Sql.Credentials;

namespace Yaopai.Tests.Storage;

public sealed class SqliteMigrationTests : MigrationContract<EmptySqlite>;

public sealed class PostgresMigrationTests : MigrationContract<EmptyPostgres>;

public abstract class MigrationContract<TEngine> : IAsyncLifetime where TEngine : Engine, new()
{
    private readonly TEngine _engine = new();

    public async ValueTask InitializeAsync() => await _engine.CreateAsync(isBare: true);

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Fact]
    public async Task Ten_nodes_can_start_at_once_on_an_empty_database()
    {
        var nodes = Enumerable.Range(0, 10).Select(_ => _engine.Open()).ToArray();

        await Task.WhenAll(nodes.Select(node => Task.Run(() => node.MigrateAsync(default))));

        Assert.True(await new SqlUsedCodeStore(nodes[9]).TryUseAsync(1, Guid.NewGuid(), Samples.Noon, default));
        foreach (var node in nodes)
            await node.DisposeAsync();
    }

    [Fact]
    public async Task A_number_that_was_taken_after_a_later_one_is_applied_too()
    {
        await using var node = _engine.Open();
        await node.MigrateAsync(default);
        await _engine.ExecuteAsync("DROP TABLE real_name; DROP TABLE personal_data_use; ALTER TABLE app DROP COLUMN service_accounts; "
            + "DELETE FROM schema_version WHERE version = 4");

        await node.MigrateAsync(default);

        Assert.Null(await new SqlRealNameStore(node).FindAsync(1, default));
    }

    [Fact]
    public async Task A_database_newer_than_the_program_is_refused_with_both_versions()
    {
        await using var node = _engine.Open();
        await node.MigrateAsync(default);
        await _engine.ExecuteAsync("INSERT INTO schema_version (version, name, applied_at) VALUES (9999, 'later', 0)");

        var refusal = await Assert.ThrowsAsync<UnusableDatabaseException>(() => node.MigrateAsync(default));

        Assert.Contains("9999", refusal.Message, StringComparison.Ordinal);
    }
}

public sealed class MigrationListTests
{
    [Fact]
    public void Both_engines_have_the_same_migrations_counted_from_one()
    {
        var sqlite = Migration.Of("Sqlite");
        var postgres = Migration.Of("Postgres");

        Assert.NotEmpty(sqlite);
        Assert.Equal(sqlite.Select(migration => (migration.Version, migration.Name)),
            postgres.Select(migration => (migration.Version, migration.Name)));
        Assert.Equal(Enumerable.Range(1, sqlite.Count).Select(number => (long)number), sqlite.Select(migration => migration.Version));
    }
}
