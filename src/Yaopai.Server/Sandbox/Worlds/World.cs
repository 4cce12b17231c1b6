using System.Text.Json;
using Yaopai.Server.Stores;

namespace Yaopai.Server.Sandbox.Worlds;

/// <summary>A copy of the demo data for one test: its ids, from which all else of it follows.</summary>
/// <param name="Apps">In the order of the demo apps, as are the users.</param>
/// <param name="Developers">Of the first two apps, and of the third.</param>
internal sealed record World(
    string Id, IReadOnlyList<long> Apps, IReadOnlyList<long> Users, IReadOnlyList<long> Developers, long GroupId,
    IReadOnlyList<long> Tenants, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt)
{
    public static World Of(StoredWorld stored)
    {
        var parts = JsonSerializer.Deserialize<Parts>(stored.Parts)!;
        return new(
            stored.Id, parts.Apps, parts.Users, parts.Developers, parts.GroupId, parts.Tenants, stored.CreatedAt, stored.ExpiresAt);
    }

    public StoredWorld ToStored() =>
        new(Id, JsonSerializer.Serialize(new Parts(Apps, Users, Developers, GroupId, Tenants)), CreatedAt, ExpiresAt);

    /// <summary>What goes when it goes.</summary>
    public Belongings ToBelongings() =>
        new() { Accounts = Users, Apps = Apps, Developers = Developers, Groups = [GroupId], Tenants = Tenants };

    private sealed record Parts(
        IReadOnlyList<long> Apps, IReadOnlyList<long> Users, IReadOnlyList<long> Developers, long GroupId, IReadOnlyList<long> Tenants);
}
