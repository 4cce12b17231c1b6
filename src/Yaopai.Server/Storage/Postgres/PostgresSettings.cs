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

    /// <summary>Connections that serve callers.</summary>
    public static string ForPool(StorageOptions options)
    {
        var settings = Common(options);
        settings.MaxPoolSize = options.PoolSize;
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

    private static NpgsqlConnectionStringBuilder Common(StorageOptions options)
    {
        var seconds = (int)Math.Ceiling(options.Timeout.TotalSeconds);
        return new(options.Location)
        {
            ApplicationName = "yaopai",
            Timeout = seconds,
            CommandTimeout = seconds + 1,         // the deadline of each use comes first
            CancellationTimeout = 500,            // ms to stop politely, then the connection is dropped
            IncludeErrorDetail = false,           // rows stay out of logs
        };
    }
}
