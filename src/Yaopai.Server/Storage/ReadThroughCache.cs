using System.Collections.Concurrent;

namespace Yaopai.Server.Storage;

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

        return _old.TryGetValue(key, out value) ? ValueTask.FromResult<TValue?>(Keep(key, value)) : ReadAsync(key, ct);
    }

    public void Forget(TKey key)
    {
        Interlocked.Increment(ref _version);
        _young.TryRemove(key, out _);
        _old.TryRemove(key, out _);
    }

    public void Clear()
    {
        Interlocked.Increment(ref _version);
        (_young, _old, _youngCount) = (new(), new(), 0);
    }

    private async ValueTask<TValue?> ReadAsync(TKey key, CancellationToken ct)
    {
        var version = Interlocked.Read(ref _version);
        var value = await read(key, ct);

        // What was read while a change was announced may be what was there before it: use it once, keep it never.
        return value is not null && version == Interlocked.Read(ref _version) ? Keep(key, value) : value;
    }

    private TValue Keep(TKey key, TValue value)
    {
        if (_young.TryAdd(key, value) && Interlocked.Increment(ref _youngCount) > capacity / 2)
            (_old, _young, _youngCount) = (_young, new(), 0);

        return value;
    }
}
