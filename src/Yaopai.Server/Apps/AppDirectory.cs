using Yaopai.Server.Stores;

namespace Yaopai.Server.Apps;

/// <summary>Apps by client_id, kept in memory until they change: admission has to cost nothing.</summary>
internal sealed class AppDirectory(IAppStore store) : IChangeListener
{
    private readonly ReadThroughCache<long, App> _apps = new(100_000, store.FindAsync);

    public ValueTask<App?> FindAsync(long id, CancellationToken ct) => _apps.FindAsync(id, ct);

    /// <summary>Freezes the app until then: on this node at once, on the others as soon as they hear of it.</summary>
    public async Task FreezeAsync(long id, DateTimeOffset until, CancellationToken ct)
    {
        await store.FreezeAsync(id, until, ct);
        _apps.Forget(id);
    }

    public void OnChanged(Change change)
    {
        if (change.Kind is ChangeKind.App)
            _apps.Forget(change.Id);
        else if (change.Kind is ChangeKind.Developer or ChangeKind.AccountGroup)
            _apps.Clear(); // rare, and an app carries what its developer decides
    }

    public void Clear() => _apps.Clear();
}
