namespace Yaopai.Server.Queues;

/// <summary>What became of an owner's turn.</summary>
internal enum Turn
{
    /// <summary>There was nothing to do, or another node was faster.</summary>
    Nothing,

    Done,

    /// <summary>The work was tried in vain: the owner's next may be as slow.</summary>
    Failed,
}

/// <summary>A durable queue whose items have owners; the owners of one node are served by <see cref="Lanes"/>.</summary>
internal interface IQueue
{
    /// <summary>Owners for whom something may be due. What this throws is the queue's own to catch and log.</summary>
    Task<IReadOnlyList<long>> DueOwnersAsync(CancellationToken ct);

    /// <summary>Takes what is due for the owner for longest, under a lease, and does it.</summary>
    Task<Turn> ServeNextAsync(long owner, CancellationToken ct);

    /// <summary>Says that the owner's items have to wait for the next look.</summary>
    void LogInterrupted(long owner, Exception exception);
}
