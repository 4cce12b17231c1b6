using Yaopai.Server.Keys.Jose;
using Yaopai.Server.Stores;

namespace Yaopai.Server.Keys;

internal sealed partial class KeyRing
{
    /// <summary>The RSA key that signs at the instant; made first when its day has none.</summary>
    /// <exception cref="StorageException">The day's key is not in memory, and storage cannot give it.</exception>
    public ValueTask<SigningKey> SigningAsync(DateTimeOffset now, CancellationToken ct) => SigningAsync(KeyKind.Signing, now, ct);

    /// <summary>The key that signs with the algorithm at the instant; made first when its day has none.</summary>
    /// <exception cref="StorageException">The day's key is not in memory, and storage cannot give it.</exception>
    public ValueTask<SigningKey> SigningAsync(JoseAlgorithm algorithm, DateTimeOffset now, CancellationToken ct) =>
        SigningAsync(algorithm.IsElliptic ? KeyKind.Elliptic : KeyKind.Signing, now, ct);

    /// <summary>The RSA keys that signed today or yesterday, newest first: two, and one more for each rotation by hand.</summary>
    /// <exception cref="StorageException">Today's key is not in memory, and storage cannot give it.</exception>
    public async ValueTask<IReadOnlyList<SigningKey>> PublishedAsync(DateTimeOffset now, CancellationToken ct)
    {
        await SigningAsync(now, ct);
        await TryEnsureAsync(KeyKind.Signing, KeySlot.Of(now).AddDays(-1), now, ct);
        return [.. KeySnapshot.PublishedAt(_keys.Signing, now).Select(held => held.Key)];
    }

    /// <summary>The same of the keys for ES256, as far as they are there.</summary>
    public async ValueTask<IReadOnlyList<SigningKey>> PublishedEllipticAsync(DateTimeOffset now, CancellationToken ct)
    {
        await TryEnsureAsync(KeyKind.Elliptic, KeySlot.Of(now), now, ct);
        await TryEnsureAsync(KeyKind.Elliptic, KeySlot.Of(now).AddDays(-1), now, ct);
        return [.. KeySnapshot.PublishedAt(_keys.Elliptic, now).Select(held => held.Key)];
    }

    private ValueTask<SigningKey> SigningAsync(KeyKind kind, DateTimeOffset now, CancellationToken ct)
    {
        var keys = KeysFor(kind);
        return keys.Holds(kind, KeySlot.Of(now)) ? new(ActiveSigning(kind, keys, now)) : MakeAndSignAsync();

        async ValueTask<SigningKey> MakeAndSignAsync()
        {
            await EnsureAsync(kind, KeySlot.Of(now), now, ct);
            return ActiveSigning(kind, _keys, now);
        }
    }

    /// <summary>A key that nobody stored has signed nothing: the others alone verify all there is.</summary>
    private async ValueTask TryEnsureAsync(KeyKind kind, KeySlot slot, DateTimeOffset now, CancellationToken ct)
    {
        try
        {
            await EnsureAsync(kind, slot, now, ct);
        }
        catch (StorageException)
        {
        }
    }

    private static SigningKey ActiveSigning(KeyKind kind, KeySnapshot keys, DateTimeOffset now) =>
        KeySnapshot.ActiveAt(kind is KeyKind.Elliptic ? keys.Elliptic : keys.Signing, now)?.Key ?? throw new KeyLostException(kind);
}
