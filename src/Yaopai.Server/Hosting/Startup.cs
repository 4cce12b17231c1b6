using Yaopai.Server.Keys;
using Yaopai.Server.Storage;
using Yaopai.Server.Storage.Engine;
using Yaopai.Server.Stores;

namespace Yaopai.Server.Hosting;

/// <summary>What has to be there before the first request: schema, keys, demo data, revocations.</summary>
/// <remarks>
/// A database that is away does not keep the server from starting: it answers the documented codes until the database comes.
/// Settings, a schema or a master key that cannot be used stop the program with a message that says so.
/// </remarks>
internal sealed class Startup(
    StorageStartup storage, KeyRing keys, FeedReader feed, Readiness readiness, IHostApplicationLifetime life, ILogger<Startup> log,
    IEnumerable<IFirstRun> firstRuns) : IHostedService, IDisposable
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _stopping = new();
    private Task _loading = Task.CompletedTask;

    public async Task StartAsync(CancellationToken ct)
    {
        _loading = LoadAsync(_stopping.Token);
        try
        {
            await _loading.WaitAsync(s_timeout, ct);
        }
        catch (TimeoutException)
        {
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
        await UntilReachedAsync(keys.LoadAsync, ct);
        foreach (var firstRun in firstRuns)
            await UntilReachedAsync(firstRun.RunAsync, ct);

        await feed.Ready.WaitAsync(ct);
        readiness.Set();
    }

    private static async Task UntilReachedAsync(Func<CancellationToken, Task> load, CancellationToken ct)
    {
        while (true)
        {
            try
            {
                await load(ct);
                return;
            }
            catch (StorageException)
            {
                await Task.Delay(TimeSpan.FromSeconds(1), ct);
            }
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
