using System.Collections.Concurrent;

namespace Yaopai.Server.Stores;

/// <summary>Keeps what was read, up to a number, until somebody says that it changed.</summary>
/// <remarks>
/// Two generations: when the young one is full it becomes the old one, and what is asked for again moves back. Bounded, without
/// a list to maintain on every read.
/// </remarks>
internal sealed class ReadThroughCache<TKey, TValue>(int capacity, Func<TKey, CancellationToken, Task<TValue?>> read)
    where TKey : notnull
    where TValue : class
{
    private ConcurrentDictionary<TKey, TValue> _young = new();
    private ConcurrentDictionary<TKey, TValue> _old = new();
    private int _youngCount; // ConcurrentDictionary.Count takes every lock
    private long _version;

    public ValueTask<TValue?> FindAsync(TKey key, CancellationToken ct)
    {
        if (_young.TryGetValue(key, out var value))
            return ValueTask.FromResult<TValue?>(value);

        var version = Interlocked.Read(ref _version);
        return _old.TryGetValue(key, out value) ? ValueTask.FromResult<TValue?>(Keep(key, value, version)) : ReadAsync(key, version, ct);
    }

    public void Forget(TKey key)
    {
        Interlocked.Increment(ref _version);
        Remove(key);
    }

    public void Clear()
    {
        Interlocked.Increment(ref _version);
        (_young, _old, _youngCount) = (new(), new(), 0);
    }

    private async ValueTask<TValue?> ReadAsync(TKey key, long version, CancellationToken ct) =>
        await read(key, ct) is { } value ? Keep(key, value, version) : null;

    /// <summary>What was read while a change was announced may be what was there before it: it is used once, and not kept.</summary>
    private TValue Keep(TKey key, TValue value, long version)
    {
        if (version == Interlocked.Read(ref _version) && _young.TryAdd(key, value))
        {
            if (Interlocked.Increment(ref _youngCount) > capacity / 2)
                (_old, _young, _youngCount) = (_young, new(), 0);

            // Announced between the look and the keeping: whoever forgot it may have come too early.
            if (version != Interlocked.Read(ref _version))
                Remove(key);
        }

        return value;
    }

    private void Remove(TKey key)
    {
        _young.TryRemove(key, out _);
        _old.TryRemove(key, out _);
    }
}
