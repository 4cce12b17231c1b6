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

    /// <summary>How long after its first use a refresh token that is replaced with each use may be used again, as by a client that lost the
    /// answer. Zero for not at all: then a second use ends the sign-in.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:05:00")]
    public TimeSpan RefreshGrace { get; set; }

    /// <summary>Asks the database for revocations on every use of a token,
    /// instead of memory that other nodes fill within a second.</summary>
    public bool Strict { get; set; }

    /// <summary>How old what a node knows of other nodes' revocations may be: after that it asks the database as if it were strict. Null
    /// for however old.</summary>
    [Range(typeof(TimeSpan), "00:00:02", "02:00:00")]
    public TimeSpan? MaxFeedAge { get; set; }
}
