using System.ComponentModel.DataAnnotations;
using Yaopai.Server.Gateway;

namespace Yaopai.Server.Surfaces.Identity;

/// <summary>Settings of the identity platform.</summary>
internal sealed class IdentityOptions : SurfaceOptions
{
    public const string SectionName = "Surfaces:Identity";

    /// <summary>Answers errors with an HTTP status of their kind, and not with 200.</summary>
    public bool StrictHttpStatus { get; set; }

    /// <summary>How long an app that called too often is frozen, by its own clock; zero for not at all.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan FreezePeriod { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>QR codes a minute that one address may have made without proving an app; 0 for no limit.</summary>
    [Range(0, int.MaxValue)]
    public int QrCodesPerMinute { get; set; } = 60;

    /// <summary>How long a short link leads anywhere.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "3650.00:00:00")]
    public TimeSpan ShortLinkLifetime { get; set; } = TimeSpan.FromDays(30);
}
