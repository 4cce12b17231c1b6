namespace Yaopai.Server.Sandbox;

/// <summary>Demo data and the switches that break things on purpose.</summary>
internal sealed class SandboxOptions
{
    public const string SectionName = "Sandbox";

    /// <summary>On in Development, off in Production, unless it is said here.</summary>
    public bool? Enabled { get; set; }

    /// <summary>Pages that may use the sandbox from a browser of this machine: <c>http://localhost:5173</c>.</summary>
    public string[] Origins { get; set; } = [];
}
