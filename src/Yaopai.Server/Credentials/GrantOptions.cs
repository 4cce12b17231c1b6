using System.ComponentModel.DataAnnotations;

namespace Yaopai.Server.Credentials;

/// <summary>How long sessions of the pages live, and how hard credentials are checked.
/// Lifetimes of codes and tokens are their platform's.</summary>
internal sealed class GrantOptions
{
    public const string SectionName = "Grants";

    /// <summary>How long a person stays signed in to the pages.</summary>
    [Range(typeof(TimeSpan), "00:05:00", "30.00:00:00")]
    public TimeSpan SessionLifetime { get; set; } = TimeSpan.FromHours(8);

    /// <summary>Asks the database for revocations on every use of a token,
    /// instead of memory that other nodes fill within a second.</summary>
    public bool Strict { get; set; }
}
