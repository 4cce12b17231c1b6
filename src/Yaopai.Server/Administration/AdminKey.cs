namespace Yaopai.Server.Administration;

/// <summary>What somebody shows to administer. Its secret is kept as a hash.</summary>
internal sealed record AdminKey
{
    /// <summary>Random and positive; written as sixteen hexadecimal digits.</summary>
    public required long Id { get; init; }

    /// <summary>Unique among the keys that are not revoked.</summary>
    public required string Name { get; init; }

    public required AdminRole Role { get; init; }

    /// <summary>SHA-256 of the secret.</summary>
    public required byte[] Hash { get; init; }

    /// <summary>That of the secret before the last rotation, which holds until <see cref="PreviousUntil"/>.</summary>
    public byte[]? PreviousHash { get; init; }

    public DateTimeOffset? PreviousUntil { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? RotatedAt { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }

    public DateTimeOffset? RevokedAt { get; init; }

    /// <summary>To the minute: not every use is written.</summary>
    public DateTimeOffset? LastUsedAt { get; init; }

    /// <summary>From where it was last used.</summary>
    public string? LastAddress { get; init; }

    public bool HoldsAt(DateTimeOffset now) => RevokedAt is null && !(ExpiresAt <= now);
}
