using Yaopai.Server.Stores;

namespace Yaopai.Server.Storage.Engine;

/// <inheritdoc cref="IDatabaseCopies"/>
internal sealed class DatabaseCopies(Database database) : IDatabaseCopies
{
    public Task<bool> TryTakeAsync(string path, CancellationToken ct) => database.TryBackUpAsync(path, ct);

    public Task<bool> TryRestoreAsync(string path, CancellationToken ct) => database.TryRestoreAsync(path, ct);
}
