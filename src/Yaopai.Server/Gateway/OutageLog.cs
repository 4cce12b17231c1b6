using Yaopai.Server.Stores;

namespace Yaopai.Server.Gateway;

/// <summary>Says which requests storage failed, and of no more than so many a second: an outage meets all of them.</summary>
internal sealed class OutageLog(TimeProvider time, ILogger<OutageLog> log)
{
    public const int LinesPerSecond = 10;

    private readonly Lock _lock = new();
    private long _since = time.GetTimestamp();
    private int _lines;
    private int _unsaid;

    /// <param name="target">The operation, or the path of what belongs to no surface.</param>
    public void Say(StorageException exception, Enum failure, string target, string requestId)
    {
        int unsaid;
        lock (_lock)
        {
            unsaid = BeginSecond();
            if (++_lines > LinesPerSecond)
            {
                _unsaid++;
                return;
            }
        }

        if (unsaid > 0)
            log.RequestsFailedToo(unsaid);
        log.RequestFailed(failure, target, requestId, (exception.InnerException ?? exception).Message);
    }

    /// <summary>How many were not said in the one before; 0 within a second.</summary>
    private int BeginSecond()
    {
        if (time.GetElapsedTime(_since) < TimeSpan.FromSeconds(1))
            return 0;

        var unsaid = _unsaid;
        (_since, _lines, _unsaid) = (time.GetTimestamp(), 0, 0);
        return unsaid;
    }
}
