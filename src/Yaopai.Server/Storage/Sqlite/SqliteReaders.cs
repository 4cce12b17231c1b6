using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace Yaopai.Server.Storage.Sqlite;

/// <summary>Open connections that read: as many as there were readers at once.</summary>
internal sealed class SqliteReaders(SqliteFile file, TimeSpan busy) : IDisposable
{
    private readonly ConcurrentBag<SqliteConnection> _idle = [];
    private volatile bool _disposed;

    public async Task<T> ReadAsync<T>(Func<SqliteConnection, Task<T>> read)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (!_idle.TryTake(out var connection))
            connection = file.OpenToRead(busy);

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

    private void Return(SqliteConnection connection)
    {
        _idle.Add(connection);
        if (_disposed)
            Dispose();
    }
}
