using Yaopai.Server.Stores;

namespace Yaopai.Server.Accounts;

/// <summary>Removes recycled accounts whose time is over, every hour.</summary>
internal sealed class RecycledAccountPurge(AccountRecycling recycling, TimeProvider clock, ILogger<RecycledAccountPurge> log)
    : BackgroundService
{
    private static readonly TimeSpan s_interval = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(s_interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await recycling.PurgeAsync(stoppingToken);
            }
            catch (StorageException exception)
            {
                log.RecycledAccountsDelayed(exception);
            }
        }
    }
}
