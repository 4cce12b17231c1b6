using System.ComponentModel.DataAnnotations;

namespace Yaopai.Server.Hosting;

/// <summary>What the server beneath holds at the same time.</summary>
internal sealed class ConnectionOptions
{
    public const string SectionName = "Kestrel:Limits";

    /// <summary>Connections; one more is closed as it comes.</summary>
    [Range(1, 1_000_000)]
    public int MaxConcurrentConnections { get; set; } = 4096;
}
