using System.ComponentModel.DataAnnotations;

namespace Yaopai.Server.Gateway;

/// <summary>How often one caller may come. Counted on each node by itself.</summary>
internal sealed class QuotaOptions
{
    public const string SectionName = "Quotas";

    /// <summary>Calls a minute of one operation by one app that has no quota of its own; 0 for no limit.</summary>
    [Range(0, int.MaxValue)]
    public int AppPerMinute { get; set; } = 60_000;

    /// <summary>Calls a minute of one operation from one address that prove no app; 0 for no limit.</summary>
    [Range(0, int.MaxValue)]
    public int AddressPerMinute { get; set; } = 60_000;

    /// <summary>Device codes a minute that one address may ask for without proving an app; 0 for no limit.</summary>
    [Range(0, int.MaxValue)]
    public int DeviceCodesPerMinute { get; set; } = 600;

    /// <summary>User codes of devices a minute that one address may try; 0 for no limit.</summary>
    [Range(0, int.MaxValue)]
    public int UserCodesPerMinute { get; set; } = 60;
}
