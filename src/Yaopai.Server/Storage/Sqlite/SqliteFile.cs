using Microsoft.Data.Sqlite;
using SQLitePCL;
using Yaopai.Server.Keys;

namespace Yaopai.Server.Storage.Sqlite;

/// <summary>The database file and how connections to it are opened.</summary>
internal sealed class SqliteFile(string path)
{
    // What is deleted is overwritten, or personal data would stay in free pages: not the default of every build of SQLite.
    private const string Always = "PRAGMA secure_delete = ON; ";

    public void CreateFolder()
    {
        PrivateFolder.Create(Path.GetDirectoryName(Path.GetFullPath(path))!);
    }

    public SqliteConnection OpenToRead(TimeSpan busy) => Open(SqliteOpenMode.ReadWrite, busy, "PRAGMA query_only = 1");

    /// <summary>Every commit reaches the disk before it is acknowledged.</summary>
    /// <remarks>Hot rows fall on random pages: a log of 32 MB writes each of them back once for many commits,
    /// and 16 MB keep them at hand.</remarks>
    public SqliteConnection OpenToWrite(TimeSpan busy) => Open(
        SqliteOpenMode.ReadWrite, busy, "PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 8000; PRAGMA cache_size = -16000");

    public SqliteConnection OpenToMigrate(TimeSpan busy) =>
        Open(SqliteOpenMode.ReadWriteCreate, busy, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL");

    /// <summary>It will hold personal data and password hashes, and its folder may be one that others read.
    /// SQLite gives its log the same mode.</summary>
    private void CloseToOthers()
    {
        if (!OperatingSystem.IsWindows() && new FileInfo(path).Length == 0)
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    private SqliteConnection Open(SqliteOpenMode mode, TimeSpan busy, string pragmas)
    {
        var settings = new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = mode,
            Pooling = false,
            // the driver's own retries: over when SQLite's are, or they would begin anew
            DefaultTimeout = Math.Max(1, (int)busy.TotalSeconds),
        };
        var connection = new SqliteConnection(settings.ToString());
        try
        {
            connection.Open();
            if (mode is SqliteOpenMode.ReadWriteCreate)
                CloseToOthers();

            raw.sqlite3_busy_timeout(connection.Handle, (int)busy.TotalMilliseconds);
            using var command = connection.CreateCommand();
            command.CommandText = Always + pragmas;
            command.ExecuteNonQuery();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
