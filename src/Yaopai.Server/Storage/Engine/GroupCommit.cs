using System.Threading.Channels;

namespace Yaopai.Server.Storage.Engine;

/// <summary>Takes what waits, has it done together, and lets a failure reach everyone in the group.</summary>
/// <remarks>A lone caller is taken at once: groups form while the group before is under way.</remarks>
internal sealed class GroupCommit<T> : IAsyncDisposable where T : PendingWrite
{
    private readonly Channel<T> _queue = Channel.CreateUnbounded<T>(new UnboundedChannelOptions { SingleReader = true });
    private readonly int _most;
    private readonly Func<IReadOnlyList<T>, Task> _write;
    private readonly bool _ownThread;
    private readonly Task _loop;

    /// <param name="write">Commits a group, then answers each of its members. What it throws fails them all.</param>
    /// <param name="ownThread">For a driver that blocks, so that it does not hold a thread of the pool.</param>
    public GroupCommit(int most, Func<IReadOnlyList<T>, Task> write, bool ownThread = false)
    {
        _most = most;
        _write = write;
        _ownThread = ownThread;
        _loop = ownThread
            ? Task.Factory.StartNew(LoopOnOwnThread, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)
            : Task.Run(LoopAsync);
    }

    public void Add(T write) => ObjectDisposedException.ThrowIf(!_queue.Writer.TryWrite(write), this);

    /// <summary>Takes no more, and returns when everything that waited is written.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _loop;
    }

    private async Task LoopAsync()
    {
        while (await _queue.Reader.WaitToReadAsync())
            await WriteGroupAsync();
    }

    private void LoopOnOwnThread()
    {
        while (_queue.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
            WriteGroupAsync().GetAwaiter().GetResult();
    }

    private async Task WriteGroupAsync()
    {
        var group = await GatherAsync();
        if (group.Count == 0)
            return;

        try
        {
            await _write(group);
        }
        catch (Exception exception)
        {
            foreach (var write in group)
                write.Fail(exception);
        }
    }

    private async ValueTask<List<T>> GatherAsync()
    {
        var group = new List<T>();
        for (var before = -1; group.Count > before && group.Count < _most;)
        {
            before = group.Count;
            while (group.Count < _most && _queue.Reader.TryRead(out var write))
            {
                if (!write.IsAbandoned)
                    group.Add(write);
            }

            // Those who were just answered may be about to ask again: as long as more keep coming, they are let come.
            if (_ownThread)
                Thread.Yield();
            else
                await Task.Yield();
        }

        return group;
    }
}
