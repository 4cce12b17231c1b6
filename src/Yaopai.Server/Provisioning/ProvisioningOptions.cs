using System.ComponentModel.DataAnnotations;

namespace Yaopai.Server.Provisioning;

/// <summary>How a node applies changes of directories.</summary>
internal sealed class ProvisioningOptions
{
    public const string SectionName = "Provisioning";

    /// <summary>Tenants that a node serves at the same time; 0 for a node that leaves the work to others.</summary>
    [Range(0, 100)]
    public int Concurrency { get; set; } = 4;

    /// <summary>Items that are applied in one transaction, for whose length other writes wait on SQLite.</summary>
    [Range(1, 1000)]
    public int Batch { get; set; } = 100;

    /// <summary>How long a node keeps items to itself: what a node that crashed had taken is taken up by another after this.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How often a node looks for what other nodes queued, or left.</summary>
    [Range(typeof(TimeSpan), "00:00:00.05", "00:01:00")]
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The pause after an item could not be applied; it doubles with each try.</summary>
    [Range(typeof(TimeSpan), "00:00:00.01", "00:10:00")]
    public TimeSpan FirstRetry { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>After so many an item that cannot be applied has failed.</summary>
    [Range(1, 20)]
    public int MostTries { get; set; } = 5;

    public TimeSpan LongestRetry => PauseAfter(MostTries);

    public TimeSpan PauseAfter(int tries) => FirstRetry * Math.Pow(2, Math.Min(tries - 1, 20));
}
