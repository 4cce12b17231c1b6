namespace Yaopai.Server.Sandbox;

/// <summary>Demo data and the switches that break things on purpose.</summary>
internal sealed class SandboxOptions
{
    public const string SectionName = "Sandbox";

    /// <summary>On in Development, off in Production, unless it is said here.</summary>
    public bool? Enabled { get; set; }

    /// <summary>Pages that may use the sandbox from a browser of this machine: <c>http://localhost:5173</c>.</summary>
    public string[] Origins { get; set; } = [];

    /// <summary>Networks whose callers need no key in Development either, such as a container's, which sees nobody at loopback.</summary>
    public string[] Networks { get; set; } = [];

    /// <summary>A file with what the sandbox begins with; null for the demo data alone.</summary>
    public string? Seed { get; set; }

    /// <summary>Any text, of which ids, codes, secrets and tokens are drawn: the same again in the same order. Null for real chance.
    /// </summary>
    public string? RandomSeed { get; set; }

    /// <summary>The wall clock stands at this instant, and only the sandbox's clock moves; null for a clock that goes.</summary>
    public DateTimeOffset? StoppedAt { get; set; }

    /// <summary>A file that is written when the server stops, in the form of a seed; null for none.</summary>
    public string? ExportOnExit { get; set; }
}
