using Yaopai.Server.Gateway;
using Yaopai.Server.Stores;

namespace Yaopai.Server.Sandbox.Worlds;

/// <summary>Worlds by id, kept in memory once they were asked for.</summary>
internal sealed class WorldDirectory
{
    private const int LongestId = 16;

    private readonly ReadThroughCache<string, World> _worlds;

    public WorldDirectory(IWorldStore store) => _worlds = new(
        10_000, async (id, ct) => await store.FindAsync(id, ct) is { } stored ? World.Of(stored) : null);

    public ValueTask<World?> FindAsync(string id, CancellationToken ct) =>
        id.Length is > 0 and <= LongestId && id.All(char.IsAsciiLetterOrDigit)
            ? _worlds.FindAsync(id, ct)
            : ValueTask.FromResult<World?>(null);

    /// <summary>The client_ids of a world; null where there is no such world.</summary>
    public async ValueTask<IReadOnlyList<long>?> AppsOfAsync(string id, CancellationToken ct) => (await FindAsync(id, ct))?.Apps;

    /// <summary>The world that a request names; nothing when it names none.</summary>
    public async ValueTask<(World? World, Problem? Problem)> FindNamedAsync(string? id, CancellationToken ct) =>
        id is null ? (null, null)
        : await FindAsync(id, ct) is { } world ? (world, null)
        : (null, Problem.NotFound($"world: there is no world \"{Shown(id)}\". POST /sandbox/worlds makes one, GET lists them."));

    public void Forget(string id) => _worlds.Forget(id);

    public void Clear() => _worlds.Clear();

    private static string Shown(string id) => id.Length <= LongestId ? id : $"{id[..LongestId]}…";
}
