using Yaopai.Server.Storage.Engine;

namespace Yaopai.Server.Storage.Sqlite;

/// <summary>The one place that writes: each group of waiting writes is one transaction with one commit.</summary>
internal sealed class SqliteWriter : IAsyncDisposable
{
    private static readonly TimeSpan s_forReaders = TimeSpan.FromMilliseconds(100);

    private readonly SqliteFile _file;
    private readonly TimeSpan _busy;
    private readonly GroupCommit<PendingWrite> _group;
    private SqlitePrepared? _connection;
    private volatile bool _emptiesLog;

    public SqliteWriter(SqliteFile file, TimeSpan busy, int most)
    {
        _file = file;
        _busy = busy;
        _group = new(most, WriteGroup, ownThread: true);
    }

    /// <param name="keep">Whether what was written stays, told by the answer; null for a single statement.</param>
    public Task<T> WriteAsync<T>(Func<SqlitePrepared, T> write, Func<T, bool>? keep, TimeSpan timeout, CancellationToken ct)
    {
        var waiting = new SqliteWrite<T>(write, keep);
        _group.Add(waiting);
        return waiting.AnswerWithinAsync(timeout, ct);
    }

    /// <summary>With the next commit, which this is. Where readers are in its way it is tried again after each that follows.</summary>
    public async Task EmptyLogAsync(TimeSpan timeout, CancellationToken ct)
    {
        _emptiesLog = true;
        try
        {
            await WriteAsync(static _ => true, keep: null, timeout, ct);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // Nothing of the caller's is undone by it, and later commits try again.
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _group.DisposeAsync();
        _connection?.Dispose();
    }

    private Task WriteGroup(IReadOnlyList<PendingWrite> group)
    {
        try
        {
            _file.RequireInPlace(_busy);
            _connection ??= new(_file.OpenToWrite(_busy));
            _connection.Execute("BEGIN IMMEDIATE");
            foreach (var write in group)
                ((ISqliteWrite)write).Run(_connection);
            _connection.Execute("COMMIT");
            if (_emptiesLog)
                _emptiesLog = !_connection.TryEmptyLog(s_forReaders, _busy);
        }
        catch
        {
            // Closing undoes what was not committed; the next group begins afresh.
            _connection?.Dispose();
            _connection = null;
            throw;
        }

        foreach (var write in group)
            ((ISqliteWrite)write).Acknowledge();
        return Task.CompletedTask;
    }
}
