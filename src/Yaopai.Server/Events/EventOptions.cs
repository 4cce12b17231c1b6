using System.ComponentModel.DataAnnotations;

namespace Yaopai.Server.Events;

/// <summary>How hard the server tries to tell apps what happened.</summary>
internal sealed class EventOptions : IValidatableObject
{
    public const string SectionName = "Events";

    /// <summary>How long a receiver may take to answer.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a node keeps an event to itself: what a node that crashed was delivering is taken up by
    /// another after this.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan Lease { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>The pause after the first failure; it doubles with each.</summary>
    [Range(typeof(TimeSpan), "00:00:00.01", "01:00:00")]
    public TimeSpan FirstRetry { get; set; } = TimeSpan.FromSeconds(5);

    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan LongestRetry { get; set; } = TimeSpan.FromHours(1);

    /// <summary>From the first try on.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "30.00:00:00")]
    public TimeSpan GiveUpAfter { get; set; } = TimeSpan.FromDays(1);

    /// <summary>How often a node looks for what other nodes wrote, or left.</summary>
    [Range(typeof(TimeSpan), "00:00:00.05", "00:01:00")]
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Events that a node delivers at the same time.</summary>
    [Range(1, 1000)]
    public int Concurrency { get; set; } = 16;

    /// <summary>How many of them may be of one app: nobody is promised their order.</summary>
    [Range(1, 100)]
    public int ConcurrencyPerApp { get; set; } = 4;

    /// <summary>Whether callbacks may be inside the own network. Not asked in Development.</summary>
    public bool AllowPrivateNetworks { get; set; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Lease <= Timeout)
            yield return new($"{SectionName}:{nameof(Lease)} must be longer than {SectionName}:{nameof(Timeout)}.", [nameof(Lease)]);
        if (LongestRetry < FirstRetry)
            yield return new($"{SectionName}:{nameof(LongestRetry)} must not be shorter than {SectionName}:{nameof(FirstRetry)}.",
                [nameof(LongestRetry)]);
    }

    /// <summary>The pause after so many failures: doubling, at most <see cref="LongestRetry"/>, and up to half of it taken off by chance,
    /// so that what failed together does not come back together.</summary>
    /// <param name="chance">From 0 to 1.</param>
    public TimeSpan PauseAfter(int tries, double chance)
    {
        var doubled = FirstRetry * Math.Pow(2, Math.Min(tries - 1, 30));
        return (doubled < LongestRetry ? doubled : LongestRetry) * (1 - (chance / 2));
    }
}
