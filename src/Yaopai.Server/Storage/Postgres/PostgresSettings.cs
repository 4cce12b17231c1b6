using Npgsql;

namespace Yaopai.Server.Storage.Postgres;

/// <summary>The operator's connection string, and what this program adds to it.</summary>
internal static class PostgresSettings
{
    /// <summary>What is wrong with the connection string; null when it can be used.</summary>
    public static string? FaultOf(string connectionString)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(connectionString).Host is null or ""
                ? "names no Host"
                : null;
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or KeyNotFoundException)
        {
            return "is not a connection string, for example postgres:Host=127.0.0.1;Database=yaopai;Username=yaopai";
        }
    }

    /// <summary>Whether statements stay prepared on the connections that serve callers.</summary>
    public static bool Prepares(StorageOptions options) => new NpgsqlConnectionStringBuilder(ForPool(options)).MaxAutoPrepare > 0;

    /// <summary>Connections that serve callers.</summary>
    public static string ForPool(StorageOptions options)
    {
        var settings = Common(options);
        settings.MaxPoolSize = options.PoolSize;
        if (!Says(options, "Max Auto Prepare"))
            settings.MaxAutoPrepare = 64;
        settings.AutoPrepareMinUsages = 2;
        settings.NoResetOnClose = true; // no session state is ever set on them
        return settings.ToString();
    }

    /// <summary>The connection that hears notifications: its own, and it notices when the other side is gone.</summary>
    public static string ForListening(StorageOptions options)
    {
        var settings = Common(options);
        settings.Pooling = false;
        settings.KeepAlive = 5;
        return settings.ToString();
    }

    /// <summary>The connection that migrates: it waits for its turn as long as that takes.</summary>
    public static string ForMigration(StorageOptions options)
    {
        var settings = Common(options);
        settings.Pooling = false;
        settings.CommandTimeout = 0;
        return settings.ToString();
    }

    /// <summary>A connection that looks at what stands before the database.</summary>
    public static string ForCheck(StorageOptions options)
    {
        var settings = Common(options);
        settings.Pooling = false;
        return settings.ToString();
    }

    private static NpgsqlConnectionStringBuilder Common(StorageOptions options)
    {
        var seconds = (int)Math.Ceiling(options.Timeout.TotalSeconds);
        var settings = new NpgsqlConnectionStringBuilder(options.Location)
        {
            ApplicationName = "yaopai",
            Timeout = seconds,
            CommandTimeout = seconds + 1,         // the deadline of each use comes first
            CancellationTimeout = 500,            // ms to stop politely, then the connection is dropped
            IncludeErrorDetail = false,           // rows stay out of logs
        };
        if (settings.Host!.Contains(',', StringComparison.Ordinal) && !Says(options, "Target Session Attributes"))
            settings["Target Session Attributes"] = "primary"; // of several hosts, the one that takes writes
        return settings;
    }

    /// <summary>Whether the operator's connection string has a word on it, however it is spelt.</summary>
    private static bool Says(StorageOptions options, string keyword) =>
        new NpgsqlConnectionStringBuilder(options.Location).Keys.OfType<string>().Contains(keyword, StringComparer.OrdinalIgnoreCase);
}
