using Yaopai.Server.Keys.Jose;

namespace Yaopai.Server.Keys;

/// <summary>All keys of a moment, newest first. Never changed, only replaced, so that the hot path reads it without a lock.</summary>
internal sealed class KeySnapshot
{
    private readonly Dictionary<uint, SealingKey> _sealingById;

    private KeySnapshot(HeldKey<SealingKey>[] sealing, HeldKey<SigningKey>[] signing, IdentifierKey? identifier)
    {
        Sealing = sealing;
        Signing = signing;
        Identifier = identifier;
        _sealingById = sealing.ToDictionary(held => held.Key.Id, held => held.Key);
    }

    public static KeySnapshot Empty { get; } = new([], [], null);

    public HeldKey<SealingKey>[] Sealing { get; }

    public HeldKey<SigningKey>[] Signing { get; }

    public IdentifierKey? Identifier { get; }

    public bool Holds(KeyKind kind, KeySlot slot) => kind switch
    {
        KeyKind.Sealing => Sealing.Any(held => held.Slot == slot),
        KeyKind.Signing => Signing.Any(held => held.Slot == slot),
        _ => Identifier is not null,
    };

    public SealingKey? FindSealing(uint id) => _sealingById.GetValueOrDefault(id);

    public HeldKey<SigningKey>? FindSigning(KeySlot slot) => Array.Find(Signing, held => held.Slot == slot);

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
    public IEnumerable<HeldKey<SigningKey>> PublishedAt(DateTimeOffset now)
    {
        var today = KeySlot.Of(now).Day;
        return Signing.Where(held => held.ValidFrom <= now && (held.Slot.Day == today || held.Slot.Day == today.AddDays(-1)));
    }

    /// <summary>This snapshot and the stored keys it lacks; the same instance when it lacks none.</summary>
    public KeySnapshot With(IEnumerable<StoredKey> stored, MasterKey master)
    {
        var sealing = new List<HeldKey<SealingKey>>();
        var signing = new List<HeldKey<SigningKey>>();
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
                case KeyKind.Identifier: identifier = new IdentifierKey(plain, key.ValidFrom); break;
            }
        }

        return sealing.Count == 0 && signing.Count == 0 && identifier == Identifier
            ? this
            : new([.. NewestFirst(Sealing.Concat(sealing))], [.. NewestFirst(Signing.Concat(signing))], identifier);
    }

    public KeySnapshot Without(KeyKind kind, DateTimeOffset validFromBefore) => kind is KeyKind.Sealing
        ? new([.. Sealing.Where(held => held.ValidFrom >= validFromBefore)], Signing, Identifier)
        : new(Sealing, [.. Signing.Where(held => held.ValidFrom >= validFromBefore)], Identifier);

    private static IEnumerable<HeldKey<T>> NewestFirst<T>(IEnumerable<HeldKey<T>> keys) =>
        keys.OrderByDescending(held => held.ValidFrom).ThenByDescending(held => held.Slot);
}
