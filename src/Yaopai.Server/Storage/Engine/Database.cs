using System.Data.Common;
using System.Diagnostics;
using Polly;
using Polly.CircuitBreaker;
using Yaopai.Server.Keys;
using Yaopai.Server.Storage.Hot;
using Yaopai.Server.Stores;

namespace Yaopai.Server.Storage.Engine;

/// <summary>How the stores use the database; what differs between the engines is below it, everything else is written once,
/// in <c>Storage/Sql</c>.</summary>
internal abstract class Database(StorageOptions options, TimeProvider clock, IStorageSeam? seam) : IAsyncDisposable
{
    private readonly ResiliencePipeline _circuit = Circuit.Create(options);

    protected StorageOptions Options => options;

    protected TimeProvider Clock => clock;

    /// <summary>Told of each use that failed because nothing can be written.</summary>
    public event Action? WriteRefused;

    /// <summary>How long one use of the database may take.</summary>
    public TimeSpan Timeout => options.Timeout;

    /// <summary>Whether each write that waits for another holds a connection.</summary>
    public abstract bool WritesWaitOnConnections { get; }

    public Task<T> ReadAsync<T>(Func<Session, Task<T>> read, CancellationToken ct) =>
        GuardAsync(ct => OnReadAsync(read, ct), ct);

    /// <summary>Runs the statements in one transaction.</summary>
    public Task<T> WriteAsync<T>(Func<Session, Task<T>> write, CancellationToken ct) =>
        GuardAsync(ct => OnWriteAsync(write, _ => true, ct), ct);

    /// <summary>Runs the statements in one transaction, and keeps what was written when the answer says so.</summary>
    public Task<T> WriteAsync<T>(Func<Session, Task<T>> write, Func<T, bool> keep, CancellationToken ct) =>
        GuardAsync(ct => OnWriteAsync(write, keep, ct), ct);

    /// <summary>Runs the statements in one transaction. When the answer is false, or a unique value is taken,
    /// nothing of it stays.</summary>
    public async Task<bool> TryWriteAsync(Func<Session, Task<bool>> write, CancellationToken ct)
    {
        try
        {
            return await GuardAsync(ct => OnWriteAsync(write, done => done, ct), ct);
        }
        catch (StorageException exception) when (exception.InnerException is DbException inner && IsDuplicateKey(inner))
        {
            return false;
        }
    }

    /// <summary>Runs one of the <see cref="HotStatements"/>, grouped with other calls of it where the engine gains by that.</summary>
    public Task<TAnswer> RunAsync<TRow, TAnswer>(HotStatement<TRow, TAnswer> statement, TRow row, CancellationToken ct) =>
        GuardAsync(ct => OnRunAsync(statement, row, ct), ct);

    /// <summary>Brings the schema up to what this program knows; other nodes that try meanwhile wait their turn.</summary>
    public async Task MigrateAsync(CancellationToken ct) =>
        await ClassifyAsync(async ct => { await OnMigrateAsync(ct); return true; }, ct, ClassifyAtStart);

    /// <summary>Looks, before a server serves, for what would fail only under load.</summary>
    public async Task CheckAsync(CancellationToken ct) =>
        await ClassifyAsync(async ct => { await OnCheckAsync(ct); return true; }, ct, ClassifyAtStart);

    /// <summary>Writes a row that means nothing, to see whether writes reach the disk.</summary>
    public async Task ProbeAsync(CancellationToken ct) => await WriteAsync(
        session => session.ExecuteAsync(
            """
            UPDATE write_probe
               SET written_at = @now
            """, new { now = session.Now.ToMilliseconds() }), ct);

    /// <summary>Calls <paramref name="wake"/> when another node says that it wrote to the feed. Ends when it can hear no more.</summary>
    public abstract Task ListenAsync(Action wake, CancellationToken ct);

    /// <summary>What was deleted for good leaves the log of writes as well, where the engine has one that holds it for long.</summary>
    public virtual Task EmptyLogAsync(CancellationToken ct) => Task.CompletedTask;

    /// <summary>Copies the database to an empty file. False where the engine has programs of its own for that.</summary>
    public Task<bool> TryBackUpAsync(string path, CancellationToken ct) =>
        ClassifyAsync(_ => Task.FromResult(TryBackUp(path)), ct, ClassifyAtStart);

    /// <summary>Replaces all but the keys by what a copy has. False where it is of another version of the schema.</summary>
    public Task<bool> TryRestoreAsync(string path, CancellationToken ct) =>
        ClassifyAsync(_ => Task.FromResult(TryRestore(path)), ct, ClassifyAtStart);

    /// <summary>Says to other servers that one uses the database. False when another did before, and only one should.</summary>
    public virtual bool TryClaim() => true;

    /// <summary>Whether this server said first that it uses the database, and no other did since. Never where several should.</summary>
    public virtual bool IsAlone => false;

    public abstract ValueTask DisposeAsync();

    protected abstract Task<T> OnReadAsync<T>(Func<Session, Task<T>> read, CancellationToken ct);

    /// <param name="keep">Whether what was written stays, told by the answer.</param>
    protected abstract Task<T> OnWriteAsync<T>(Func<Session, Task<T>> write, Func<T, bool> keep, CancellationToken ct);

    protected abstract Task<TAnswer> OnRunAsync<TRow, TAnswer>(HotStatement<TRow, TAnswer> statement, TRow row, CancellationToken ct);

    protected abstract Task OnMigrateAsync(CancellationToken ct);

    protected virtual bool TryBackUp(string path) => false;

    protected virtual bool TryRestore(string path) => false;

    protected virtual Task OnCheckAsync(CancellationToken ct) => Task.CompletedTask;

    protected abstract StorageFailure Classify(Exception exception);

    /// <summary>The same where nothing was ever reached: what is only worth waiting for while a server runs has failed.</summary>
    protected virtual StorageFailure ClassifyAtStart(Exception exception) => Classify(exception);

    /// <summary>Whether it says that nothing can be written, whoever tries.</summary>
    protected abstract bool IsUnwritable(Exception exception);

    protected abstract bool IsDuplicateKey(DbException exception);

    /// <summary>Makes the engine really fail in this way.</summary>
    protected abstract Task ProvokeAsync(StorageFault fault, CancellationToken ct);

    private async Task<T> GuardAsync<T>(Func<CancellationToken, Task<T>> use, CancellationToken ct)
    {
        if (seam?.Current is { } fault)
        {
            // Before the circuit: what one caller breaks on purpose must not turn others away.
            await ClassifyAsync<bool>(
                async ct =>
                {
                    await ProvokeAsync(fault, ct);
                    throw new UnreachableException($"{fault} did not fail.");
                }, ct);
        }

        try
        {
            return await _circuit.ExecuteAsync(
                static async (state, ct) => await state.Self.ClassifyAsync(state.use, ct), (Self: this, use), ct);
        }
        catch (BrokenCircuitException exception)
        {
            throw new StorageException(StorageFailure.Unreachable, exception);
        }
        catch (StorageException exception) when (exception.InnerException is { } inner && IsUnwritable(inner))
        {
            WriteRefused?.Invoke();
            throw;
        }
    }

    private async Task<T> ClassifyAsync<T>(
        Func<CancellationToken, Task<T>> use, CancellationToken ct, Func<Exception, StorageFailure>? classify = null)
    {
        try
        {
            return await use(ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception exception) when (exception is UnusableDatabaseException or KeyLostException)
        {
            throw; // no failure of the database's: identifiers are derived while they are written
        }
        catch (Exception exception)
        {
            // A group shares one exception: each of its callers gets a new one around it.
            throw new StorageException(
                exception is OperationCanceledException ? StorageFailure.Timeout : (classify ?? Classify)(exception), exception);
        }
    }
}
