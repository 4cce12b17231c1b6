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
        DirectoryNotFoundException => StorageFailure.Unreachable,
        SqliteException sqlite => sqlite.SqliteErrorCode switch
        {
            raw.SQLITE_BUSY or raw.SQLITE_LOCKED or raw.SQLITE_PROTOCOL => StorageFailure.Conflict,
            raw.SQLITE_CANTOPEN or raw.SQLITE_IOERR or raw.SQLITE_NOTADB => StorageFailure.Unreachable,
            raw.SQLITE_INTERRUPT => StorageFailure.Timeout,
            _ => StorageFailure.Failed,
        },
        _ => StorageFailure.Failed,
    };

    public static bool IsDuplicateKey(DbException exception) =>
        exception is SqliteException { SqliteExtendedErrorCode: raw.SQLITE_CONSTRAINT_UNIQUE or raw.SQLITE_CONSTRAINT_PRIMARYKEY };
}
