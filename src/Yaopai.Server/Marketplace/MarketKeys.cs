using System.Buffers.Binary;
using System.Text;
using Yaopai.Server.Keys;

namespace Yaopai.Server.Marketplace;

/// <summary>The keys with which the marketplace signs what it says of an app's purchases.</summary>
/// <remarks>Checking such a signature takes the key itself, so it is kept sealed, for this app and this purpose alone.</remarks>
internal sealed class MarketKeys(IMarketKeyStore store, KeyRing keys)
{
    public Task PutAsync(long appId, string key, CancellationToken ct) =>
        store.PutAsync(appId, keys.SealPersonal(OwnerOf(appId), Encoding.UTF8.GetBytes(key)), ct);

    /// <summary>Null for an app that has none, and for one that does not open.</summary>
    public async ValueTask<string?> FindAsync(long appId, CancellationToken ct) =>
        await store.FindAsync(appId, ct) is { } @sealed && await keys.OpenPersonalAsync(OwnerOf(appId), @sealed, ct) is { } plain
            ? Encoding.UTF8.GetString(plain)
            : null;

    public Task<bool> TryRemoveAsync(long appId, CancellationToken ct) => store.TryRemoveAsync(appId, ct);

    private static byte[] OwnerOf(long appId)
    {
        var label = "market key\0"u8;
        var owner = new byte[label.Length + sizeof(long)];
        label.CopyTo(owner);
        BinaryPrimitives.WriteInt64BigEndian(owner.AsSpan(label.Length), appId);
        return owner;
    }
}
