using System.ComponentModel.DataAnnotations;

namespace Yaopai.Server.DataStore;

/// <summary>How much each app may store.</summary>
internal sealed class DataStoreOptions
{
    public const string SectionName = "DataStore";

    /// <summary>Objects, hash values, associations and preferences, taken together.</summary>
    [Range(0, 1_000_000_000)]
    public long MaxObjects { get; set; } = 100_000;

    /// <summary>Bytes of their values, keys and data.</summary>
    [Range(0, 1L << 50)]
    public long MaxBytes { get; set; } = 64 * 1024 * 1024;
}
