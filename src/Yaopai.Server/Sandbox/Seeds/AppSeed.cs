using System.Text.Json.Serialization;

namespace Yaopai.Server.Sandbox.Seeds;

/// <summary>An app as a developer writes it down. What is left out is as the demo app has it, or stays as it is.</summary>
internal sealed record AppSeed
{
    /// <summary>Drawn when nothing is said.</summary>
    [JsonNumberHandling(JsonNumberHandling.AllowReadingFromString | JsonNumberHandling.WriteAsString)]
    public long? ClientId { get; init; }

    /// <summary>Drawn when nothing is said; a public app has none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ClientSecret { get; init; }

    /// <summary>In hexadecimal, instead of the secret: a seed that was written from a database has it of apps that do not sign.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ClientSecretSha256 { get; init; }

    public string? Name { get; init; }

    /// <summary>The demo's when nothing is said; one who is not there yet is made.</summary>
    public long? DeveloperId { get; init; }

    /// <summary>The account group of the developer, which is made where there is none; 0 for none.</summary>
    public long? GroupId { get; init; }

    public long? ProjectId { get; init; }

    public IReadOnlyList<string>? RedirectUris { get; init; }

    public bool? RedirectQuery { get; init; }

    public IReadOnlyList<string>? Scopes { get; init; }

    /// <summary>All that it applies for when nothing is said.</summary>
    public IReadOnlyList<string>? ApprovedScopes { get; init; }

    /// <summary>At the Open API.</summary>
    public IReadOnlyList<string>? OpenGrants { get; init; }

    public bool? WritesWithoutSecret { get; init; }

    public bool? OpenIds { get; init; }

    public bool? RequiresHttps { get; init; }

    public bool? RefreshNeedsSecret { get; init; }

    /// <summary>Networks that may call; none for all.</summary>
    public IReadOnlyList<string>? Allow { get; init; }

    public IReadOnlyList<string>? Referers { get; init; }

    public bool? Signing { get; init; }

    /// <summary>Calls a minute of each operation; 0 for no limit.</summary>
    public int? Quota { get; init; }

    /// <summary>What it is at the sandbox's WeChat; an empty list for nothing.</summary>
    [JsonPropertyName("wechat")]
    public IReadOnlyList<WeChatSeed>? WeChat { get; init; }

    public bool? Public { get; init; }

    public bool? Enabled { get; init; }

    /// <summary>Until when its calls are refused because there were too many.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? FrozenUntil { get; init; }
}
