using System.ComponentModel.DataAnnotations;

namespace Yaopai.Server.Accounts.RealNames;

/// <summary>What is kept about the use of people's data.</summary>
internal sealed class PersonalDataOptions
{
    public const string SectionName = "PersonalData";

    /// <summary>How long each use of a person's data stays written down.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "3650.00:00:00")]
    public TimeSpan UsesKept { get; set; } = TimeSpan.FromDays(180);
}
