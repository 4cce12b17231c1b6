using Yaopai.Server.DataStore;
using Yaopai.Server.Gateway.Documents;
using Yaopai.Server.Surfaces.OpenApi.Calls;
using static Yaopai.Server.Surfaces.OpenApi.Data.Answers;
using A = Yaopai.Server.Surfaces.OpenApi.Data.Arguments;

namespace Yaopai.Server.Surfaces.OpenApi.Data;

/// <summary>Associations of objects. Without data, only the objects are told.</summary>
internal static class AssociationMethods
{
    public static DataMethod[] Table(Associations associations) =>
    [
        new("setAssociation", Audience.Apps, [A.Name, A.FirstId, A.SecondId, A.Data, A.Time],
            x => DoAsync(associations.SetAsync(x.Owner, Key(x), x.Get(A.Data), x.Get(A.Time), x.Ct))),
        new("setAssociations", Audience.Apps, [A.Associations, A.NameOfAll],
            x => DoAsync(associations.SetManyAsync(
                x.Owner, [.. x.Get(A.Associations).Select(item => (Key(x, item), item.Data, item.Time))], x.Ct))),
        new("removeAssociation", Audience.Apps, [A.Name, A.FirstId, A.SecondId],
            x => DoAsync(associations.RemoveAsync(x.Owner, Key(x), x.Ct))),
        new("removeAssociations", Audience.Apps, [A.Associations, A.NameOfAll],
            x => DoAsync(associations.RemoveManyAsync(x.Owner, [.. x.Get(A.Associations).Select(item => Key(x, item))], x.Ct))),
        new("removeAssociatedObjects", Audience.Apps, [A.Name, A.ObjectId],
            x => DoAsync(associations.RemoveAllAsync(x.Owner, x.Get(A.Name), x.Get(A.ObjectId), x.Ct))),
        new("getAssociatedObjects", Audience.Apps, [A.Name, A.ObjectId, A.NoData, A.PageNumber, A.PageSize],
            x => TellAsync(
                associations.GetAsync(x.Owner, x.Get(A.Name), x.Get(A.ObjectId), new(x.Get(A.PageNumber), x.Get(A.PageSize)), x.Ct),
                others => Each(others, (json, other) => Write(json, other, x.Get(A.NoData))))),
        new("getAssociatedObjectCount", Audience.Apps, [A.Name, A.ObjectId],
            x => TellAsync(associations.CountAsync(x.Owner, x.Get(A.Name), x.Get(A.ObjectId), x.Ct), Number)),
        new("getAssociatedObjectCounts", Audience.Apps, [A.Name, A.ObjectIds],
            x => TellAsync(associations.CountManyAsync(x.Owner, x.Get(A.Name), x.Get(A.ObjectIds), x.Ct), ByNumber)),
        new("getAssociations", Audience.Apps, [A.FirstId, A.SecondId, A.NoData],
            x => TellAsync(
                associations.BetweenAsync(x.Owner, x.Get(A.FirstId), x.Get(A.SecondId), x.Ct),
                found => Each(found, (json, one) => Write(json, one, x.Get(A.NoData))))),
    ];

    private static AssociationKey Key(DataRequest x) => new(x.Get(A.Name), x.Get(A.FirstId), x.Get(A.SecondId));

    /// <summary>Its own name, or that of the list; without either it is one that no association has.</summary>
    private static AssociationKey Key(DataRequest x, AssociationReaders.Item item) =>
        new(item.Name ?? x.Get(A.NameOfAll) ?? "", item.FirstId, item.SecondId);

    private static void Write(DocumentWriter json, AssociatedObject other, bool noData)
    {
        json.WriteString("obj_id", other.Id.ToString());
        if (!noData)
            Write(json, other.Data, other.Time);
    }

    private static void Write(DocumentWriter json, Association association, bool noData)
    {
        json.WriteString("name", association.Name);
        json.WriteString("obj_id1", association.FirstId.ToString());
        json.WriteString("obj_id2", association.SecondId.ToString());
        if (!noData)
            Write(json, association.Data, association.Time);
    }

    private static void Write(DocumentWriter json, string data, DateTimeOffset time)
    {
        json.WriteString("data", data);
        json.WriteString("assoc_time", time.ToUnixTimeSeconds().ToString());
    }
}
