using System.Data.Common;
using System.Diagnostics;
using Yaopai.Server.Storage.Engine;
using Yaopai.Server.Storage.Hot;
using Yaopai.Server.Stores;

namespace Yaopai.Server.Storage.Sqlite;

/// <summary>The embedded database: many readers, one writer, all in this process.</summary>
internal sealed class SqliteDatabase : Database
{
    private readonly SqliteFile _file;
    private readonly SqliteReaders _readers;
    private readonly SqliteWriter _writer;

    public SqliteDatabase(StorageOptions options, TimeProvider clock, IStorageSeam? seam = null) : base(options, clock, seam)
    {
        // Shorter than the caller's patience, so that a locked file is told as what it is.
        var busy = options.Timeout * 0.6;
        _file = new(options.Location);
        _readers = new(_file, busy);
        _writer = new(_file, busy, options.GroupSize);
    }

    // They wait in the writer's queue, and share its commits.
    public override bool WritesWaitOnConnections => false;

    // One process writes, and its own nodes hear of it at once; another process that shares the file is found by polling.
    public override Task ListenAsync(Action wake, CancellationToken ct) => Task.Delay(System.Threading.Timeout.InfiniteTimeSpan, Clock, ct);

    public override async ValueTask DisposeAsync()
    {
        await _writer.DisposeAsync();
        _readers.Dispose();
        _file.Dispose();
    }

    public override Task EmptyLogAsync(CancellationToken ct) => _writer.EmptyLogAsync(Options.Timeout, ct);

    public override bool TryClaim() => _file.TryClaim();

    public override bool IsAlone => _file.IsAlone;

    protected override Task<T> OnReadAsync<T>(Func<Session, Task<T>> read, CancellationToken ct) =>
        _readers.ReadAsync(
            connection => read(new Session(connection.Connection, transaction: null, Clock.GetUtcNow(), ct, connection.Prepared)));

    protected override Task<T> OnWriteAsync<T>(Func<Session, Task<T>> write, Func<T, bool> keep, CancellationToken ct) =>
        _writer.WriteAsync(
            // The driver answers at once, so nothing is awaited here; and what has begun is not stopped by its caller.
            connection => write(new Session(connection.Reuse, transaction: null, Clock.GetUtcNow(), CancellationToken.None)
            {
                ClockSkew = Options.ClockSkew,
            }).GetAwaiter().GetResult(),
            keep, Options.Timeout, ct);

    protected override Task<TAnswer> OnRunAsync<TRow, TAnswer>(
        HotStatement<TRow, TAnswer> statement, TRow row, CancellationToken ct) => statement switch
        {
            HotRead<TRow, TAnswer> read => RunReadAsync(read, row, ct),
            HotWrite<TRow, TAnswer> write => RunWriteAsync(write, row, ct),
            _ => throw new UnreachableException(),
        };

    protected override async Task OnMigrateAsync(CancellationToken ct)
    {
        _file.RequireFolder();
        using var connection = new SqlitePrepared(_file.OpenToMigrate(Options.StartTimeout));
        connection.Execute("BEGIN IMMEDIATE");
        await Migrations.ApplyAsync(connection.Connection, transaction: null, Migration.Of("Sqlite"), Clock.GetUtcNow(), ct);
        connection.Execute("COMMIT");
    }

    protected override bool TryBackUp(string path)
    {
        using var connection = _file.OpenToRead(Options.StartTimeout);
        using var command = connection.CreateCommand();
        (command.CommandText, command.CommandTimeout) = ("PRAGMA query_only = 0; VACUUM INTO @path", 0);
        command.Parameters.AddWithValue("@path", path);
        command.ExecuteNonQuery();
        return true;
    }

    protected override bool TryRestore(string path)
    {
        using var connection = _file.OpenToWrite(Options.Timeout);
        return SqliteRestore.TryRun(connection, path);
    }

    protected override StorageFailure Classify(Exception exception) => SqliteFailures.Classify(exception);

    protected override StorageFailure ClassifyAtStart(Exception exception) => SqliteFailures.ClassifyAtStart(exception);

    protected override bool IsUnwritable(Exception exception) => SqliteFailures.IsUnwritable(exception);

    protected override bool IsDuplicateKey(DbException exception) => SqliteFailures.IsDuplicateKey(exception);

    protected override Task ProvokeAsync(StorageFault fault, CancellationToken ct) =>
        SqliteFaults.ProvokeAsync(fault, _readers, Options.Timeout, ct);

    private Task<TAnswer> RunReadAsync<TRow, TAnswer>(HotRead<TRow, TAnswer> read, TRow row, CancellationToken ct) =>
        OnReadAsync(session => read.ReadAsync(session, row), ct);

    private Task<TAnswer> RunWriteAsync<TRow, TAnswer>(HotWrite<TRow, TAnswer> write, TRow row, CancellationToken ct) =>
        _writer.WriteAsync(connection => write.Write(connection, row, Clock.GetUtcNow()), keep: null, Options.Timeout, ct);
}
