using System.ComponentModel.DataAnnotations;

namespace Yaopai.Server.Hosting;

/// <summary>Who may administer from outside this machine.</summary>
internal sealed class AdminOptions
{
    public const string SectionName = "Admin";

    /// <summary>The bearer key; without one nothing but loopback is let in.</summary>
    [MinLength(16, ErrorMessage = $"{SectionName}:Key must have at least 16 characters.")]
    public string? Key { get; set; }
}
