using System.Collections.Frozen;

namespace Yaopai.Server.Accounts;

/// <summary>A person's account.</summary>
internal sealed record Account
{
    public required long Id { get; init; }

    /// <summary>What the person signs in with beside the phone numbers; unique, compared without case.</summary>
    public required string Name { get; init; }

    public required string PasswordHash { get; init; }

    /// <summary>Country or region of registration, ISO 3166-1 alpha-2: <c>CN</c>, <c>HK</c>, <c>RU</c>.</summary>
    public required string Region { get; init; }

    public string? Nickname { get; init; }

    /// <summary>An https address.</summary>
    public string? AvatarUrl { get; init; }

    public string? Email { get; init; }

    public bool EmailVerified { get; init; }

    /// <summary>What the person tells of themselves, by the names of <see cref="ProfileFields"/>; what is not told is not there.</summary>
    public IReadOnlyDictionary<string, string> Profile { get; init; } = FrozenDictionary<string, string>.Empty;

    public IReadOnlyList<PhoneNumber> Phones { get; init; } = [];

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? DisabledAt { get; init; }

    /// <summary>When the account was put away; it can be had back for a while, and until then its names and numbers stay taken.</summary>
    public DateTimeOffset? RecycledAt { get; init; }

    public bool MaySignIn => DisabledAt is null && RecycledAt is null;

    /// <summary>Registered in mainland China; Hong Kong, Macao and Taiwan are regions of their own.</summary>
    public bool IsMainland => Region is "CN";

    /// <summary>What the person themselves are called on every page.</summary>
    public string ShownName => Nickname ?? Name;

    /// <summary>The number bound to the account: what it is reached and recovered by.</summary>
    public PhoneNumber? BoundPhone => Phones.FirstOrDefault(phone => phone.IsBound);

    /// <summary>The same where the person has proved to hold it, and it is not only somebody's word: what others may be told.</summary>
    public PhoneNumber? ProvedPhone => BoundPhone is { VerifiedAt: not null } phone ? phone : null;
}

/// <summary>A phone number that belongs, or belonged, to an account.</summary>
/// <param name="Id">Its own id: what a consent to share a number points at.</param>
/// <param name="CallingCode">Without plus or zeros: <c>86</c>, <c>852</c>, <c>7</c>.</param>
/// <param name="National">The number without the calling code: <c>11136000008</c>.</param>
/// <param name="Region">ISO 3166-1 alpha-2; tells apart regions that share a calling code.
/// <c>001</c> where the calling code belongs to none.</param>
/// <param name="IsBound">The account's own number; at most one.</param>
/// <param name="VerifiedAt">When the number last proved reachable.</param>
internal sealed record PhoneNumber(long Id, string CallingCode, string National, string Region, bool IsBound, DateTimeOffset? VerifiedAt)
{
    /// <summary>A number of mainland China; Hong Kong (852), Macao (853) and Taiwan (886) have calling codes of their own.</summary>
    public bool IsMainland => CallingCode is "86" && Region is "CN";
}
