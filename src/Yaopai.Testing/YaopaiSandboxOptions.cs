using Microsoft.Extensions.Logging;

namespace Yaopai.Testing;

/// <summary>How a sandbox is started. Nothing has to be set.</summary>
public sealed record YaopaiSandboxOptions
{
    /// <summary>A JSON file with apps, people, organisations, clock and faults to begin with, beside or in the place of the demo data.
    /// A relative path begins in the folder of the process.</summary>
    public string? Seed { get; init; }

    /// <summary>Settings of the server by their names, as in <c>["Storage:Timeout"] = "00:00:05"</c>. A name that is no setting stops the
    /// start with a <see cref="YaopaiException"/> that names the nearest. Variables of the environment and settings files do not reach
    /// the server.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>Takes the lines of the server's log, from several threads, one call a line; null for nowhere.</summary>
    public Action<string>? Log { get; init; }

    /// <summary>What <see cref="Log"/> hears of: this level and all above it.</summary>
    public LogLevel LogLevel { get; init; } = LogLevel.Information;

    /// <summary>Whether ID tokens and the discovery document name this server's address as the issuer, as OpenID Connect libraries
    /// demand that find it there. By default they name the platform, as the platform's do.</summary>
    public bool IsOwnIssuer { get; init; }
}
