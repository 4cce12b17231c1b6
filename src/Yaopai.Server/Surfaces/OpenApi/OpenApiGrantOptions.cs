using System.ComponentModel.DataAnnotations;

namespace Yaopai.Server.Surfaces.OpenApi;

/// <summary>How long the credentials of the Open API live.</summary>
internal sealed class OpenApiGrantOptions
{
    public const string SectionName = "Grants:Open";

    /// <summary>Keys that open a refresh token are kept as long: see <c>KeyRing</c>.</summary>
    public const int LongestRefreshTokenDays = 3650;

    [Range(typeof(TimeSpan), "00:00:10", "01:00:00")]
    public TimeSpan CodeLifetime { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Session keys live as long.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "30.00:00:00")]
    public TimeSpan AccessTokenLifetime { get; set; } = TimeSpan.FromDays(30);

    [Range(typeof(TimeSpan), "01:00:00", "3650.00:00:00")]
    public TimeSpan RefreshTokenLifetime { get; set; } = TimeSpan.FromDays(LongestRefreshTokenDays);

    /// <summary>How long a device may wait for its tokens, and its person may open what it shows:
    /// the answer names one time for both.</summary>
    [Range(typeof(TimeSpan), "00:05:00", "01:00:00")]
    public TimeSpan DeviceCodeLifetime { get; set; } = TimeSpan.FromMinutes(30);

    [Range(typeof(TimeSpan), "00:00:01", "00:01:00")]
    public TimeSpan DevicePollInterval { get; set; } = TimeSpan.FromSeconds(5);
}
