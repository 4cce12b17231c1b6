using System.ComponentModel.DataAnnotations;
using Yaopai.Server.Accounts.Verification;

namespace Yaopai.Server.Messages;

/// <summary>How messages reach people beside their inbox.</summary>
internal sealed class MessageOptions : IValidatableObject
{
    public const string SectionName = "Messages";

    /// <summary>Where messages are posted to before they are in an inbox; without it they are in the inbox alone.</summary>
    public string? Webhook { get; set; }

    /// <summary>What proves to the receiver that a message comes from here.</summary>
    [MinLength(32, ErrorMessage = $"{SectionName}:WebhookSecret must have at least 32 characters.")]
    public string? WebhookSecret { get; set; }

    /// <summary>How long the receiver may take.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:00:30")]
    public TimeSpan WebhookTimeout { get; set; } = TimeSpan.FromSeconds(5);

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
