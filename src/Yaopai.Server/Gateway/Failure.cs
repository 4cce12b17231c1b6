namespace Yaopai.Server.Gateway;

/// <summary>What can go wrong around the rules of an operation: decided by the server, never by a rule.</summary>
internal enum Failure
{
    /// <summary>The request itself cannot be parsed.</summary>
    Unparsable,

    /// <summary>More parameters than anything takes. Where no answer is documented for it, it counts as unparsable.</summary>
    TooManyParameters,

    /// <summary>A network policy excludes the peer, or the app is disabled.</summary>
    Forbidden,

    /// <summary>The app is disabled. Where no answer is documented for it, it counts as forbidden.</summary>
    AppDisabled,

    /// <summary>The body is of a type that the operation does not read.
    /// Where no answer is documented for it, it counts as unparsable.</summary>
    UnsupportedMediaType,

    /// <summary>Nothing is at that address; the operation that documents the answer is the one nearest to it.</summary>
    NoSuchPath,

    MethodNotAllowed,

    /// <summary>An exception that nobody foresaw.</summary>
    Unexpected,

    /// <summary>Storage refuses connections, or its circuit is open.</summary>
    StorageUnreachable,

    /// <summary>Storage did not answer in its own time-out.</summary>
    StorageTimeout,

    /// <summary>A conflict in storage that outlived its retries.</summary>
    StorageConflict,

    /// <summary>A storage operation failed.</summary>
    StorageFailed,

    /// <summary>What storage holds cannot be used.</summary>
    DataUnreadable,

    /// <summary>The key ring cannot open or sign.</summary>
    KeyLost,

    /// <summary>More calls than the quota of the app allows.</summary>
    Throttled,

    /// <summary>More calls than one address may make that proves no app.
    /// Where no answer is documented for it, it counts as throttled.</summary>
    Flooded,

    /// <summary>The request's deadline passed.</summary>
    DeadlinePassed,

    /// <summary>An operation produced an answer that the catalogue does not document for it.</summary>
    Undocumented,
}
