using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Yaopai.Server.Storage.Sqlite;

/// <summary>A connection with the commands that it keeps prepared.</summary>
internal sealed class SqlitePrepared(SqliteConnection connection) : IDisposable
{
    private readonly Dictionary<string, SqliteCommand> _prepared = [];

    public SqliteConnection Connection => connection;

    /// <summary>The connection for statements that are given with their parameters each time.</summary>
    public SqliteReuse Reuse { get; } = new(connection);

    /// <summary>The command for this text, prepared once; each use sets the parameters anew.</summary>
    public SqliteCommand Prepared(string sql)
    {
        if (!_prepared.TryGetValue(sql, out var command))
        {
            command = connection.CreateCommand();
            command.CommandText = sql;
            _prepared.Add(sql, command);
        }

        return command;
    }

    /// <summary>Runs a statement that stays prepared. The number of rows that were changed.</summary>
    public int Run(string sql, params ReadOnlySpan<(string Name, object Value)> parameters) =>
        Bind(Prepared(sql), parameters).ExecuteNonQuery();

    /// <summary>Runs a statement that stays prepared. The first value that it returns, null when it returns none.</summary>
    public object? Scalar(string sql, params ReadOnlySpan<(string Name, object Value)> parameters) =>
        Bind(Prepared(sql), parameters).ExecuteScalar();

    /// <summary>Runs a statement without the driver's own retries, which sleep.</summary>
    public void Execute(string sql)
    {
        var result = raw.sqlite3_exec(connection.Handle, sql);
        if (result != raw.SQLITE_OK)
            throw new SqliteException(
                raw.sqlite3_errmsg(connection.Handle).utf8_to_string(), result, raw.sqlite3_extended_errcode(connection.Handle));
    }

    /// <summary>Writes the log back to the file, and makes it empty. False when readers needed it for longer than this.</summary>
    /// <param name="busy">What the connection is patient for otherwise.</param>
    public bool TryEmptyLog(TimeSpan patience, TimeSpan busy)
    {
        raw.sqlite3_busy_timeout(connection.Handle, (int)patience.TotalMilliseconds);
        var result = raw.sqlite3_wal_checkpoint_v2(connection.Handle, "main", raw.SQLITE_CHECKPOINT_TRUNCATE, out _, out _);
        raw.sqlite3_busy_timeout(connection.Handle, (int)busy.TotalMilliseconds);
        return result == raw.SQLITE_OK;
    }

    private static SqliteCommand Bind(SqliteCommand command, ReadOnlySpan<(string Name, object Value)> parameters)
    {
        for (var i = 0; i < parameters.Length; i++)
        {
            if (command.Parameters.Count == i)
                command.Parameters.Add(new SqliteParameter { ParameterName = parameters[i].Name });
            command.Parameters[i].Value = parameters[i].Value;
        }

        return command;
    }

    public void Dispose()
    {
        foreach (var command in _prepared.Values)
            command.Dispose();
        Reuse.Dispose();
        connection.Dispose();
    }
}
