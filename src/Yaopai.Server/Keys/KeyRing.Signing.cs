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

    /// <summary>How long what was read of the published keys may be kept: until tomorrow's join them, and then until these sign.
    /// An hour at most, so that a rotation by hand is heard of.</summary>
    public static TimeSpan KeptFrom(DateTimeOffset now)
    {
        var turn = KeySlot.Of(now).AddDays(1).StartsAt;
        var next = (turn - s_madeAhead > now ? turn - s_madeAhead : turn) - now;
        return next < s_madeAhead ? next : s_madeAhead;
    }

    /// <summary>Whether every key is there that signs before <see cref="KeptFrom"/> ends.</summary>
    public bool AllArePublished(DateTimeOffset now)
    {
        var (keys, soon) = (_keys, KeySlot.Of(now + s_madeAhead));
        return keys.Holds(KeyKind.Signing, soon) && keys.Holds(KeyKind.Elliptic, soon);
    }

    /// <summary>The RSA keys that signed today or yesterday, newest first, and in the last hour of a day tomorrow's:
    /// two or three, and one more for each rotation by hand.</summary>
    /// <exception cref="StorageException">Today's key is not in memory, and storage cannot give it.</exception>
    public async ValueTask<IReadOnlyList<SigningKey>> PublishedAsync(DateTimeOffset now, CancellationToken ct)
    {
        if (IsBroken)
            return [_standIns!.Of(KeyKind.Signing)];

        await SigningAsync(now, ct);
        await TryEnsureAsync(KeyKind.Signing, KeySlot.Of(now).AddDays(-1), now, ct);
        await TryEnsureAsync(KeyKind.Signing, KeySlot.Of(now + s_madeAhead), now, ct);
        return [.. KeySnapshot.PublishedAt(_keys.Signing, now, s_madeAhead).Select(held => held.Key), .. seam?.Published ?? []];
    }

    /// <summary>The RSA key of that name, also one that is published no longer; null where there is none.</summary>
    /// <exception cref="StorageException">Today's key is not in memory, and storage cannot give it.</exception>
    public async ValueTask<SigningKey?> FindSigningAsync(string kid, DateTimeOffset now, CancellationToken ct)
    {
        await SigningAsync(now, ct);
        return Keys.Signing.FirstOrDefault(held => held.Key.Kid == kid)?.Key ?? seam?.Published.FirstOrDefault(key => key.Kid == kid);
    }

    /// <summary>The RSA key of that id that signed today or yesterday; null when there is none.</summary>
    /// <exception cref="KeyLostException">The key is stored and does not open.</exception>
    public async ValueTask<SigningKey?> FindPublishedAsync(string kid, DateTimeOffset now, CancellationToken ct) =>
        (await PublishedAsync(now, ct)).FirstOrDefault(key => key.Kid == kid)
            ?? (Keys.HasLost(KeyKind.Signing, kid) ? throw new KeyLostException(KeyKind.Signing) : null);

    /// <summary>The same of the keys for ES256, as far as they are there.</summary>
    public async ValueTask<IReadOnlyList<SigningKey>> PublishedEllipticAsync(DateTimeOffset now, CancellationToken ct)
    {
        if (IsBroken)
            return [_standIns!.Of(KeyKind.Elliptic)];

        await TryEnsureAsync(KeyKind.Elliptic, KeySlot.Of(now), now, ct);
        await TryEnsureAsync(KeyKind.Elliptic, KeySlot.Of(now).AddDays(-1), now, ct);
        await TryEnsureAsync(KeyKind.Elliptic, KeySlot.Of(now + s_madeAhead), now, ct);
        return [.. KeySnapshot.PublishedAt(_keys.Elliptic, now, s_madeAhead).Select(held => held.Key)];
    }

    private ValueTask<SigningKey> SigningAsync(KeyKind kind, DateTimeOffset now, CancellationToken ct)
    {
        if (IsBroken)
            return new(_standIns!.Of(kind));

        var keys = _keys;
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
