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

    /// <summary>How long it goes on serving once it was told to stop. Null: five seconds, in Development not at all.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan? Drain { get; set; }

    /// <summary>Whether apps may be called over HTTPS alone, at surfaces that have an answer for it and where the app does not say.
    /// Null: everywhere but in the sandbox.</summary>
    public bool? RequireHttps { get; set; }

    /// <summary>What browsers open, with the prefix that a proxy may take away. Null: what each request says of itself.</summary>
    public string? PublicAddress { get; set; }

    /// <summary>Origins of web pages whose apps, which can keep no secret, get their tokens in the browser:
    /// <c>https://spa.example</c>.</summary>
    public string[] Origins { get; set; } = [];

    public TimeSpan DrainIn(IHostEnvironment environment) =>
        Drain ?? (environment.IsDevelopment() ? TimeSpan.Zero : TimeSpan.FromSeconds(5));

    /// <summary>Proxies that may speak for their callers, as networks: <c>10.0.0.0/8</c>.</summary>
    public string[] Proxies { get; set; } = [];
}
