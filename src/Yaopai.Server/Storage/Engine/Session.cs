using System.Data.Common;
using Dapper;

namespace Yaopai.Server.Storage.Engine;

/// <summary>One use of the database: the statements that a store runs on it.</summary>
/// <param name="prepared">Gives commands that the connection keeps prepared; null where the driver does so by itself.</param>
/// <param name="lists">Writes <c>IN @list</c> as the engine does; null where each element is a parameter.</param>
internal sealed class Session(
    DbConnection connection, DbTransaction? transaction, DateTimeOffset now, CancellationToken ct,
    Func<string, DbCommand>? prepared = null, Func<string, string>? lists = null)
{
    static Session() => DefaultTypeMap.MatchNamesWithUnderscores = true;

    /// <summary>The wall clock of this node when the statements began to run.</summary>
    public DateTimeOffset Now => now;

    /// <summary>How far the clocks of two nodes may be apart.</summary>
    public TimeSpan ClockSkew { get; init; }

    /// <summary>True when other nodes should read the feed as soon as this is committed.</summary>
    public bool WakesOthers { get; private set; }

    /// <summary>What stores know for as long as the transaction lasts: each keeps its own kind of key.</summary>
    public IDictionary<object, object> Known => field ??= new Dictionary<object, object>();

    public Task<T?> FirstAsync<T>(string sql, object? parameters = null) where T : class =>
        connection.QueryFirstOrDefaultAsync<T>(Command(sql, parameters));

    public async Task<IReadOnlyList<T>> ListAsync<T>(string sql, object? parameters = null) =>
        (await connection.QueryAsync<T>(Command(sql, parameters))).AsList();

    /// <summary>For the hot path: the statement stays prepared, and its rows are read by hand.</summary>
    public async Task<IReadOnlyList<T>> HotListAsync<T>(string sql, (string Name, object Value)[] parameters, Func<DbDataReader, T> read)
    {
        var command = prepared?.Invoke(sql) ?? CreateCommand(sql);
        try
        {
            foreach (var (name, value) in parameters)
            {
                var parameter = command.CreateParameter();
                (parameter.ParameterName, parameter.Value) = (name, value);
                command.Parameters.Add(parameter);
            }

            var rows = new List<T>();
            await using var reader = await command.ExecuteReaderAsync(ct);
            while (await reader.ReadAsync(ct))
                rows.Add(read(reader));
            return rows;
        }
        finally
        {
            if (prepared is null)
                await command.DisposeAsync();
            else
                command.Parameters.Clear();
        }
    }

    /// <summary>The number of rows that were changed.</summary>
    public Task<int> ExecuteAsync(string sql, object? parameters = null) => connection.ExecuteAsync(Command(sql, parameters));

    public void WakeOthers() => WakesOthers = true;

    private DbCommand CreateCommand(string sql)
    {
        var command = connection.CreateCommand();
        (command.CommandText, command.Transaction) = (sql, transaction);
        return command;
    }

    private CommandDefinition Command(string sql, object? parameters) =>
        new(lists?.Invoke(sql) ?? sql, parameters, transaction, cancellationToken: ct);
}
