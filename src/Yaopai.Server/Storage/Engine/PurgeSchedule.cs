using Yaopai.Server.Storage.Sql;
using Yaopai.Server.Storage.Sql.DataStore;
using Yaopai.Server.Storage.Sql.Knowledge;
using Yaopai.Server.Stores;

namespace Yaopai.Server.Storage.Engine;

/// <summary>Removes what no longer matters, every minute.</summary>
internal sealed class PurgeSchedule(
    SqlPurge purge, DroppedTypes types, DroppedDefinitions definitions, AttachmentSweep attachments, StorageStartup startup,
    TimeProvider clock, ILogger<PurgeSchedule> log) : BackgroundService
{
    private static readonly TimeSpan s_interval = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await startup.Ready.WaitAsync(stoppingToken);
        using var timer = new PeriodicTimer(s_interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await purge.RunAsync(clock.GetUtcNow(), stoppingToken);
                await types.PurgeAsync(stoppingToken);
                await definitions.PurgeAsync(stoppingToken);
                await attachments.RunAsync(clock.GetUtcNow(), stoppingToken);
            }
            catch (StorageException exception)
            {
                log.PurgeDelayed(exception);
            }
        }
    }
}
