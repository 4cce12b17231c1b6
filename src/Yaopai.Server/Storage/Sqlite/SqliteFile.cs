using Microsoft.Data.Sqlite;
using SQLitePCL;
using Yaopai.Server.Keys;
using Yaopai.Server.Storage.Engine;

namespace Yaopai.Server.Storage.Sqlite;

/// <summary>The database file and how connections to it are opened.</summary>
internal sealed class SqliteFile(string path) : IDisposable
{
    // What is deleted is overwritten, or personal data would stay in free pages: not the default of every build of SQLite.
    private const string Always = "PRAGMA secure_delete = ON; ";

    private const int MostTries = 1_000;

    private readonly string _guests = $"{path}-guests";
    private SqliteConnection? _held;
    private FileStream? _claim;
    private FileStream? _visit;

    /// <summary>Makes the folder if need be. SQLite writes files of its own beside the database.</summary>
    public void RequireFolder()
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        try
        {
            PrivateFolder.Create(folder);
            using var beside = new FileStream(
                Path.Combine(folder, $"{Guid.NewGuid():n}"), FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0,
                FileOptions.DeleteOnClose);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw ReadOnly($"its folder takes no file of {Environment.UserName}: {exception.Message}");
        }
    }

    /// <summary>What is written to a file that was deleted or replaced is lost, so it is refused until that very file is back.</summary>
    /// <remarks>Asked by one thread. What it holds open is the file that it met first, whatever comes to be at its path.</remarks>
    public void RequireInPlace(TimeSpan busy)
    {
        _held ??= OpenToRead(busy);
        if (SqliteNative.HasMoved(_held))
            throw new IOException(
                $"{path} was deleted or replaced while the server uses it. Stop the server, put the file in its place, and start it.");
    }

    /// <summary>Says to other servers that one uses the file. False when another said so before, who learns that it is not alone.</summary>
    public bool TryClaim()
    {
        try
        {
            _claim ??= new FileStream(
                $"{path}-server", FileMode.OpenOrCreate, FileAccess.Write, FileShare.None, bufferSize: 0, FileOptions.DeleteOnClose);
            ForgetGuests();
            return true;
        }
        catch (IOException)
        {
            Visit();
            return false;
        }
    }

    /// <summary>Looked up each time: who comes makes a file, and then reads what was left behind.</summary>
    public bool IsAlone => _claim is not null && !File.Exists(_guests);

    private void ForgetGuests()
    {
        try
        {
            using var left = new FileStream(
                _guests, FileMode.Open, FileAccess.Write, FileShare.None, bufferSize: 0, FileOptions.DeleteOnClose);
        }
        catch (IOException)
        {
            // there is none, or a guest is still there
        }
    }

    /// <summary>The file stays when a guest goes, because another one may be there.</summary>
    private void Visit()
    {
        for (var tries = 1; _visit is null || !File.Exists(_guests); tries++)
        {
            _visit?.Dispose();
            try
            {
                _visit = new FileStream(_guests, FileMode.OpenOrCreate, FileAccess.Read, FileShare.Read, bufferSize: 0);
            }
            catch (IOException) when (tries < MostTries)
            {
                _visit = null; // it is just being removed
                Thread.Yield();
            }
        }
    }

    public void Dispose()
    {
        _held?.Dispose();
        _claim?.Dispose();
        _visit?.Dispose();
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

    /// <summary>Where only reading is allowed, SQLite opens all the same, and refuses each write later.</summary>
    private void RequireWritable(SqliteConnection connection)
    {
        if (raw.sqlite3_db_readonly(connection.Handle, "main") == 1)
            throw ReadOnly($"the file is closed to {Environment.UserName}.");
    }

    private UnusableDatabaseException ReadOnly(string why) => new(DatabaseFault.ReadOnly, $"{path} cannot be written: {why}");

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
            {
                RequireWritable(connection);
                CloseToOthers();
            }

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
