using System.Threading.Channels;
using Microsoft.Extensions.Options;

namespace Yaopai.Server.Journal;

/// <summary>The last requests with their answers, in memory: as many as the settings allow.</summary>
internal sealed class RequestJournal(IOptions<JournalOptions> options)
{
    /// <summary>Of entries that somebody who listens has not taken yet; then the oldest are dropped.</summary>
    private const int MostWaiting = 256;

    private readonly Lock _lock = new();
    private readonly Queue<JournalEntry> _entries = new();
    private readonly Dictionary<string, JournalEntry> _byId = new(StringComparer.Ordinal);
    private Channel<JournalEntry>[] _listeners = [];
    private long _lastNumber;
    private long _bytes;

    /// <summary>Whether requests are kept.</summary>
    public bool IsOn { get; } = options.Value.Enabled is not false;

    public int Count
    {
        get
        {
            lock (_lock)
                return _entries.Count;
        }
    }

    /// <summary>An entry whose answer is going to be written.</summary>
    public void Add(JournalEntry entry)
    {
        lock (_lock)
        {
            entry.Number = ++_lastNumber;
            _entries.Enqueue(entry);
            _byId[entry.Id] = entry;
            _bytes += entry.Bytes;
            Trim();
        }
    }

    /// <summary>Its answer is written.</summary>
    public void Close(JournalEntry entry)
    {
        var answer = entry.Answer; // masked before the lock, which all requests wait for
        lock (_lock)
        {
            var before = entry.Bytes;
            entry.Close(answer);
            if (_byId.GetValueOrDefault(entry.Id) == entry)
                _bytes += entry.Bytes - before;
            Trim();
        }

        foreach (var listener in Volatile.Read(ref _listeners))
            listener.Writer.TryWrite(entry);
    }

    public JournalEntry? Find(string id)
    {
        lock (_lock)
            return _byId.GetValueOrDefault(id);
    }

    /// <summary>The newest first.</summary>
    /// <param name="before">Only what is older than the entry of that number.</param>
    public IReadOnlyList<JournalEntry> List(JournalQuery query, int most, long before = long.MaxValue)
    {
        JournalEntry[] all;
        lock (_lock)
            all = [.. _entries];
        Array.Reverse(all);
        return [.. all.Where(entry => entry.Number < before && query.Takes(entry)).Take(most)];
    }

    public void Clear()
    {
        lock (_lock)
        {
            _entries.Clear();
            _byId.Clear();
            _bytes = 0;
        }
    }

    /// <summary>Forgets what these apps did.</summary>
    public void Remove(IReadOnlySet<long> apps)
    {
        lock (_lock)
        {
            var left = _entries.Where(entry => entry.AppId is not { } app || !apps.Contains(app)).ToList();
            Clear();
            foreach (var entry in left)
            {
                _entries.Enqueue(entry);
                _byId[entry.Id] = entry;
                _bytes += entry.Bytes;
            }
        }
    }

    /// <summary>Every entry from now on whose answer is written, until the answer is disposed.</summary>
    public JournalListener Listen()
    {
        var channel = Channel.CreateBounded<JournalEntry>(
            new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.DropOldest });
        lock (_lock)
            _listeners = [.. _listeners, channel];
        return new JournalListener(channel.Reader, () =>
        {
            lock (_lock)
                _listeners = [.. _listeners.Where(other => other != channel)];
        });
    }

    private void Trim()
    {
        while (_entries.Count > options.Value.Entries || (_bytes > options.Value.MaxBytes && _entries.Count > 0))
        {
            var oldest = _entries.Dequeue();
            _bytes -= oldest.Bytes;
            if (_byId.GetValueOrDefault(oldest.Id) == oldest)
                _byId.Remove(oldest.Id);
        }
    }
}

/// <summary>Somebody who hears of new entries.</summary>
internal sealed class JournalListener(ChannelReader<JournalEntry> entries, Action leave) : IDisposable
{
    public ChannelReader<JournalEntry> Entries => entries;

    public void Dispose() => leave();
}
