namespace Yaopai.Server.Storage.Postgres;

/// <summary>Ends uses of the database that ran out of time, on threads that nobody else waits for.</summary>
/// <remarks>
/// The driver asks the server over another connection to stop, and blocks while no answer comes: where it is cancelled, and where a read
/// that its own time-out ends has to wait for that. It does so on threads of the pool, which begins with one for each processor; a server
/// that hangs would take them all, and with them everything that needs no database. So each use that is overdue brings the pool its own.
/// </remarks>
internal static class Overdue
{
    private const int ThreadsOfEach = 2;

    private static readonly Lock s_lock = new();

    public static void Stop(Task running, CancellationTokenSource stop)
    {
        AddThreads(ThreadsOfEach); // before anything blocks
        _ = Task.WhenAll(running, Task.Run(stop.Cancel)).ContinueWith(
            static ended =>
            {
                _ = ended.Exception; // nobody is left to see it
                AddThreads(-ThreadsOfEach);
            },
            TaskScheduler.Default);
    }

    private static void AddThreads(int count)
    {
        lock (s_lock)
        {
            ThreadPool.GetMinThreads(out var workers, out var ports);
            ThreadPool.SetMinThreads(workers + count, ports);
        }
    }
}
