using System.ComponentModel;
using System.Text.Json.Serialization;

namespace Yaopai.Server.Sandbox.Seeds;

/// <summary>What a sandbox begins with, as a file has it.</summary>
internal sealed record SeedFile
{
    [JsonPropertyName("$schema")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Schema { get; init; }

    [Description("Whether the demo data is there too: true when nothing is said.")]
    public bool? Demo { get; init; }

    [Description("64 hexadecimal digits, of which OpenIDs and UnionIDs are made in a new database: the same key, the same identifiers.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? IdentifierKey { get; init; }

    [Description("People. One who is there already is changed.")]
    public IReadOnlyList<UserSeed>? Users { get; init; }

    [Description("Apps. One that is there already is changed.")]
    public IReadOnlyList<AppSeed>? Apps { get; init; }

    [Description("Organisations. One that is there already is changed.")]
    public IReadOnlyList<TenantSeed>? Tenants { get; init; }

    [Description("Friendships, each of which holds one way.")]
    public IReadOnlyList<FriendSeed>? Friends { get; init; }

    [Description("Any text, of which ids, codes, secrets and tokens are drawn: the same again in the same order. Only in Development.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? RandomSeed { get; init; }

    [Description("An instant between 2000 and 9000 at which the wall clock stands, so that only the sandbox's clock moves.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? StoppedAt { get; init; }

    public ClockSeed? Clock { get; init; }

    [Description("As POST /sandbox/faults takes them.")]
    public IReadOnlyList<FaultRequest>? Faults { get; init; }
}

/// <param name="Friend">Whom the person has for a friend.</param>
internal sealed record FriendSeed(string? User, string? Friend);

/// <summary>As POST /sandbox/clock takes it.</summary>
internal sealed record ClockSeed(string? Advance = null, DateTimeOffset? Set = null, IReadOnlyList<AppClockSeed>? Apps = null);

internal sealed record AppClockSeed(
    [property: JsonNumberHandling(JsonNumberHandling.AllowReadingFromString | JsonNumberHandling.WriteAsString)] long? ClientId,
    string? Advance = null, DateTimeOffset? Set = null);
