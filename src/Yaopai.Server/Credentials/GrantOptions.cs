using System.ComponentModel.DataAnnotations;

namespace Yaopai.Server.Credentials;

/// <summary>How long credentials live, and how hard they are checked.</summary>
internal sealed class GrantOptions
{
    public const string SectionName = "Grants";

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

    /// <summary>How long a person stays signed in to the pages.</summary>
    [Range(typeof(TimeSpan), "00:05:00", "30.00:00:00")]
    public TimeSpan SessionLifetime { get; set; } = TimeSpan.FromHours(8);

    /// <summary>Asks the database for revocations on every use of a token, instead of memory that other nodes fill within a second.</summary>
    public bool Strict { get; set; }
}
