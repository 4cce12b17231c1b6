using Yaopai.Server.Stores;

namespace Yaopai.Server.Storage.Sql;

/// <summary>Lets the writes of an app take turns on this node, so that those that wait for each other hold
/// no connections meanwhile.</summary>
internal sealed class PerAppLock(TimeSpan patience)
{
    private readonly SemaphoreSlim[] _turns = [.. Enumerable.Range(0, 64).Select(_ => new SemaphoreSlim(1))];

    public async Task<T> TakeAsync<T>(long appId, Func<CancellationToken, Task<T>> write, CancellationToken ct)
    {
        var turn = _turns[(ulong)appId % (ulong)_turns.Length];
        if (!await turn.WaitAsync(patience, ct))
            throw new StorageException(StorageFailure.Timeout);

        try
        {
            return await write(ct);
        }
        finally
        {
            turn.Release();
        }
    }
}
