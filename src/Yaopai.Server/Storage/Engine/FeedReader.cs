using System.Threading.Channels;
using Microsoft.Extensions.Options;
using Yaopai.Server.Credentials;
using Yaopai.Server.Stores;

namespace Yaopai.Server.Storage.Engine;

/// <summary>Tells this node what other nodes wrote: at once when they say so, and in any case several times a second.</summary>
internal sealed class FeedReader(
    Database database,
    IRevocationStore revocations,
    IChangeFeed changes,
    StorageStartup startup,
    IEnumerable<IRevocationListener> revocationListeners,
    IEnumerable<IChangeListener> changeListeners,
    IOptions<StorageOptions> options,
    TimeProvider clock,
    ILogger<FeedReader> log) : BackgroundService, IRevocationFeed
{
    /// <summary>Longer than an access token lives: what was revoked before can only matter to what is checked in the database.</summary>
    private static readonly TimeSpan s_atStart = TimeSpan.FromHours(2);

    private static readonly TimeSpan s_beforeListeningAgain = TimeSpan.FromSeconds(1);

    private readonly IRevocationListener[] _revocationListeners = [.. revocationListeners];
    private readonly IChangeListener[] _changeListeners = [.. changeListeners];
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Channel<bool> _wakes = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private HashSet<RecordedChange> _heard = [];
    private DateTimeOffset? _readAt;
    private long _succeededAt;
    private bool _failing;

    /// <summary>Ends when this node knows all revocations that still matter; fails when they cannot be read at all.</summary>
    public Task Ready => _ready.Task;

    /// <inheritdoc/>
    public TimeSpan? Age => Volatile.Read(ref _succeededAt) is not 0 and var at ? clock.GetElapsedTime(at) : null;

    /// <summary>Has the feed read soon, without waiting for the next turn.</summary>
    public void Wake() => _wakes.Writer.TryWrite(true);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await startup.Ready.WaitAsync(stoppingToken);
        await using var timer = clock.CreateTimer(_ => Wake(), null, TimeSpan.Zero, options.Value.PollInterval);
        await Task.WhenAll(ReadAsync(stoppingToken), ListenAsync(stoppingToken));
    }

    private async Task ReadAsync(CancellationToken ct)
    {
        await foreach (var _ in _wakes.Reader.ReadAllAsync(ct))
        {
            try
            {
                await ReadOnceAsync(ct);
                Report(failing: false);
            }
            catch (StorageException exception)
            {
                if (exception.Failure is StorageFailure.Failed)
                    _ready.TrySetException(exception); // of a node that starts: what it refuses today, it refuses tomorrow
                Report(failing: true, exception);
            }
        }
    }

    private async Task ReadOnceAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();

        // A row may become visible as late as its write may take, and carries the time of a clock that may differ from ours.
        var overlap = options.Value.ClockSkew + (options.Value.Timeout * 2);
        var (revoked, _) = await revocations.SinceAsync(_readAt is { } last ? last - overlap : now - s_atStart, ct);
        var recorded = await changes.SinceAsync((_readAt ?? now) - overlap, ct);
        var changed = recorded.Where(change => !_heard.Contains(change)).Select(change => change.Change).ToArray();

        foreach (var listener in _revocationListeners)
        {
            foreach (var revocation in revoked)
                listener.OnRevoked(revocation);
        }

        foreach (var listener in _changeListeners)
        {
            foreach (var change in changed)
                listener.OnChanged(change);
        }

        _heard = [.. recorded]; // what is still within the overlap; obeyed again, it would have caches read again until then
        _readAt = now;
        Volatile.Write(ref _succeededAt, clock.GetTimestamp());
        _ready.TrySetResult();
    }

    private async Task ListenAsync(CancellationToken ct)
    {
        while (true)
        {
            try
            {
                await database.ListenAsync(Wake, ct);
            }
            catch (Exception exception) when (!ct.IsCancellationRequested)
            {
                log.NotificationsNotHeard(exception);
            }

            await Task.Delay(s_beforeListeningAgain, clock, ct);
        }
    }

    private void Report(bool failing, StorageException? exception = null)
    {
        if (failing && !_failing)
            log.FeedUnreadable(exception?.InnerException?.Message);
        else if (!failing && _failing)
            log.FeedReadable();
        _failing = failing;
    }
}
