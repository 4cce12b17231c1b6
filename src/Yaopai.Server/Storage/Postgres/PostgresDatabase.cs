using System.Collections.Frozen;
using System.Data.Common;
using Npgsql;
using Yaopai.Server.Storage.Engine;
using Yaopai.Server.Storage.Hot;
using Yaopai.Server.Stores;

namespace Yaopai.Server.Storage.Postgres;

/// <summary>The database that several nodes share.</summary>
internal sealed class PostgresDatabase : Database
{
    public const string Channel = "yaopai_feed";

    private const int MostTries = 4;
    private const long MigrationLock = 0x59616F706169; // "Yaopai"

    private readonly NpgsqlDataSource _pool;
    private readonly FrozenDictionary<HotStatement, IAsyncDisposable> _groups;

    public PostgresDatabase(StorageOptions options, TimeProvider clock, IStorageSeam? seam = null) : base(options, clock, seam)
    {
        _pool = NpgsqlDataSource.Create(PostgresSettings.ForPool(options));
        _groups = HotStatements.All.ToFrozenDictionary(statement => statement, statement => statement.OpenGroup(this));
    }

    public override bool WritesWaitOnConnections => true;

    /// <summary>The group of a hot statement: it takes the calls that wait and runs them together.</summary>
    public GroupCommit<PendingRow<TRow, TAnswer>> OpenGroup<TRow, TAnswer>(HotStatement<TRow, TAnswer> statement) =>
        new(Options.GroupSize, group => InTimeAsync(ct => statement.RunAsync(_pool, group, Clock.GetUtcNow(), ct), default));

    public override async Task ListenAsync(Action wake, CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(PostgresSettings.ForListening(Options));
        await connection.OpenAsync(ct);
        connection.Notification += (_, _) => wake();
        await using (var command = new NpgsqlCommand($"LISTEN {Channel}", connection))
            await command.ExecuteNonQueryAsync(ct);

        wake(); // what was said before we listened
        while (true)
            await connection.WaitAsync(ct);
    }

    public override async ValueTask DisposeAsync()
    {
        foreach (var group in _groups.Values)
            await group.DisposeAsync();
        await _pool.DisposeAsync();
    }

    protected override Task<T> OnReadAsync<T>(Func<Session, Task<T>> read, CancellationToken ct) => InTimeAsync(
        async ct =>
        {
            await using var connection = await _pool.OpenConnectionAsync(ct);
            return await read(new Session(connection, transaction: null, Clock.GetUtcNow(), ct, lists: PostgresLists.Translate));
        }, ct);

    protected override Task<T> OnWriteAsync<T>(Func<Session, Task<T>> write, Func<T, bool> keep, CancellationToken ct) => InTimeAsync(
        async ct =>
        {
            await using var connection = await _pool.OpenConnectionAsync(ct);
            await using var transaction = await connection.BeginTransactionAsync(ct);
            var session = new Session(connection, transaction, Clock.GetUtcNow(), ct, lists: PostgresLists.Translate)
            {
                ClockSkew = Options.ClockSkew,
            };
            var answer = await write(session);
            if (!keep(answer))
                return answer;

            if (session.WakesOthers)
                await session.ExecuteAsync($"NOTIFY {Channel}");
            await transaction.CommitAsync(ct);
            return answer;
        }, ct);

    protected override async Task<TAnswer> OnRunAsync<TRow, TAnswer>(HotStatement<TRow, TAnswer> statement, TRow row, CancellationToken ct)
    {
        var waiting = new PendingRow<TRow, TAnswer>(row);
        ((GroupCommit<PendingRow<TRow, TAnswer>>)_groups[statement]).Add(waiting);
        return await waiting.AnswerWithinAsync(Options.Timeout, ct);
    }

    protected override async Task OnMigrateAsync(CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(PostgresSettings.ForMigration(Options));
        await connection.OpenAsync(ct);
        await RequireWritableAsync(connection, ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await using (var command = new NpgsqlCommand($"SELECT pg_advisory_xact_lock({MigrationLock})", connection, transaction))
            await command.ExecuteNonQueryAsync(ct);
        await Migrations.ApplyAsync(connection, transaction, Migration.Of("Postgres"), Clock.GetUtcNow(), ct);
        await transaction.CommitAsync(ct);
    }

    protected override StorageFailure Classify(Exception exception) => PostgresFailures.Classify(exception);

    protected override bool IsUnwritable(Exception exception) => PostgresFailures.IsUnwritable(exception);

    protected override bool IsDuplicateKey(DbException exception) => exception.SqlState is PostgresErrorCodes.UniqueViolation;

    protected override Task ProvokeAsync(StorageFault fault, CancellationToken ct) =>
        InTimeAsync(async ct => { await PostgresFaults.ProvokeAsync(fault, _pool, Options.Timeout, ct); return true; }, ct);

    /// <summary>Runs until done or out of time. What the driver still does after that, its caller does not wait for.</summary>
    private async Task<T> InTimeAsync<T>(Func<CancellationToken, Task<T>> use, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        var stop = new CancellationTokenSource();
        var running = TryAsync(use, stop.Token);
        try
        {
            return await running.WaitAsync(Options.Timeout, ct);
        }
        catch (Exception) when (!running.IsCompleted)
        {
            Overdue.Stop(running, stop);
            throw;
        }
    }

    /// <summary>Before a server serves: statements that stay prepared need a session of their own for each connection.</summary>
    /// <remarks>
    /// A pooler that shares sessions gives the first connection's to the second while that has a transaction, and the first another,
    /// which knows nothing of what was prepared.
    /// </remarks>
    protected override async Task OnCheckAsync(CancellationToken ct)
    {
        if (!PostgresSettings.Prepares(Options))
            return;

        await using var first = new NpgsqlConnection(PostgresSettings.ForCheck(Options));
        await using var second = new NpgsqlConnection(PostgresSettings.ForCheck(Options));
        await first.OpenAsync(ct);
        await second.OpenAsync(ct);
        await using var command = new NpgsqlCommand("SELECT 1", first);
        await command.PrepareAsync(ct);
        await using var transaction = await second.BeginTransactionAsync(ct);
        await RunAsync("SELECT 1");
        try
        {
            await command.ExecuteNonQueryAsync(ct);
        }
        catch (NpgsqlException exception) when (exception is { SqlState: PostgresErrorCodes.InvalidSqlStatementName }
            or { InnerException: TimeoutException })
        {
            await RunAsync("DEALLOCATE ALL"); // nobody could use what is left there
            throw new UnusableDatabaseException(
                DatabaseFault.SessionsShared,
                "A pooler stands before PostgreSQL that shares its sessions, so that no statement stays prepared.");
        }

        async Task RunAsync(string sql)
        {
            await using var other = new NpgsqlCommand(sql, second, transaction);
            await other.ExecuteNonQueryAsync(ct);
        }
    }

    /// <summary>A standby becomes a primary some day and is waited for; what was set to be read only stays it.</summary>
    private static async Task RequireWritableAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            "SELECT current_setting('transaction_read_only') = 'on' AND NOT pg_is_in_recovery()", connection);
        if (await command.ExecuteScalarAsync(ct) is true)
        {
            throw new UnusableDatabaseException(
                DatabaseFault.ReadOnly, "The database cannot be written: its transactions are read only (default_transaction_read_only).");
        }
    }

    /// <summary>Collisions with other transactions are tried again.</summary>
    private static async Task<T> TryAsync<T>(Func<CancellationToken, Task<T>> use, CancellationToken ct)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                return await use(ct);
            }
            catch (PostgresException exception) when (tries < MostTries && PostgresFailures.IsCollision(exception))
            {
            }
        }
    }
}
