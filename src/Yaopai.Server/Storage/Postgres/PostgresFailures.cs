using System.Net.Sockets;
using Npgsql;
using Yaopai.Server.Stores;

namespace Yaopai.Server.Storage.Postgres;

/// <summary>What PostgreSQL's states and the driver's exceptions mean to a caller.</summary>
internal static class PostgresFailures
{
    public static StorageFailure Classify(Exception exception) => exception switch
    {
        PostgresException { SqlState: PostgresErrorCodes.QueryCanceled } => StorageFailure.Timeout,
        PostgresException refused when IsCollision(refused) => StorageFailure.Conflict,
        PostgresException refused when IsAway(refused.SqlState) => StorageFailure.Unreachable,
        PostgresException => StorageFailure.Failed,
        TimeoutException or NpgsqlException { InnerException: TimeoutException } => StorageFailure.Timeout,
        NpgsqlException or SocketException or IOException => StorageFailure.Unreachable, // the connection itself failed
        _ => StorageFailure.Failed,
    };

    /// <summary>The transaction is undone and may be tried again.</summary>
    public static bool IsCollision(PostgresException exception) => exception.SqlState
        is PostgresErrorCodes.SerializationFailure
        or PostgresErrorCodes.DeadlockDetected
        or PostgresErrorCodes.LockNotAvailable;

    /// <summary>Whether it says that nothing can be written.</summary>
    public static bool IsUnwritable(Exception exception) => exception is PostgresException
    {
        SqlState: PostgresErrorCodes.ReadOnlySqlTransaction or PostgresErrorCodes.DiskFull or PostgresErrorCodes.IoError
    };

    private static bool IsAway(string state) => state.StartsWith("08", StringComparison.Ordinal) || state
        is PostgresErrorCodes.AdminShutdown
        or PostgresErrorCodes.CrashShutdown
        or PostgresErrorCodes.CannotConnectNow
        or PostgresErrorCodes.TooManyConnections
        or PostgresErrorCodes.ReadOnlySqlTransaction; // a standby that was not promoted yet
}
