using Yaopai.Server.Keys.Jose;
using Yaopai.Server.Storage;

namespace Yaopai.Server.Keys;

internal sealed partial class KeyRing
{
    /// <summary>The key that signs at the instant; made first when its day has none.</summary>
    /// <exception cref="StorageException">The day's key is not in memory, and storage cannot give it.</exception>
    public ValueTask<SigningKey> SigningAsync(DateTimeOffset now, CancellationToken ct)
    {
        var keys = KeysFor(KeyKind.Signing);
        return keys.Holds(KeyKind.Signing, KeySlot.Of(now)) ? new(ActiveSigning(keys, now)) : MakeAndSignAsync();

        async ValueTask<SigningKey> MakeAndSignAsync()
        {
            await EnsureAsync(KeyKind.Signing, KeySlot.Of(now), now, ct);
            return ActiveSigning(_keys, now);
        }
    }

    /// <summary>The keys that signed today or yesterday, newest first: two, and one more for each rotation by hand.</summary>
    /// <exception cref="StorageException">Today's key is not in memory, and storage cannot give it.</exception>
    public async ValueTask<IReadOnlyList<SigningKey>> PublishedAsync(DateTimeOffset now, CancellationToken ct)
    {
        await SigningAsync(now, ct);
        try
        {
            await EnsureAsync(KeyKind.Signing, KeySlot.Of(now).AddDays(-1), now, ct);
        }
        catch (StorageException)
        {
            // A key of yesterday that nobody stored has signed nothing: today's alone verifies all there is.
        }

        return [.. _keys.PublishedAt(now).Select(held => held.Key)];
    }

    private static SigningKey ActiveSigning(KeySnapshot keys, DateTimeOffset now) =>
        KeySnapshot.ActiveAt(keys.Signing, now)?.Key ?? throw new KeyLostException(KeyKind.Signing);
}
