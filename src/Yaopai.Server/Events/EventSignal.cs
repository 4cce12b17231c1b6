using System.Threading.Channels;

namespace Yaopai.Server.Events;

/// <summary>Tells this node's sender that something may be due.</summary>
internal sealed class EventSignal
{
    private readonly Channel<bool> _wakes = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Set() => _wakes.Writer.TryWrite(true);

    /// <summary>One item for each time, or for several that came close together.</summary>
    public IAsyncEnumerable<bool> AllAsync(CancellationToken ct) => _wakes.Reader.ReadAllAsync(ct);
}
