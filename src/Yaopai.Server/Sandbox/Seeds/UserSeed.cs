using System.Text.Json.Serialization;

namespace Yaopai.Server.Sandbox.Seeds;

/// <summary>A person as a developer writes them down. What is left out is as the demo people have it, or stays as it is.</summary>
internal sealed record UserSeed
{
    /// <summary>Drawn when nothing is said.</summary>
    [JsonNumberHandling(JsonNumberHandling.AllowReadingFromString | JsonNumberHandling.WriteAsString)]
    public long? Id { get; init; }

    public string? Name { get; init; }

    /// <summary>The demo's when nothing is said.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Password { get; init; }

    /// <summary>What is kept instead of a password, by a seed that was written from a database.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? PasswordHash { get; init; }

    public string? Region { get; init; }

    /// <summary>Empty for none.</summary>
    public string? Nickname { get; init; }

    public string? AvatarUrl { get; init; }

    public string? Email { get; init; }

    public bool? EmailVerified { get; init; }

    /// <summary>The number of the account: the same as one bound number among the phones.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Phone { get; init; }

    public IReadOnlyList<PhoneSeed>? Phones { get; init; }

    public IReadOnlyDictionary<string, string>? Profile { get; init; }

    /// <summary>Locked: cannot sign in.</summary>
    public bool? Disabled { get; init; }

    public bool? Recycled { get; init; }

    /// <summary>The secret of the authenticator app that the person signs in with beside the password, in base32; empty for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? TotpSecret { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RealNameSeed? RealName { get; init; }
}

/// <param name="Number">With its calling code: <c>+8611136000008</c>.</param>
/// <param name="Bound">Whether it is the account's own; the first is when nothing is said.</param>
/// <param name="VerifiedAt">When it last proved reachable; now when nothing is said.</param>
internal sealed record PhoneSeed(string? Number, bool? Bound = null, DateTimeOffset? VerifiedAt = null);

/// <param name="Level">0, 10, 20, 30, 35 or 40; 20 when nothing is said.</param>
/// <param name="State">0 not verified, 1 verified, 2 in progress; 1 when nothing is said.</param>
internal sealed record RealNameSeed(string? Name, string? Number, int? Level = null, int? State = null);
