using Yaopai.Server.Storage.Engine;
using Yaopai.Server.Stores;

namespace Yaopai.Server.Storage;

/// <summary>Makes the database ready; one that is away is waited for, one that cannot be used stops the program.</summary>
internal sealed class StorageStartup(Database database, TimeProvider clock, ILogger<StorageStartup> log) : BackgroundService
{
    private static readonly TimeSpan s_beforeTryingAgain = TimeSpan.FromSeconds(1);

    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when the schema is what this program needs; fails when it cannot become so.</summary>
    public Task Ready => _ready.Task;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await MigrateAsync(stoppingToken);
            _ready.TrySetResult();
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            _ready.TrySetCanceled(stoppingToken);
        }
        catch (Exception exception)
        {
            _ready.TrySetException(exception);
            throw;
        }
    }

    private async Task MigrateAsync(CancellationToken ct)
    {
        for (var waited = false; ; waited = true)
        {
            try
            {
                await database.MigrateAsync(ct);
                await database.CheckAsync(ct);
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

            await Task.Delay(s_beforeTryingAgain, clock, ct);
        }
    }
}
