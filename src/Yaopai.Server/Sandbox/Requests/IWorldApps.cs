namespace Yaopai.Server.Sandbox.Requests;

/// <summary>Which apps belong to a world of a test.</summary>
internal interface IWorldApps
{
    /// <summary>Null where there is no such world.</summary>
    ValueTask<IReadOnlyList<long>?> AppsOfAsync(string id, CancellationToken ct);
}
