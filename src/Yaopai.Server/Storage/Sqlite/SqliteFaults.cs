using System.Diagnostics;
using Dapper;
using Microsoft.Data.Sqlite;
using Yaopai.Server.Storage.Engine;
using Yaopai.Server.Stores;

namespace Yaopai.Server.Storage.Sqlite;

/// <summary>Ways in which SQLite really fails.</summary>
internal static class SqliteFaults
{
    public static Task ProvokeAsync(StorageFault fault, SqliteReaders readers, TimeSpan timeout, CancellationToken ct) => fault switch
    {
        StorageFault.Down => DownAsync(),
        StorageFault.Slow => new PendingWrite<bool>().AnswerWithinAsync(timeout, ct),
        StorageFault.Error => readers.ReadAsync(connection => connection.Connection.ExecuteAsync("SELECT 1 FROM there_is_no_such_table")),
        StorageFault.Conflict => ConflictAsync(),
        _ => throw new UnreachableException(),
    };

    private static Task DownAsync()
    {
        var missing = Path.Combine(Path.GetTempPath(), $"yaopai-{Guid.NewGuid():n}", "yaopai.db");
        using var file = new SqliteFile(missing);
        using var connection = file.OpenToRead(TimeSpan.FromMilliseconds(1));
        return Task.CompletedTask;
    }

    private static Task ConflictAsync()
    {
        // A scratch database in memory: two connections want to write it.
        var scratch = new SqliteConnectionStringBuilder
        {
            DataSource = $"{Guid.NewGuid():n}",
            Mode = SqliteOpenMode.Memory,
            Cache = SqliteCacheMode.Shared,
            Pooling = false,
        };
        using var first = new SqlitePrepared(new(scratch.ToString()));
        using var second = new SqlitePrepared(new(scratch.ToString()));
        first.Connection.Open();
        second.Connection.Open();
        first.Execute("BEGIN IMMEDIATE");
        second.Execute("BEGIN IMMEDIATE");
        return Task.CompletedTask;
    }
}
