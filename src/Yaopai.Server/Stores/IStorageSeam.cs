namespace Yaopai.Server.Stores;

internal enum StorageFault
{
    /// <summary>Connections are refused.</summary>
    Down,

    /// <summary>Nothing answers within the storage time-out.</summary>
    Slow,

    /// <summary>Statements fail.</summary>
    Error,

    /// <summary>Writes keep colliding with other work.</summary>
    Conflict,
}

/// <summary>Where the sandbox breaks storage. Asked in the caller's own context before every use of the database.</summary>
internal interface IStorageSeam
{
    StorageFault? Current { get; }
}
