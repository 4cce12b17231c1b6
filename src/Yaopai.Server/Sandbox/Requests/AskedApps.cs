using Yaopai.Server.Gateway;

namespace Yaopai.Server.Sandbox.Requests;

/// <summary>The apps that a query narrows something to: one by <c>client_id</c>, or those of a <c>world</c>.</summary>
internal sealed class AskedApps(IWorldApps? worlds = null)
{
    public const string ClientId = "client_id";
    public const string World = "world";

    /// <summary>Null apps where the query narrows nothing.</summary>
    public async ValueTask<(IReadOnlySet<long>? Apps, Problem? Problem)> ReadAsync(IQueryCollection query, CancellationToken ct)
    {
        HashSet<long>? apps = null;
        if (query[ClientId].ToString() is { Length: > 0 } clientId)
        {
            if (!long.TryParse(clientId, out var id) || id <= 0)
                return (null, Problem.Invalid($"{ClientId}: the digits of an app, as GET /sandbox shows it."));

            apps = [id];
        }

        if (query[World].ToString() is not { Length: > 0 } world)
            return (apps, null);
        if (worlds is null || await worlds.AppsOfAsync(world, ct) is not { } ofWorld)
            return (null, Problem.Invalid($"{World}: there is no such world."));

        return (apps is null ? ofWorld.ToHashSet() : apps.Intersect(ofWorld).ToHashSet(), null);
    }
}
