using System.ComponentModel.DataAnnotations;

namespace Yaopai.Server.Organisations;

/// <summary>Whether apps may register themselves. They may not, unless both settings are there; the sandbox has both.</summary>
internal sealed class RegistrationOptions
{
    public const string SectionName = "Registration";

    /// <summary>The developer to whom such apps belong.</summary>
    [Range(1, long.MaxValue)]
    public long? Developer { get; set; }

    /// <summary>The domain of the organisation in which they are at home.</summary>
    [StringLength(64, MinimumLength = 1)]
    public string? Tenant { get; set; }
}
