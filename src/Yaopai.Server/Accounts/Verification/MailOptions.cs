using System.ComponentModel.DataAnnotations;
using System.Net;
using MimeKit;

namespace Yaopai.Server.Accounts.Verification;

/// <summary>How a connection to the mail server is encrypted.</summary>
internal enum MailSecurity
{
    /// <summary>Encrypted once both have said so; a server that does not is sent nothing.</summary>
    StartTls,

    /// <summary>Encrypted from the first byte.</summary>
    Tls,

    /// <summary>Not at all: for a mail server of this machine.</summary>
    None,
}

/// <summary>The mail server that messages to mail addresses are handed to.</summary>
internal sealed class MailOptions : IValidatableObject
{
    public const string SectionName = "Mail";

    /// <summary>A name, or an address; without it no mail is sent.</summary>
    public string? Host { get; set; }

    [Range(1, 65535)]
    public int Port { get; set; } = 587;

    public MailSecurity Security { get; set; }

    public string? User { get; set; }

    public string? Password { get; set; }

    /// <summary>Who writes: <c>accounts@example.com</c>, or <c>Example &lt;accounts@example.com&gt;</c>.</summary>
    public string? From { get; set; }

    /// <summary>How long the server may take for one mail.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(15);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Host is null)
            yield break;

        if (Uri.CheckHostName(Host) is UriHostNameType.Unknown)
            yield return new($"{SectionName}:{nameof(Host)} must be the name or address of a mail server, without a port.", [nameof(Host)]);
        if (From is null)
            yield return new($"{SectionName}:{nameof(Host)} needs {SectionName}:{nameof(From)}.", [nameof(From)]);
        else if (!MailboxAddress.TryParse(From, out var from) || !AccountFormats.IsMail(from.Address))
            yield return new($"{SectionName}:{nameof(From)} must be a mail address: Example <accounts@example.com>.", [nameof(From)]);
        if ((User is null) != (Password is null))
            yield return new($"{SectionName}:{nameof(User)} and {SectionName}:{nameof(Password)} go together.", [nameof(User)]);
        if (Security is MailSecurity.None && !IsOfThisMachine(Host))
        {
            yield return new(
                $"{SectionName}:{nameof(Security)} must be StartTls or Tls: codes are not sent in plain text to another machine.",
                [nameof(Security)]);
        }
    }

    private static bool IsOfThisMachine(string host) =>
        host is "localhost" || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}
