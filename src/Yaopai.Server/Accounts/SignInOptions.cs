using System.ComponentModel.DataAnnotations;

namespace Yaopai.Server.Accounts;

/// <summary>How often a password may be wrong, and what is kept of sign-ins.</summary>
internal sealed class SignInOptions
{
    public const string SectionName = "SignIn";

    /// <summary>Passwords that are hashed at the same time: one processor is left to everything else.</summary>
    [Range(1, 1024)]
    public int MaxHashing { get; set; } = Math.Max(1, Environment.ProcessorCount - 1);

    /// <summary>Failures of one login within the window, after which it is locked out.</summary>
    [Range(1, 1000)]
    public int FailuresBeforeLockout { get; set; } = 5;

    /// <summary>Failures of one address within the window, whatever the logins; counted by each node for itself.</summary>
    [Range(1, 1_000_000)]
    public int FailuresPerAddress { get; set; } = 100;

    /// <summary>Failures of people whom one app signs in with its secret, within the window; counted by each node for itself.</summary>
    [Range(1, 10_000_000)]
    public int FailuresPerApp { get; set; } = 10_000;

    [Range(typeof(TimeSpan), "00:01:00", "1.00:00:00")]
    public TimeSpan FailureWindow { get; set; } = TimeSpan.FromMinutes(15);

    [Range(typeof(TimeSpan), "00:01:00", "1.00:00:00")]
    public TimeSpan LockoutDuration { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>How long a sign-in is remembered.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "3650.00:00:00")]
    public TimeSpan Retention { get; set; } = TimeSpan.FromDays(90);
}
