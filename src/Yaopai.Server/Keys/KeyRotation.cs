using Yaopai.Server.Stores;

namespace Yaopai.Server.Keys;

/// <summary>Keeps the ring ready: at start, and each minute after.</summary>
internal sealed class KeyRotation(KeyRing ring, Readiness readiness, TimeProvider clock, ILogger<KeyRotation> log) : BackgroundService
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await readiness.Ready.WaitAsync(stoppingToken);
        using var timer = new PeriodicTimer(s_pause, clock);
        do
        {
            try
            {
                await ring.PrepareAsync(clock.GetUtcNow(), stoppingToken);
            }
            catch (StorageException failure)
            {
                // Tomorrow's keys are made an hour ahead, so there are many more tries.
                log.KeysDelayed(failure.Failure);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
