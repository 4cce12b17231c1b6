namespace Yaopai.Server.Stores;

/// <summary>Copies of the database in files, where the engine can make them while it is used. For the sandbox.</summary>
internal interface IDatabaseCopies
{
    /// <summary>Copies the database to a file that is not there. False where the engine makes no copies.</summary>
    Task<bool> TryTakeAsync(string path, CancellationToken ct);

    /// <summary>Replaces everything but the keys by what the copy has, in one transaction.
    /// False where the copy is of another version of the schema.</summary>
    Task<bool> TryRestoreAsync(string path, CancellationToken ct);
}
