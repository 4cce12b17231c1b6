using System.ComponentModel.DataAnnotations;

namespace Yaopai.Server.Accounts.Verification;

/// <summary>How verification codes reach people, and how many may be asked for.</summary>
internal sealed class VerificationOptions : IValidatableObject
{
    public const string SectionName = "Verification";

    /// <summary>Where codes are posted to be sent on; without it none can be sent.</summary>
    public string? Webhook { get; set; }

    /// <summary>What proves to the receiver that a code comes from here.</summary>
    [MinLength(32, ErrorMessage = $"{SectionName}:WebhookSecret must have at least 32 characters.")]
    public string? WebhookSecret { get; set; }

    /// <summary>How long the receiver may take.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:00:30")]
    public TimeSpan WebhookTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Codes a day to one number.</summary>
    [Range(1, 1000)]
    public int CodesPerNumber { get; set; } = 10;

    /// <summary>Codes a day that one address may ask for, whatever the numbers.</summary>
    [Range(1, 1_000_000)]
    public int CodesPerAddress { get; set; } = 30;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Webhook is null)
            yield break;

        if (!SignedWebhook.IsAllowed(Webhook))
        {
            yield return new(
                $"{SectionName}:{nameof(Webhook)} must be an https address, or an http address of this machine.", [nameof(Webhook)]);
        }

        if (WebhookSecret is null)
            yield return new($"{SectionName}:{nameof(Webhook)} needs {SectionName}:{nameof(WebhookSecret)}.", [nameof(WebhookSecret)]);
    }
}
