using System.ComponentModel.DataAnnotations;

namespace Yaopai.Server.Hosting;

/// <summary>Who may administer, and from where.</summary>
internal sealed class AdminOptions
{
    public const string SectionName = "Admin";

    /// <summary>The bearer key of the sandbox; without one only loopback is let in there. The admin API has other keys.</summary>
    [MinLength(16, ErrorMessage = $"{SectionName}:Key must have at least 16 characters.")]
    public string? Key { get; set; }

    /// <summary>The networks from which the admin API may be called; all where none is named.</summary>
    public string[] AllowedNetworks { get; set; } = [];

    /// <summary>The one port at which the admin API answers, of those that the server listens at; null for all.</summary>
    [Range(1, 65535)]
    public int? Port { get; set; }

    /// <summary>Wrong admin keys of one address within a quarter of an hour; counted by each node for itself.</summary>
    [Range(1, 1_000_000)]
    public int FailuresPerAddress { get; set; } = 20;
}
