using System.Threading.Channels;

namespace Yaopai.Server.Queues;

/// <summary>Tells this node's <see cref="Lanes"/> of one queue that something may be due.</summary>
internal abstract class QueueSignal
{
    private readonly Channel<bool> _wakes = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Set() => _wakes.Writer.TryWrite(true);

    /// <summary>One item for each time, or for several that came close together.</summary>
    public IAsyncEnumerable<bool> AllAsync(CancellationToken ct) => _wakes.Reader.ReadAllAsync(ct);
}
