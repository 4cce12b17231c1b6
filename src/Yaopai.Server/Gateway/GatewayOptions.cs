using System.ComponentModel.DataAnnotations;

namespace Yaopai.Server.Gateway;

/// <summary>The limits that every request of every surface is held to.</summary>
internal sealed class GatewayOptions
{
    public const string SectionName = "Gateway";

    /// <summary>The largest body that is read, in bytes.</summary>
    [Range(1024, 64 * 1024 * 1024)]
    public int MaxBodyBytes { get; set; } = 1024 * 1024;

    /// <summary>How long a request may take from its first byte to its answer.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:05:00")]
    public TimeSpan Deadline { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Whether apps may be called over HTTPS alone, at surfaces that have an answer for it and where the app does not say.
    /// Null: everywhere but in the sandbox.</summary>
    public bool? RequireHttps { get; set; }

    /// <summary>Proxies whose X-Forwarded-For and X-Forwarded-Proto count, as networks: <c>10.0.0.0/8</c>.</summary>
    public string[] Proxies { get; set; } = [];
}
