using System.ComponentModel.DataAnnotations;

namespace Yaopai.Server.Storage;

/// <summary>Where and how the server keeps what must last.</summary>
internal sealed class StorageOptions : IValidatableObject
{
    public const string SectionName = "Storage";
    public const string SqlitePrefix = "sqlite:";
    public const string PostgresPrefix = "postgres:";

    /// <summary><c>sqlite:</c> and a file, or <c>postgres:</c> and an Npgsql connection string.</summary>
    [Required(ErrorMessage = $"{SectionName}:{nameof(Database)} is missing, for example sqlite:data/yaopai.db.")]
    public string Database { get; set; } = SqlitePrefix + "data/yaopai.db";

    /// <summary>How long one use of the database may take before its caller is told that it did not answer.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>PostgreSQL connections of this node.</summary>
    [Range(2, 1000)]
    public int PoolSize { get; set; } = 32;

    /// <summary>Writes that may share one commit.</summary>
    [Range(1, 10_000)]
    public int GroupSize { get; set; } = 256;

    /// <summary>How long an unreachable database is left alone before it is tried again.</summary>
    [Range(typeof(TimeSpan), "00:00:00.5", "00:01:00")]
    public TimeSpan BreakDuration { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Failures within ten seconds, when they are at least half of all uses, before the database is left alone.</summary>
    [Range(2, 1000)]
    public int BreakAfter { get; set; } = 5;

    /// <summary>How often a node asks what other nodes changed, also when no notification came.</summary>
    [Range(typeof(TimeSpan), "00:00:00.05", "00:00:01")]
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How far the clocks of two nodes may be apart.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:05:00")]
    public TimeSpan ClockSkew { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a program that starts waits for another that holds the SQLite file,
    /// before it says that the database is busy.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "01:00:00")]
    public TimeSpan StartTimeout { get; set; } = TimeSpan.FromSeconds(30);

    public bool IsPostgres => Database.StartsWith(PostgresPrefix, StringComparison.OrdinalIgnoreCase);

    /// <summary>What follows the prefix.</summary>
    public string Location => Database[(Database.IndexOf(':') + 1)..];

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!IsPostgres && !Database.StartsWith(SqlitePrefix, StringComparison.OrdinalIgnoreCase))
            yield return Fault("must begin with sqlite: or postgres:, for example sqlite:data/yaopai.db");
        else if (Location.Trim() is "")
            yield return Fault("names no database after its prefix");
        else if (IsPostgres && Postgres.PostgresSettings.FaultOf(Location) is { } fault)
            yield return Fault(fault);
    }

    // The value stays out of the message: it may hold a password.
    private static ValidationResult Fault(string fault) => new($"{SectionName}:{nameof(Database)} {fault}.", [nameof(Database)]);
}
