using Yaopai.Server.Keys;
using Yaopai.Server.Storage;
using Yaopai.Server.Storage.Engine;
using Yaopai.Server.Stores;
using E = Yaopai.Errors.OperatorErrors;

namespace Yaopai.Server.Hosting;

/// <summary>What has to be there before the first request: schema, keys, demo data, revocations.</summary>
/// <remarks>
/// A database that is away does not keep the server from starting: it answers the documented codes until the database comes.
/// Settings, a schema or a master key that cannot be used stop the program with a message that says so.
/// </remarks>
internal sealed class Startup(
    Database database, StorageStartup storage, KeyRing keys, FeedReader feed, WriteProbe probe, Readiness readiness,
    IHostApplicationLifetime life, ILogger<Startup> log, IEnumerable<IFirstRun> firstRuns) : IHostedService, IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private Task _loading = Task.CompletedTask;

    /// <summary>What it failed of; null as long as it may still come to its end.</summary>
    public Exception? Failure => _loading.Exception?.InnerException;

    /// <summary>How long the start waits for it, and requests that come meanwhile.</summary>
    public TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(2);

    public async Task StartAsync(CancellationToken ct)
    {
        _loading = LoadAsync(_stopping.Token);
        try
        {
            await _loading.WaitAsync(Patience, ct);
        }
        catch (TimeoutException)
        {
            readiness.Delay();
            _ = WatchAsync();
        }
    }

    public async Task StopAsync(CancellationToken ct)
    {
        await _stopping.CancelAsync();
        await _loading.ContinueWith(_ => { }, TaskScheduler.Default);
    }

    public void Dispose() => _stopping.Dispose();

    private async Task LoadAsync(CancellationToken ct)
    {
        await storage.Ready.WaitAsync(ct);
        if (!database.TryClaim())
            log.DatabaseShared($"{new Complaint(E.Storage.FileShared, "Another server uses the same SQLite file.")}");
        await probe.Ready.WaitAsync(ct);
        keys.KeyLost += lost => log.KeyLost($"{Complaint.Of(lost)}");
        await UntilReachedAsync(keys.LoadAsync, ct);
        foreach (var firstRun in firstRuns)
            await UntilReachedAsync(firstRun.RunAsync, ct);

        await feed.Ready.WaitAsync(ct);
        readiness.Set();
    }

    private async Task UntilReachedAsync(Func<CancellationToken, Task> load, CancellationToken ct)
    {
        for (var waited = false; ; waited = true)
        {
            try
            {
                await load(ct);
                if (waited)
                    log.DatabaseReached();
                return;
            }
            // what it refuses today, it refuses tomorrow
            catch (StorageException exception) when (exception.Failure is not StorageFailure.Failed)
            {
                if (!waited)
                    log.DatabaseUnreachable(exception.InnerException?.Message);
            }

            await Task.Delay(TimeSpan.FromSeconds(1), ct);
        }
    }

    private async Task WatchAsync()
    {
        try
        {
            await _loading;
        }
        catch (OperationCanceledException)
        {
        }
        catch (Exception exception)
        {
            log.CannotStart(StartupFailures.Explain(exception)?.ToString() ?? exception.Message);
            Environment.ExitCode = 1;
            life.StopApplication();
        }
    }
}
