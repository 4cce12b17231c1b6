using Yaopai.Server.Gateway;
using Yaopai.Server.Sandbox.Worlds;

namespace Yaopai.Server.Sandbox.Requests;

/// <summary>The apps that a query narrows something to: one by <c>client_id</c>, or those of a <c>world</c>.</summary>
internal sealed class AskedApps(WorldDirectory worlds)
{
    public const string ClientId = "client_id";
    public const string World = "world";

    /// <summary>Null apps where the query narrows nothing.</summary>
    public async ValueTask<(IReadOnlySet<long>? Apps, Problem? Problem)> ReadAsync(IQueryCollection query, CancellationToken ct)
    {
        HashSet<long>? apps = null;
        if (query[ClientId].ToString() is { Length: > 0 } clientId)
        {
            if (!long.TryParse(clientId, out var appId) || appId <= 0)
                return (null, Problem.Invalid($"{ClientId}: the digits of an app, as GET /sandbox shows it."));

            apps = [appId];
        }

        if (query[World].ToString() is not { Length: > 0 } id)
            return (apps, null);

        var (world, problem) = await worlds.FindNamedAsync(id, ct);
        if (problem is not null)
            return (null, Problem.Invalid(problem.Detail));

        return (apps is null ? world!.Apps.ToHashSet() : apps.Intersect(world!.Apps).ToHashSet(), null);
    }
}
