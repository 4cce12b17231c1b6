namespace Yaopai.Server.Keys;

internal enum KeyKind
{
    /// <summary>AES-256 keys that seal credentials.</summary>
    Sealing = 1,

    /// <summary>RSA-2048 keys that sign ID tokens, and what else is signed with RS256 or PS256.</summary>
    Signing = 2,

    /// <summary>The one HMAC key that derives OpenID, UnionID and GroupUnionID; never rotated.</summary>
    Identifier = 3,

    /// <summary>AES-256 keys that seal personal data. They stay as long as the data.</summary>
    Personal = 4,

    /// <summary>P-256 keys that sign with ES256.</summary>
    Elliptic = 5,
}

/// <summary>A key as the database holds it: wrapped by the master key.</summary>
/// <param name="Slot">What it was made for: the day (<c>2026-11-21</c>), or the day and a number for a rotation by hand
/// (<c>2026-11-21.2</c>).</param>
/// <param name="Id">What it sealed or signed names it by. In the clear, so that a key that no longer opens is told from one that
/// never was. Null where an earlier version of the program made it.</param>
internal sealed record StoredKey(KeyKind Kind, string Slot, DateTimeOffset ValidFrom, byte[] Wrapped, string? Id = null);

/// <summary>Wrapped keys, shared by all nodes.</summary>
internal interface IKeyStore
{
    Task<IReadOnlyList<StoredKey>> ListAsync(CancellationToken ct);

    /// <summary>Stores the key unless its slot is taken, and returns what the slot holds now: many nodes may try at once,
    /// all get the same key.</summary>
    Task<StoredKey> AddOrGetAsync(StoredKey key, CancellationToken ct);

    /// <summary>Writes the ids of keys that were stored without.</summary>
    Task NameAsync(IReadOnlyCollection<StoredKey> keys, CancellationToken ct);

    Task RemoveAsync(KeyKind kind, DateTimeOffset validFromBefore, CancellationToken ct);
}
