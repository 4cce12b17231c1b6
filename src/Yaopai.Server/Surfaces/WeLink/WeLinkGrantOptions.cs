using System.ComponentModel.DataAnnotations;

namespace Yaopai.Server.Surfaces.WeLink;

/// <summary>How long the credentials of WeLink live.</summary>
internal sealed class WeLinkGrantOptions
{
    public const string SectionName = "Grants:WeLink";

    /// <summary>Of a code that a person brought from the page of sign-in.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "01:00:00")]
    public TimeSpan CodeLifetime { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Of a code that a page inside the client got without asking; no longer than <see cref="CodeLifetime"/>.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "01:00:00")]
    public TimeSpan AuthCodeLifetime { get; set; } = TimeSpan.FromMinutes(2);

    [Range(typeof(TimeSpan), "00:01:00", "1.00:00:00")]
    public TimeSpan AccessTokenLifetime { get; set; } = TimeSpan.FromHours(2);

    /// <summary>Of a ticket for the client's scripts.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "1.00:00:00")]
    public TimeSpan TicketLifetime { get; set; } = TimeSpan.FromHours(2);
}
