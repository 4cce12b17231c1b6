using Yaopai.Server.DataStore;
using Yaopai.Server.Gateway.Documents;
using Yaopai.Server.Surfaces.OpenApi.Calls;
using static Yaopai.Server.Surfaces.OpenApi.Data.Answers;
using A = Yaopai.Server.Surfaces.OpenApi.Data.Arguments;

namespace Yaopai.Server.Surfaces.OpenApi.Data;

/// <summary>Objects, found by their ids.</summary>
internal static class ObjectMethods
{
    public static DataMethod[] Table(Objects objects) =>
    [
        new("createObject", Audience.Apps, [A.Type, A.ValuesIfAny],
            x => TellAsync(objects.CreateAsync(x.Owner, x.Get(A.Type), x.Get(A.ValuesIfAny), x.Ct), Number)),
        new("updateObject", Audience.Apps, [A.ObjectId, A.Values, A.Replace],
            x => DoAsync(objects.UpdateAsync(x.Owner, x.Get(A.ObjectId), x.Get(A.Values), x.Get(A.Replace), x.Ct))),
        new("deleteObject", Audience.Apps, [A.ObjectId],
            x => DoAsync(objects.DeleteAsync(x.Owner, x.Get(A.ObjectId), x.Ct))),
        new("deleteObjects", Audience.Apps, [A.ObjectIds],
            x => DoAsync(objects.DeleteManyAsync(x.Owner, x.Get(A.ObjectIds), x.Ct))),
        new("getObject", Audience.Apps, [A.ObjectId, A.Properties],
            x => TellAsync(objects.GetAsync(x.Owner, x.Get(A.ObjectId), x.Get(A.Properties), x.Ct), one => One(one, Write))),
        new("getObjects", Audience.Apps, [A.ObjectIds, A.Properties],
            x => TellAsync(objects.GetManyAsync(x.Owner, x.Get(A.ObjectIds), x.Get(A.Properties), x.Ct), all => Each(all, Write))),
        new("getObjectProperty", Audience.Apps, [A.ObjectId, A.Property],
            x => TellAsync(objects.GetPropertyAsync(x.Owner, x.Get(A.ObjectId), x.Get(A.Property), x.Ct), Value)),
        new("setObjectProperty", Audience.Apps, [A.ObjectId, A.Property, A.PropertyValue],
            x => DoAsync(objects.SetPropertyAsync(x.Owner, x.Get(A.ObjectId), x.Get(A.Property), x.Get(A.PropertyValue), x.Ct))),
    ];

    private static void Write(DocumentWriter json, DataObject one)
    {
        json.WriteString("obj_id", one.Id.ToString());
        json.WriteString("obj_type", one.Type);
        json.WriteStartObject("properties");
        foreach (var (name, value) in one.Properties)
            json.WriteString(name, value.ToString());

        json.WriteEndObject();
    }
}
