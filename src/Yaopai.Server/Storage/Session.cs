using System.Data.Common;
using Dapper;

namespace Yaopai.Server.Storage;

/// <summary>One use of the database: the statements that a store runs on it.</summary>
internal sealed class Session(DbConnection connection, DbTransaction? transaction, DateTimeOffset now, CancellationToken ct)
{
    static Session() => DefaultTypeMap.MatchNamesWithUnderscores = true;

    /// <summary>The wall clock of this node when the statements began to run.</summary>
    public DateTimeOffset Now => now;

    /// <summary>True when other nodes should read the feed as soon as this is committed.</summary>
    public bool WakesOthers { get; private set; }

    public Task<T?> FirstAsync<T>(string sql, object? parameters = null) where T : class =>
        connection.QueryFirstOrDefaultAsync<T>(Command(sql, parameters));

    public async Task<IReadOnlyList<T>> ListAsync<T>(string sql, object? parameters = null) =>
        (await connection.QueryAsync<T>(Command(sql, parameters))).AsList();

    /// <summary>The result sets of several statements, in one round trip.</summary>
    public Task<SqlMapper.GridReader> ManyAsync(string sql, object? parameters = null) =>
        connection.QueryMultipleAsync(Command(sql, parameters));

    /// <summary>The number of rows that were changed.</summary>
    public Task<int> ExecuteAsync(string sql, object? parameters = null) => connection.ExecuteAsync(Command(sql, parameters));

    public void WakeOthers() => WakesOthers = true;

    private CommandDefinition Command(string sql, object? parameters) => new(sql, parameters, transaction, cancellationToken: ct);
}
