using Yaopai.Server.Credentials;
using Yaopai.Server.Gateway;
using Yaopai.Server.Sandbox.Worlds;
using Yaopai.Server.Stores;

namespace Yaopai.Server.Sandbox.Snapshots;

/// <summary>Keeps the sandbox as it is, and brings it back: data, clocks and faults. What was issued in between is void then.</summary>
internal sealed class Snapshots(
    SnapshotFolder folder, IDatabaseCopies copies, IVoidSpanStore spans, IRevocationStore revocationStore, RevocationList revocations,
    HybridClock dates, SandboxClock clock, Faults faults, WorldDirectory worlds, SandboxMemory memory, IEnumerable<ISurface> surfaces,
    TimeProvider time) : IFirstRun, IDisposable
{
    private const int Most = 20;
    private const long MostBytes = 64 << 20;

    /// <summary>One at a time: what one of them copies the next must not replace.</summary>
    private readonly SemaphoreSlim _turn = new(1);

    private static readonly Problem s_unsupported = new(501, "Not with this database",
        "Snapshots are copies of SQLite's file. With PostgreSQL use a world per test (POST /sandbox/worlds), or POST /sandbox/reset.");

    public IReadOnlyList<Snapshot> List() => folder.List();

    public Task<(Snapshot? Snapshot, Problem? Problem)> TakeAsync(string name, CancellationToken ct) => InTurnAsync(async () =>
    {
        if (!SnapshotFolder.IsName(name))
            return (null, Problem.Invalid("name: 1 to 64 lower-case letters, digits, - and _."));

        if (!folder.TryFind(name, out _) && folder.List().Count >= Most)
            return (null, Problem.Conflict($"There are {Most} snapshots, which is all there may be. DELETE /sandbox/snapshots/{{name}}."));

        var takenAt = dates.Now;
        var file = folder.NewFile();
        try
        {
            if (!await copies.TryTakeAsync(file, ct))
                return (null, s_unsupported);

            if (new FileInfo(file).Length > MostBytes)
                return (null, Problem.Conflict($"The database is larger than {MostBytes >> 20} MiB, the most that a snapshot may have."));

            var snapshot = new Snapshot(
                name, takenAt, clock.Offset,
                [.. clock.All.Select(own => new AppOffset(own.AppId, own.Offset, own.IsOfWorld))],
                [.. faults.All.Select(fault => FaultReader.Write(fault, time.GetUtcNow()))]);
            folder.Keep(snapshot, file);
            return ((Snapshot?)snapshot, (Problem?)null);
        }
        finally
        {
            File.Delete(file);
        }
    }, ct);

    public Task<(Snapshot? Snapshot, Problem? Problem)> RestoreAsync(string name, CancellationToken ct) => InTurnAsync(async () =>
    {
        if (!folder.TryFind(name, out var snapshot))
            return (null, Missing(name));

        // Before the data: what is issued while it comes back is void too.
        var span = new VoidSpan(snapshot.TakenAt, await dates.UpperBoundAsync(ct));
        if (!await copies.TryRestoreAsync(folder.DatabaseOf(name), ct))
            return (null, Problem.Conflict("The snapshot is of another version of the server. Take a new one."));

        await spans.AddAsync(span, ct);
        dates.OnRevoked(new Revocation(0, 0, Guid.Empty, span.Until, span.Until)); // what is issued from now on is dated after it
        memory.Clear();
        await LoadAsync(ct);
        await SetAsync(snapshot, ct);
        return ((Snapshot?)snapshot, (Problem?)null);
    }, ct);

    public Problem? Remove(string name)
    {
        if (!folder.TryFind(name, out _))
            return Missing(name);

        folder.Remove(name);
        return null;
    }

    /// <summary>What was void before a restart is void after it.</summary>
    public async Task RunAsync(CancellationToken ct) => revocations.SetVoid(await spans.ListAsync(ct));

    public void Dispose() => _turn.Dispose();

    private static Problem Missing(string name) => Problem.NotFound(
        SnapshotFolder.IsName(name)
            ? $"There is no snapshot \"{name}\". POST /sandbox/snapshots/{name} takes one; GET /sandbox/snapshots lists them."
            : "name: 1 to 64 lower-case letters, digits, - and _.");

    private async Task LoadAsync(CancellationToken ct)
    {
        foreach (var revocation in (await revocationStore.SinceAsync(time.GetUtcNow() - RevocationList.Memory, ct)).Revocations)
            revocations.OnRevoked(revocation);
        await RunAsync(ct);
    }

    private async Task SetAsync(Snapshot snapshot, CancellationToken ct)
    {
        clock.Put(snapshot.Clock, snapshot.Apps.Select(own => (own.ClientId, own.Offset, own.OfWorld)));
        foreach (var request in snapshot.Faults)
        {
            var (world, _) = await worlds.FindNamedAsync(request.World, ct);
            if (FaultReader.Read(request, [.. surfaces], world, time.GetUtcNow()).Make is { } make)
                faults.Add(make);
        }
    }

    private async Task<T> InTurnAsync<T>(Func<Task<T>> act, CancellationToken ct)
    {
        await _turn.WaitAsync(ct);
        try
        {
            return await act();
        }
        finally
        {
            _turn.Release();
        }
    }
}
