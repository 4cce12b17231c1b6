using Yaopai.Server.Keys.Jose;

namespace Yaopai.Server.Keys;

/// <summary>All keys of a moment, newest first. Never changed, only replaced, so that the hot path reads it without a lock.</summary>
internal sealed class KeySnapshot
{
    private readonly Dictionary<uint, SealingKey> _sealingById;
    private readonly HashSet<KeySlot> _sealingSlots; // one a day for ten years: too many to look through for each that is read
    private readonly Dictionary<(KeyKind Kind, string Slot), byte[]> _opened; // the rows, as they were when they opened
    private readonly HashSet<(KeyKind Kind, string Id)> _lostIds;

    private KeySnapshot(
        HeldKey<SealingKey>[] sealing, HeldKey<SigningKey>[] signing, HeldKey<SigningKey>[] elliptic, HeldKey<SealingKey>[] personal,
        IdentifierKey? identifier, LostKey[] lost, Dictionary<(KeyKind Kind, string Slot), byte[]> opened)
    {
        Sealing = sealing;
        Signing = signing;
        Elliptic = elliptic;
        Personal = personal;
        Identifier = identifier;
        Lost = lost;
        _sealingById = sealing.ToDictionary(held => held.Key.Id, held => held.Key);
        _sealingSlots = [.. sealing.Select(held => held.Slot)];
        _opened = opened;
        _lostIds = [.. lost.Where(key => key.Id is not null).Select(key => (key.Kind, key.Id!))];
    }

    public static KeySnapshot Empty { get; } = new([], [], [], [], null, [], []);

    public HeldKey<SealingKey>[] Sealing { get; }

    public HeldKey<SigningKey>[] Signing { get; }

    public HeldKey<SigningKey>[] Elliptic { get; }

    public HeldKey<SealingKey>[] Personal { get; }

    public IdentifierKey? Identifier { get; }

    /// <summary>The rows that do not open. A key that was opened before its row was damaged is held all the same, until the end
    /// of the process.</summary>
    public LostKey[] Lost { get; }

    public bool OpensNone => _opened.Count == 0;

    public bool Holds(KeyKind kind, KeySlot slot) => kind switch
    {
        KeyKind.Sealing => _sealingSlots.Contains(slot),
        KeyKind.Signing => Signing.Any(held => held.Slot == slot),
        KeyKind.Elliptic => Elliptic.Any(held => held.Slot == slot),
        KeyKind.Personal => Personal.Any(held => held.Slot == slot),
        _ => Identifier is not null,
    };

    /// <summary>Whether the slot is taken by a row that does not open.</summary>
    public bool HasLost(KeyKind kind, KeySlot slot) =>
        Lost.Length > 0 && NameOf(kind, slot) is var name && Lost.Any(key => key.Kind == kind && key.Slot == name);

    /// <summary>Whether a key that does not open had the id.</summary>
    public bool HasLost(KeyKind kind, string id) => _lostIds.Contains((kind, id));

    public bool HasLost(KeyKind kind, uint id) => _lostIds.Count > 0 && HasLost(kind, SealingKey.NameOf(id));

    /// <summary>The slot as it is stored.</summary>
    public static string NameOf(KeyKind kind, KeySlot slot) => kind is KeyKind.Identifier ? IdentifierKey.Slot : slot.ToString();

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

    /// <summary>Those that signed on the day of the instant or the day before, newest first, and behind them those that will soon:
    /// some clients take the first.</summary>
    public static IEnumerable<HeldKey<SigningKey>> PublishedAt(HeldKey<SigningKey>[] newestFirst, DateTimeOffset now, TimeSpan ahead)
    {
        var today = KeySlot.Of(now).Day;
        return
        [
            .. newestFirst.Where(held => held.ValidFrom <= now && (held.Slot.Day == today || held.Slot.Day == today.AddDays(-1))),
            .. newestFirst.Where(held => held.ValidFrom > now && held.ValidFrom <= now + ahead),
        ];
    }

    /// <summary>This snapshot and the stored keys it lacks; the same instance when nothing changes.</summary>
    /// <param name="isAll">Whether these are all keys there are, so that what was lost and is not among them is gone.</param>
    public KeySnapshot With(IReadOnlyCollection<StoredKey> stored, MasterKey master, bool isAll)
    {
        var sealing = new List<HeldKey<SealingKey>>();
        var signing = new List<HeldKey<SigningKey>>();
        var elliptic = new List<HeldKey<SigningKey>>();
        var personal = new List<HeldKey<SealingKey>>();
        var identifier = Identifier;
        var opened = new Dictionary<(KeyKind Kind, string Slot), byte[]>();
        var places = stored.Select(key => (key.Kind, key.Slot)).ToHashSet();
        var lost = isAll ? [] : Lost.Where(key => !places.Contains((key.Kind, key.Slot))).ToList();

        foreach (var key in stored.Where(key => Enum.IsDefined(key.Kind))) // a newer program may know more kinds
        {
            if (_opened.TryGetValue((key.Kind, key.Slot), out var before) && before.AsSpan().SequenceEqual(key.Wrapped))
                continue;

            if (!TrySlot(key, out var slot) || master.TryUnwrap(key) is not { } plain)
            {
                lost.Add(new(key.Kind, key.Slot, key.ValidFrom, key.Id));
                continue;
            }

            opened[(key.Kind, key.Slot)] = key.Wrapped;
            if (Holds(key.Kind, slot))
                continue;

            switch (key.Kind)
            {
                case KeyKind.Sealing: sealing.Add(new(slot, key.ValidFrom, new SealingKey(plain))); break;
                case KeyKind.Signing: signing.Add(new(slot, key.ValidFrom, SigningKey.FromPrivate(plain))); break;
                case KeyKind.Elliptic: elliptic.Add(new(slot, key.ValidFrom, EllipticSigningKey.FromPrivate(plain))); break;
                case KeyKind.Personal: personal.Add(new(slot, key.ValidFrom, new SealingKey(plain))); break;
                case KeyKind.Identifier: identifier = new IdentifierKey(plain, key.ValidFrom); break;
            }
        }

        return opened.Count == 0 && lost.ToHashSet().SetEquals(Lost)
            ? this
            : new(NewestFirst(Sealing, sealing), NewestFirst(Signing, signing), NewestFirst(Elliptic, elliptic),
                NewestFirst(Personal, personal), identifier, [.. lost], Merged(opened));
    }

    /// <summary>This snapshot without the old keys of a kind that turns day by day.</summary>
    public KeySnapshot Without(KeyKind kind, DateTimeOffset validFromBefore)
    {
        return new(
            Left(KeyKind.Sealing, Sealing), Left(KeyKind.Signing, Signing), Left(KeyKind.Elliptic, Elliptic), Personal, Identifier,
            [.. Lost.Where(key => key.Kind != kind || key.ValidFrom >= validFromBefore)], _opened);

        HeldKey<T>[] Left<T>(KeyKind held, HeldKey<T>[] keys) =>
            held == kind ? [.. keys.Where(key => key.ValidFrom >= validFromBefore)] : keys;
    }

    /// <summary>As a process would have it that found no row that opens.</summary>
    public KeySnapshot AllLost() =>
        new([], [], [], [], null, [.. Lost, .. Ids().Select(one => new LostKey(one.Kind, "", default, one.Id))], []);

    /// <summary>What each key that is held is named by, in what it sealed or signed.</summary>
    public IEnumerable<(KeyKind Kind, KeySlot Slot, string Id)> Ids() =>
    [
        .. Sealing.Select(held => (KeyKind.Sealing, held.Slot, SealingKey.NameOf(held.Key.Id))),
        .. Personal.Select(held => (KeyKind.Personal, held.Slot, SealingKey.NameOf(held.Key.Id))),
        .. Signing.Select(held => (KeyKind.Signing, held.Slot, held.Key.Kid)),
        .. Elliptic.Select(held => (KeyKind.Elliptic, held.Slot, held.Key.Kid)),
    ];

    private Dictionary<(KeyKind Kind, string Slot), byte[]> Merged(Dictionary<(KeyKind Kind, string Slot), byte[]> opened)
    {
        if (opened.Count == 0)
            return _opened;

        var merged = new Dictionary<(KeyKind Kind, string Slot), byte[]>(_opened);
        foreach (var (place, wrapped) in opened)
            merged[place] = wrapped;
        return merged;
    }

    private static bool TrySlot(StoredKey key, out KeySlot slot)
    {
        slot = default;
        return key.Kind is KeyKind.Identifier || KeySlot.TryParse(key.Slot, out slot);
    }

    private static HeldKey<T>[] NewestFirst<T>(HeldKey<T>[] held, List<HeldKey<T>> added) =>
        added.Count == 0 ? held : [.. held.Concat(added).OrderByDescending(key => key.ValidFrom).ThenByDescending(key => key.Slot)];
}
