namespace Yaopai.Server.Stores;

/// <summary>Why storage did not do what it was asked.</summary>
internal enum StorageFailure
{
    /// <summary>No connection could be had, or the circuit is open.</summary>
    Unreachable,

    /// <summary>No answer within the storage time-out.</summary>
    Timeout,

    /// <summary>A conflict with other work that outlived its retries: the same request may succeed later.</summary>
    Conflict,

    /// <summary>The operation failed.</summary>
    Failed,
}

/// <summary>The one exception that leaves <c>Storage</c>.</summary>
internal sealed class StorageException(StorageFailure failure, Exception? inner = null)
    : Exception($"Storage: {failure}.", inner)
{
    public StorageFailure Failure => failure;
}
