using System.ComponentModel.DataAnnotations;

namespace Yaopai.Server.Journal;

/// <summary>How much is kept of requests and their answers.</summary>
internal sealed class JournalOptions
{
    public const string SectionName = "Journal";

    /// <summary>Null: where the sandbox is on.</summary>
    public bool? Enabled { get; set; }

    /// <summary>How many requests are kept in memory; the oldest leave.</summary>
    [Range(1, 100_000)]
    public int Entries { get; set; } = 1000;

    /// <summary>How much memory they may take, in bytes; the oldest leave.</summary>
    [Range(64 * 1024, 1024 * 1024 * 1024)]
    public long MaxBytes { get; set; } = 16 * 1024 * 1024;

    /// <summary>Where each request is also appended, as a line of JSON. Null: nowhere.</summary>
    public string? File { get; set; }

    /// <summary>How long that file may become, in bytes. Then it is renamed to end in <c>.1</c>,
    /// and the one that had that name is gone.</summary>
    [Range(64 * 1024, 1024 * 1024 * 1024)]
    public long FileMaxBytes { get; set; } = 16 * 1024 * 1024;
}
