using System.ComponentModel.DataAnnotations;
using Yaopai.Server.Credentials;

namespace Yaopai.Server.Surfaces.HuaweiAccount;

/// <summary>How long the credentials of Huawei Account live.</summary>
internal sealed class HuaweiAccountGrantOptions
{
    public const string SectionName = GrantOptions.SectionName;

    [Range(typeof(TimeSpan), "00:00:10", "01:00:00")]
    public TimeSpan CodeLifetime { get; set; } = TimeSpan.FromMinutes(5);

    [Range(typeof(TimeSpan), "00:01:00", "01:00:00")]
    public TimeSpan AccessTokenLifetime { get; set; } = TimeSpan.FromHours(1);

    [Range(typeof(TimeSpan), "01:00:00", "365.00:00:00")]
    public TimeSpan RefreshTokenLifetime { get; set; } = TimeSpan.FromDays(180);

    /// <summary>How long a device may wait for its tokens.</summary>
    [Range(typeof(TimeSpan), "00:05:00", "01:00:00")]
    public TimeSpan DeviceCodeLifetime { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>How long a person may open what a device shows. Short, because it can be guessed.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "00:05:00")]
    public TimeSpan UserCodeLifetime { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>How often a device may ask for its tokens.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00")]
    public TimeSpan DevicePollInterval { get; set; } = TimeSpan.FromSeconds(3);
}
