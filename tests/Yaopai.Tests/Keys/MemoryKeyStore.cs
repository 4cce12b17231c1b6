using System.Collections.Concurrent;
using Yaopai.Server.Keys;
using Yaopai.Server.Stores;

namespace Yaopai.Tests.Keys;

internal sealed class MemoryKeyStore : IKeyStore
{
    public ConcurrentDictionary<(KeyKind Kind, string Slot), StoredKey> Keys { get; } = [];
    public bool IsAway { get; set; }
    public int Looks { get; private set; }
    public Action<string> Called { get; set; } = _ => { };

    public Task<IReadOnlyList<StoredKey>> ListAsync(CancellationToken ct) =>
        Do<IReadOnlyList<StoredKey>>("list", () => [.. Keys.Values]);
    public Task<StoredKey> AddOrGetAsync(StoredKey key, CancellationToken ct) =>
        Do(key.Slot, () => Keys.GetOrAdd((key.Kind, key.Slot), key));
    public Task RemoveAsync(KeyKind kind, DateTimeOffset validFromBefore, CancellationToken ct) => Do("remove", () => Keys.Values
        .Where(key => key.Kind == kind && key.ValidFrom < validFromBefore).Count(key => Keys.TryRemove((kind, key.Slot), out _)));

    public Task NameAsync(IReadOnlyCollection<StoredKey> keys, CancellationToken ct) =>
        Do("name", () => keys.Count(key => Keys.TryUpdate((key.Kind, key.Slot), key, Keys[(key.Kind, key.Slot)])));

    private async Task<T> Do<T>(string call, Func<T> work)
    {
        await Task.Yield();
        Called(call);
        Looks += call is "list" ? 1 : 0;
        return IsAway ? throw new StorageException(StorageFailure.Unreachable) : work();
    }
}
