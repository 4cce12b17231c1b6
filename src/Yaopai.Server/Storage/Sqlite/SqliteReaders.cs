using System.Collections.Concurrent;

namespace Yaopai.Server.Storage.Sqlite;

/// <summary>Open connections that read: as many as there were readers at once.</summary>
internal sealed class SqliteReaders(SqliteFile file, TimeSpan busy) : IDisposable
{
    private readonly ConcurrentBag<SqlitePrepared> _idle = [];
    private volatile bool _disposed;

    public async Task<T> ReadAsync<T>(Func<SqlitePrepared, Task<T>> read)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (!_idle.TryTake(out var connection))
            connection = new(file.OpenToRead(busy));

        try
        {
            var answer = await read(connection);
            Return(connection);
            return answer;
        }
        catch
        {
            connection.Dispose(); // whatever went wrong, the next reader begins afresh
            throw;
        }
    }

    public void Dispose()
    {
        _disposed = true;
        while (_idle.TryTake(out var connection))
            connection.Dispose();
    }

    private void Return(SqlitePrepared connection)
    {
        _idle.Add(connection);
        if (_disposed)
            Dispose();
    }
}
