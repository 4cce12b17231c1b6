using System.ComponentModel.DataAnnotations;

namespace Yaopai.Server.Knowledge;

/// <summary>How much apps may store beside their articles.</summary>
internal sealed class KnowledgeOptions
{
    public const string SectionName = "Knowledge";

    /// <summary>The largest file, in bytes.</summary>
    [Range(1024, 1024 * 1024 * 1024)]
    public long MaxFileBytes { get; set; } = 20 * 1024 * 1024;

    /// <summary>All files of a tenant, in bytes.</summary>
    [Range(1024, 1L << 50)]
    public long MaxTenantBytes { get; set; } = 10L * 1024 * 1024 * 1024;

    /// <summary>How long a file may take to come or to go.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan TransferTimeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How long an address of a document may take to answer, before it counts as one that cannot be reached.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:00:08")]
    public TimeSpan LinkTimeout { get; set; } = TimeSpan.FromSeconds(3);
}
