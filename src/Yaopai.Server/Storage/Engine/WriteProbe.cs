using System.Threading.Channels;
using Yaopai.Server.Stores;

namespace Yaopai.Server.Storage.Engine;

/// <summary>Writes now and then, and as soon as somebody's write was refused, to know whether writes succeed.</summary>
internal sealed class WriteProbe : BackgroundService
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_successCounts = TimeSpan.FromSeconds(5);

    /// <summary>Small writes may still succeed where larger ones do not: for so long what was refused to anybody counts.</summary>
    private static readonly TimeSpan s_refusalCounts = TimeSpan.FromSeconds(3);

    private readonly Database _database;
    private readonly StorageStartup _startup;
    private readonly TimeProvider _clock;
    private readonly ILogger<WriteProbe> _log;
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Channel<bool> _wakes = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private long _succeededAt;
    private long _refusedAt;
    private volatile bool _failing;

    public WriteProbe(Database database, StorageStartup startup, TimeProvider clock, ILogger<WriteProbe> log)
    {
        (_database, _startup, _clock, _log) = (database, startup, clock, log);
        database.WriteRefused += OnRefused;
    }

    /// <summary>Ends when something was written; fails when nothing can be.</summary>
    public Task Ready => _ready.Task;

    /// <summary>Whether writes succeed, as far as this node knows.</summary>
    public bool Succeeds => !_failing && Volatile.Read(ref _succeededAt) is not 0 && !IsSince(ref _refusedAt, s_refusalCounts);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await _startup.Ready.WaitAsync(stoppingToken);
        await using var timer = _clock.CreateTimer(_ => Wake(), null, TimeSpan.Zero, s_interval);
        await foreach (var _ in _wakes.Reader.ReadAllAsync(stoppingToken))
        {
            if (_failing || IsSince(ref _refusedAt, s_refusalCounts) || !IsSince(ref _succeededAt, s_successCounts))
                await ProbeAsync(stoppingToken);
        }
    }

    private bool IsSince(ref long at, TimeSpan span) => Volatile.Read(ref at) is not 0 and var then && _clock.GetElapsedTime(then) < span;

    private void Wake() => _wakes.Writer.TryWrite(true);

    private void OnRefused()
    {
        Volatile.Write(ref _refusedAt, _clock.GetTimestamp());
        if (!_failing)
            Wake(); // and not again with each
    }

    private async Task ProbeAsync(CancellationToken ct)
    {
        try
        {
            await _database.ProbeAsync(ct);
            if (_failing)
                _log.WritesSucceed();
            _failing = false;
            Volatile.Write(ref _succeededAt, _clock.GetTimestamp());
            _ready.TrySetResult();
        }
        catch (StorageException exception)
        {
            if (exception.Failure is StorageFailure.Failed)
                _ready.TrySetException(exception); // of a node that starts: what it refuses today, it refuses tomorrow
            if (!_failing)
                _log.WritesFail(exception.InnerException?.Message);
            _failing = true;
        }
    }
}
