namespace Yaopai.Server.Storage.Sqlite;

/// <summary>One caller's part of a group. It fails alone: what it did is undone to its savepoint.</summary>
/// <param name="keep">Whether what was written stays, told by the answer.</param>
internal sealed class SqliteWrite<T>(Func<SqliteWriteConnection, T> write, Func<T, bool> keep) : Waiting<T>, ISqliteWrite
{
    private T? _answer;
    private Exception? _failure;

    public void Run(SqliteWriteConnection connection)
    {
        connection.Execute("SAVEPOINT one");
        try
        {
            _answer = write(connection);
            if (!keep(_answer))
                connection.Execute("ROLLBACK TO one");
        }
        catch (Exception exception)
        {
            _failure = exception;
            connection.Execute("ROLLBACK TO one");
        }

        connection.Execute("RELEASE one");
    }

    public void Acknowledge()
    {
        if (_failure is null)
            Answer(_answer!);
        else
            Fail(_failure);
    }
}

/// <summary>What the writer does with each of a group.</summary>
internal interface ISqliteWrite
{
    void Run(SqliteWriteConnection connection);

    /// <summary>Called after the commit.</summary>
    void Acknowledge();
}
