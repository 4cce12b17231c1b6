using System.ComponentModel.DataAnnotations;

namespace Yaopai.Server.Upstreams;

/// <summary>How long the server waits for other platforms, and when it renews their tokens.</summary>
internal sealed class UpstreamOptions : IValidatableObject
{
    public const string SectionName = "Upstreams";

    /// <summary>How long an upstream may take to answer.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long before its end a token is renewed; it is used on until the new one is there.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "01:00:00")]
    public TimeSpan RenewBefore { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How long a node alone may renew a token: after this another one tries, in case the first crashed.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(30);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        // Whoever renews asks up to four times: forced or not, and once more after a connection failed.
        if (Lease < Timeout * 4)
            yield return new(
                $"{SectionName}:{nameof(Lease)} must be at least four times {SectionName}:{nameof(Timeout)}.", [nameof(Lease)]);
    }
}
