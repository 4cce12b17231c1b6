using Yaopai.Server.Stores;

namespace Yaopai.Server.Sandbox.Worlds;

/// <summary>Removes worlds that were forgotten, every ten minutes.</summary>
internal sealed class WorldExpiry(Worlds worlds, TimeProvider time, ILogger<WorldExpiry> log) : BackgroundService
{
    private static readonly TimeSpan s_interval = TimeSpan.FromMinutes(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(s_interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await worlds.RemoveExpiredAsync(stoppingToken);
            }
            catch (StorageException exception)
            {
                log.WorldsDelayed(exception);
            }
        }
    }
}
