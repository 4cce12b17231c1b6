using System.Data.Common;
using Microsoft.Data.Sqlite;
using SQLitePCL;
using Yaopai.Server.Stores;

namespace Yaopai.Server.Storage.Sqlite;

/// <summary>What SQLite's result codes mean to a caller.</summary>
internal static class SqliteFailures
{
    public static StorageFailure Classify(Exception exception) => exception switch
    {
        TimeoutException => StorageFailure.Timeout,
        IOException => StorageFailure.Unreachable,
        SqliteException sqlite => sqlite.SqliteErrorCode switch
        {
            raw.SQLITE_BUSY or raw.SQLITE_LOCKED or raw.SQLITE_PROTOCOL => StorageFailure.Conflict,
            raw.SQLITE_CANTOPEN or raw.SQLITE_IOERR => StorageFailure.Unreachable,
            raw.SQLITE_INTERRUPT => StorageFailure.Timeout,
            _ => StorageFailure.Failed,
        },
        _ => StorageFailure.Failed,
    };

    /// <summary>A file that cannot be opened when the program starts will not open by itself; one that is held will be let go.</summary>
    public static StorageFailure ClassifyAtStart(Exception exception) =>
        Classify(exception) is var failure and not StorageFailure.Unreachable ? failure : StorageFailure.Failed;

    /// <summary>Whether it says that nothing can be written.</summary>
    public static bool IsUnwritable(Exception exception) => exception is IOException or SqliteException
    {
        SqliteErrorCode: raw.SQLITE_READONLY or raw.SQLITE_FULL or raw.SQLITE_IOERR or raw.SQLITE_CANTOPEN or raw.SQLITE_CORRUPT
            or raw.SQLITE_NOTADB
    };

    public static bool IsDuplicateKey(DbException exception) =>
        exception is SqliteException { SqliteExtendedErrorCode: raw.SQLITE_CONSTRAINT_UNIQUE or raw.SQLITE_CONSTRAINT_PRIMARYKEY };
}
