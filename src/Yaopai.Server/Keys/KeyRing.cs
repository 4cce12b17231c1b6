using Yaopai.Server.Keys.Jose;

namespace Yaopai.Server.Keys;

/// <summary>The installation's keys: loaded from storage, kept in memory, made and removed day by day, the same on every node.</summary>
internal sealed partial class KeyRing(
    IKeyStore store, MasterKeySource source, TimeProvider clock, IKeySeam? seam = null, FirstIdentifierKey? first = null,
    IRandomSeam? chance = null) : IDisposable
{
    // A refresh token may live ten years, and a key may serve on for a while when storage is away.
    private static readonly TimeSpan s_sealingKept = TimeSpan.FromDays(3670);
    private static readonly TimeSpan s_signingKept = TimeSpan.FromDays(3);
    private static readonly TimeSpan s_madeAhead = TimeSpan.FromHours(1);
    // An installation of ten years has some thousands, and nobody else's write has to wait for all of them.
    private const int NamedAtOnce = 100;

    private static readonly TimeSpan s_reloadPause = TimeSpan.FromSeconds(1);

    private readonly StandInKeys? _standIns = seam is null ? null : new StandInKeys();
    private readonly Lock _swap = new();
    private readonly SemaphoreSlim _making = new(1);
    private readonly SemaphoreSlim _reloading = new(1);
    private volatile KeySnapshot _keys = KeySnapshot.Empty;
    private MasterKey? _master;
    private long? _reloadedAt;
    private bool _reloadBroughtKeys;

    /// <summary>Raised once for each key whose row does not open, also while the server runs.</summary>
    public event Action<LostKey>? KeyLost;

    /// <summary>The keys whose rows do not open at the moment.</summary>
    public IReadOnlyList<LostKey> Lost => _keys.Lost;

    /// <summary>Loads the keys where nobody has yet: a verb of the command line has none until it needs them.</summary>
    /// <exception cref="MasterKeyException">As in <see cref="LoadAsync"/>.</exception>
    public Task EnsureLoadedAsync(CancellationToken ct) => _master is null ? LoadAsync(ct) : Task.CompletedTask;

    /// <summary>Called after the migrations, and again if storage is replaced under the ring:
    /// reads all keys, and makes the first ones. A key that does not open is lost by itself; the others go on.</summary>
    /// <exception cref="MasterKeyException">The master key is missing or opens none of the stored keys.</exception>
    public async Task LoadAsync(CancellationToken ct)
    {
        var stored = await store.ListAsync(ct);
        _master = source.Read(mayCreate: stored.Count == 0);
        var keys = KeySnapshot.Empty.With(stored, Master, isAll: true);
        if (stored.Count > 0 && keys.OpensNone)
            throw Master.OpensNone();

        Swap(_ => keys);
        var now = clock.GetUtcNow();
        await EnsureAsync(KeyKind.Identifier, default, now, ct);
        await EnsureAsync(KeyKind.Sealing, KeySlot.Of(now), now, ct);
        if (_keys.Personal.Length == 0)
            await EnsureAsync(KeyKind.Personal, KeySlot.Of(now), now, ct);
        // Signing keys take long to make: KeyRotation or the first signature makes them, so that the server is ready sooner.
    }

    /// <summary>Takes over what other nodes made, makes the keys of today and, in its last hour, of tomorrow,
    /// and removes the old.</summary>
    public async Task PrepareAsync(DateTimeOffset now, CancellationToken ct)
    {
        var stored = await store.ListAsync(ct);
        AbsorbAll(stored);
        await NameAsync(stored, ct);

        var today = KeySlot.Of(now);
        await EnsureAsync(KeyKind.Sealing, today, now, ct);
        await EnsureAsync(KeyKind.Signing, today, now, ct);
        await EnsureAsync(KeyKind.Signing, today.AddDays(-1), now, ct);
        await EnsureAsync(KeyKind.Elliptic, today, now, ct);
        await EnsureAsync(KeyKind.Elliptic, today.AddDays(-1), now, ct);

        var soon = KeySlot.Of(now + s_madeAhead);
        await EnsureAsync(KeyKind.Sealing, soon, now, ct);
        await EnsureAsync(KeyKind.Signing, soon, now, ct);
        await EnsureAsync(KeyKind.Elliptic, soon, now, ct);

        await RemoveAsync(KeyKind.Sealing, _keys.Sealing, now - s_sealingKept, ct);
        await RemoveAsync(KeyKind.Signing, _keys.Signing, now - s_signingKept, ct);
        await RemoveAsync(KeyKind.Elliptic, _keys.Elliptic, now - s_signingKept, ct);
    }

    /// <summary>Looks for keys that another node made. True when some came: what could not be opened is worth another try.</summary>
    /// <remarks>Callers who come together share one look, and there is one a second at most, whatever is sent to provoke more.</remarks>
    public async ValueTask<bool> ReloadAsync(CancellationToken ct)
    {
        var before = _keys;
        await _reloading.WaitAsync(ct);
        try
        {
            if (_keys != before)
                return true;

            if (_reloadedAt is { } last && clock.GetElapsedTime(last) < s_reloadPause)
                return _reloadBroughtKeys;

            _reloadBroughtKeys = AbsorbAll(await store.ListAsync(ct));
            _reloadedAt = clock.GetTimestamp();
            return _reloadBroughtKeys;
        }
        finally
        {
            _reloading.Release();
        }
    }

    /// <summary>Replaces the active key by hand, for instance because it may have leaked. The old one still opens and verifies.</summary>
    public async Task RotateAsync(KeyKind kind, DateTimeOffset now, CancellationToken ct)
    {
        if (kind is KeyKind.Identifier)
            throw new ArgumentOutOfRangeException(nameof(kind), kind, "Identifiers never change, so their key never does.");

        AbsorbAll(await store.ListAsync(ct));
        var today = KeySlot.Of(now);
        if (kind is not KeyKind.Personal) // which is not made day by day
            await EnsureAsync(kind, today, now, ct);

        for (var slot = today; ; slot = slot with { Number = slot.Number + 1 })
        {
            if (!_keys.Holds(kind, slot) && await MakeAsync(kind, slot, now, ct))
                return;
        }
    }

    public IReadOnlyList<KeyDescription> Describe(DateTimeOffset now)
    {
        var keys = _keys;

        return
        [
            .. Sealing(KeyKind.Sealing, keys.Sealing),
            .. Signing(KeyKind.Signing, keys.Signing),
            .. Signing(KeyKind.Elliptic, keys.Elliptic),
            .. Sealing(KeyKind.Personal, keys.Personal),
            .. keys.Identifier is { } identifier
                ? [new KeyDescription(KeyKind.Identifier, IdentifierKey.Slot, identifier.ValidFrom, "", KeyState.Active)]
                : Array.Empty<KeyDescription>(),
            .. keys.Lost.Select(key => new KeyDescription(key.Kind, key.Slot, key.ValidFrom, key.Id ?? "", KeyState.Lost)),
        ];

        IEnumerable<KeyDescription> Sealing(KeyKind kind, HeldKey<SealingKey>[] held) =>
            from key in held
            select new KeyDescription(
                kind, key.Slot.ToString(), key.ValidFrom, SealingKey.NameOf(key.Key.Id),
                State(key == KeySnapshot.ActiveAt(held, now), key.ValidFrom, isPublished: false));

        IEnumerable<KeyDescription> Signing(KeyKind kind, HeldKey<SigningKey>[] held) =>
            from key in held
            select new KeyDescription(
                kind, key.Slot.ToString(), key.ValidFrom, key.Key.Kid,
                State(
                    key == KeySnapshot.ActiveAt(held, now), key.ValidFrom,
                    KeySnapshot.PublishedAt(held, now, s_madeAhead).Contains(key)));

        KeyState State(bool isActive, DateTimeOffset validFrom, bool isPublished) =>
            isActive ? KeyState.Active
            : validFrom > now ? KeyState.Prepared
            : isPublished ? KeyState.Published
            : KeyState.Retired;
    }

    /// <summary>32 bytes that only this installation can make of the label and the data, the same for ever.</summary>
    public void Derive(ReadOnlySpan<byte> label, ReadOnlySpan<byte> data, Span<byte> derived) =>
        (Keys.Identifier ?? throw new KeyLostException(KeyKind.Identifier)).Derive(label, data, derived);

    public void Dispose()
    {
        _making.Dispose();
        _reloading.Dispose();
    }

    private bool IsBroken => seam is { IsLost: true };

    private KeySnapshot Keys => IsBroken ? _keys.AllLost() : _keys;

    private async Task EnsureAsync(KeyKind kind, KeySlot slot, DateTimeOffset now, CancellationToken ct)
    {
        while (!_keys.Holds(kind, slot))
        {
            if (!_keys.HasLost(kind, slot))
            {
                await MakeAsync(kind, slot, now, ct);
                if (!_keys.HasLost(kind, slot))
                    return;
            }

            // Another stands in for a lost key, under the next number, so that all nodes agree on it: except for one that identifiers
            // were made of, which there is once, and one of a day that is over.
            if (kind is KeyKind.Identifier || slot.Day < KeySlot.Of(now).Day)
                return;

            slot = slot with { Number = slot.Number + 1 };
        }
    }

    /// <summary>True when the slot now holds the key made here, false when it held another already.</summary>
    private async Task<bool> MakeAsync(KeyKind kind, KeySlot slot, DateTimeOffset now, CancellationToken ct)
    {
        await _making.WaitAsync(ct);
        try
        {
            // Another caller, or another node, may have made it meanwhile; a look costs less than an RSA key.
            AbsorbAll(await store.ListAsync(ct));
            if (_keys.Holds(kind, slot) || _keys.HasLost(kind, slot))
                return false;

            var name = KeySnapshot.NameOf(kind, slot);
            var isOfNow = kind is KeyKind.Identifier or KeyKind.Personal || (slot.Number > 0 && now > slot.StartsAt);
            var validFrom = isOfNow ? now : slot.StartsAt;
            var plain = kind switch
            {
                KeyKind.Sealing or KeyKind.Personal => Randomness.Draw(chance?.Of($"{kind} key {name}"), NewSealingKey),
                KeyKind.Elliptic => EllipticSigningKey.MakePrivate(),
                KeyKind.Signing => await Task.Run(SigningKey.MakePrivate, ct),
                _ => first?.Bytes
                    ?? Randomness.Draw(chance?.Of($"{kind} key {name}"), () => Randomness.GetBytes(IdentifierKey.Length)),
            };
            var made = new StoredKey(kind, name, validFrom, Master.Wrap(kind, name, plain), IdOf(kind, plain));
            var stored = await store.AddOrGetAsync(made, ct);
            Swap(keys => keys.With([stored], Master, isAll: false));
            return stored.Wrapped.AsSpan().SequenceEqual(made.Wrapped);
        }
        finally
        {
            _making.Release();
        }
    }

    // Key ids are short; among the keys held at one time none may come twice.
    private byte[] NewSealingKey()
    {
        byte[] key;
        do
            key = Randomness.GetBytes(SealingKey.Length);
        while (new SealingKey(key).Id is var id && (_keys.FindSealing(id) is not null || _keys.FindPersonal(id) is not null
            || _keys.HasLost(KeyKind.Sealing, id) || _keys.HasLost(KeyKind.Personal, id)));

        return key;
    }

    private async Task RemoveAsync<T>(KeyKind kind, HeldKey<T>[] newestFirst, DateTimeOffset validFromBefore, CancellationToken ct)
    {
        if (newestFirst.All(held => held.ValidFrom >= validFromBefore)
            && !_keys.Lost.Any(key => key.Kind == kind && key.ValidFrom < validFromBefore))
            return;

        await store.RemoveAsync(kind, validFromBefore, ct);
        Swap(keys => keys.Without(kind, validFromBefore));
    }

    /// <summary>Keys of earlier versions get the ids that tell what they sealed, in case they do not open one day.</summary>
    private async Task NameAsync(IReadOnlyList<StoredKey> stored, CancellationToken ct)
    {
        if (stored.All(key => key.Id is not null))
            return;

        var ids = _keys.Ids().ToDictionary(one => (one.Kind, Slot: KeySnapshot.NameOf(one.Kind, one.Slot)), one => one.Id);
        StoredKey[] nameless =
        [
            .. from key in stored
               where key.Id is null && ids.ContainsKey((key.Kind, key.Slot))
               select key with { Id = ids[(key.Kind, key.Slot)] },
        ];
        foreach (var some in nameless.Chunk(NamedAtOnce))
            await store.NameAsync(some, ct);
    }

    private bool AbsorbAll(IReadOnlyList<StoredKey> stored) => Swap(keys => keys.With(stored, Master, isAll: true));

    /// <summary>True when something changed.</summary>
    private bool Swap(Func<KeySnapshot, KeySnapshot> change)
    {
        KeySnapshot before, after;
        lock (_swap)
            (before, after) = (_keys, _keys = change(_keys));

        foreach (var lost in after.Lost.Except(before.Lost))
            KeyLost?.Invoke(lost);
        return after != before;
    }

    private static string IdOf(KeyKind kind, byte[] plain) => kind switch
    {
        KeyKind.Sealing or KeyKind.Personal => SealingKey.NameOf(new SealingKey(plain).Id),
        KeyKind.Signing => SigningKey.FromPrivate(plain).Kid,
        KeyKind.Elliptic => EllipticSigningKey.FromPrivate(plain).Kid,
        _ => "",
    };

    private MasterKey Master => _master ?? throw new InvalidOperationException("The key ring is used before it is loaded.");
}
