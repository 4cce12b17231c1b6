using Yaopai.Server.Storage.Engine;

namespace Yaopai.Server.Storage.Sqlite;

/// <summary>One caller's part of a group. It fails alone: what it did is undone to its savepoint.</summary>
/// <param name="keep">Whether what was written stays, told by the answer; null for a single statement,
/// which undoes itself when it fails.</param>
internal sealed class SqliteWrite<T>(Func<SqlitePrepared, T> write, Func<T, bool>? keep) : PendingWrite<T>, ISqliteWrite
{
    private T? _answer;
    private Exception? _failure;

    public void Run(SqlitePrepared connection)
    {
        if (keep is not null)
            connection.Execute("SAVEPOINT one");

        var kept = false;
        try
        {
            _answer = write(connection);
            kept = keep is null || keep(_answer);
        }
        catch (Exception exception)
        {
            _failure = exception;
        }

        if (keep is not null)
            connection.Execute(kept ? "RELEASE one" : "ROLLBACK TO one; RELEASE one");
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
    void Run(SqlitePrepared connection);

    /// <summary>Called after the commit.</summary>
    void Acknowledge();
}
