using Yaopai.Server.Keys.Jose;

namespace Yaopai.Server.Keys;

/// <summary>All keys of a moment, newest first. Never changed, only replaced, so that the hot path reads it without a lock.</summary>
internal sealed class KeySnapshot
{
    private readonly Dictionary<uint, SealingKey> _sealingById;
    private readonly HashSet<KeySlot> _sealingSlots; // one a day for ten years: too many to look through for each that is read

    private KeySnapshot(
        HeldKey<SealingKey>[] sealing, HeldKey<SigningKey>[] signing, HeldKey<SigningKey>[] elliptic, HeldKey<SealingKey>[] personal,
        IdentifierKey? identifier)
    {
        Sealing = sealing;
        Signing = signing;
        Elliptic = elliptic;
        Personal = personal;
        Identifier = identifier;
        _sealingById = sealing.ToDictionary(held => held.Key.Id, held => held.Key);
        _sealingSlots = [.. sealing.Select(held => held.Slot)];
    }

    public static KeySnapshot Empty { get; } = new([], [], [], [], null);

    public HeldKey<SealingKey>[] Sealing { get; }

    public HeldKey<SigningKey>[] Signing { get; }

    public HeldKey<SigningKey>[] Elliptic { get; }

    public HeldKey<SealingKey>[] Personal { get; }

    public IdentifierKey? Identifier { get; }

    public bool Holds(KeyKind kind, KeySlot slot) => kind switch
    {
        KeyKind.Sealing => _sealingSlots.Contains(slot),
        KeyKind.Signing => Signing.Any(held => held.Slot == slot),
        KeyKind.Elliptic => Elliptic.Any(held => held.Slot == slot),
        KeyKind.Personal => Personal.Any(held => held.Slot == slot),
        _ => Identifier is not null,
    };

    public SealingKey? FindSealing(uint id) => _sealingById.GetValueOrDefault(id);

    public SealingKey? FindPersonal(uint id) => Array.Find(Personal, held => held.Key.Id == id)?.Key;

    /// <summary>The key that serves at the instant: the newest that had begun by then.</summary>
    public static HeldKey<T>? ActiveAt<T>(HeldKey<T>[] newestFirst, DateTimeOffset now)
    {
        foreach (var held in newestFirst)
        {
            if (held.ValidFrom <= now)
                return held;
        }

        return null;
    }

    /// <summary>Those that signed on the day of the instant or the day before.</summary>
    public static IEnumerable<HeldKey<SigningKey>> PublishedAt(HeldKey<SigningKey>[] newestFirst, DateTimeOffset now)
    {
        var today = KeySlot.Of(now).Day;
        return newestFirst.Where(held => held.ValidFrom <= now && (held.Slot.Day == today || held.Slot.Day == today.AddDays(-1)));
    }

    /// <summary>This snapshot and the stored keys it lacks; the same instance when it lacks none.</summary>
    public KeySnapshot With(IEnumerable<StoredKey> stored, MasterKey master)
    {
        var sealing = new List<HeldKey<SealingKey>>();
        var signing = new List<HeldKey<SigningKey>>();
        var elliptic = new List<HeldKey<SigningKey>>();
        var personal = new List<HeldKey<SealingKey>>();
        var identifier = Identifier;

        foreach (var key in stored)
        {
            var slot = key.Kind is KeyKind.Identifier ? default : KeySlot.Parse(key.Slot);
            if (Holds(key.Kind, slot))
                continue;

            var plain = master.Unwrap(key);
            switch (key.Kind)
            {
                case KeyKind.Sealing: sealing.Add(new(slot, key.ValidFrom, new SealingKey(plain))); break;
                case KeyKind.Signing: signing.Add(new(slot, key.ValidFrom, SigningKey.FromPrivate(plain))); break;
                case KeyKind.Elliptic: elliptic.Add(new(slot, key.ValidFrom, EllipticSigningKey.FromPrivate(plain))); break;
                case KeyKind.Personal: personal.Add(new(slot, key.ValidFrom, new SealingKey(plain))); break;
                case KeyKind.Identifier: identifier = new IdentifierKey(plain, key.ValidFrom); break;
            }
        }

        return sealing.Count + signing.Count + elliptic.Count + personal.Count == 0 && identifier == Identifier
            ? this
            : new(NewestFirst(Sealing, sealing), NewestFirst(Signing, signing), NewestFirst(Elliptic, elliptic),
                NewestFirst(Personal, personal), identifier);
    }

    /// <summary>This snapshot without the old keys of a kind that turns day by day.</summary>
    public KeySnapshot Without(KeyKind kind, DateTimeOffset validFromBefore)
    {
        return new(Left(KeyKind.Sealing, Sealing), Left(KeyKind.Signing, Signing), Left(KeyKind.Elliptic, Elliptic), Personal, Identifier);

        HeldKey<T>[] Left<T>(KeyKind held, HeldKey<T>[] keys) =>
            held == kind ? [.. keys.Where(key => key.ValidFrom >= validFromBefore)] : keys;
    }

    private static HeldKey<T>[] NewestFirst<T>(HeldKey<T>[] held, List<HeldKey<T>> added) =>
        added.Count == 0 ? held : [.. held.Concat(added).OrderByDescending(key => key.ValidFrom).ThenByDescending(key => key.Slot)];
}
