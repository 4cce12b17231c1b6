using Yaopai.Server.DataStore;
using Yaopai.Server.Gateway.Documents;
using Yaopai.Server.Surfaces.OpenApi.Calls;
using static Yaopai.Server.Surfaces.OpenApi.Data.Answers;
using A = Yaopai.Server.Surfaces.OpenApi.Data.Arguments;

namespace Yaopai.Server.Surfaces.OpenApi.Data;

/// <summary>The types of objects, and their properties. A caller that may use objects may read their types.</summary>
internal static class TypeMethods
{
    public static DataMethod[] Table(ObjectTypes types) =>
    [
        new("createObjectType", Audience.AppAlone, [A.Name],
            x => DoAsync(types.CreateAsync(x.Owner, x.Get(A.Name), x.Ct))),
        new("dropObjectType", Audience.AppAlone, [A.Type],
            x => DoAsync(types.DropAsync(x.Owner, x.Get(A.Type), x.Ct))),
        new("renameObjectType", Audience.AppAlone, [A.Type, A.NewName],
            x => DoAsync(types.RenameAsync(x.Owner, x.Get(A.Type), x.Get(A.NewName), x.Ct))),
        new("defineObjectProperty", Audience.AppAlone, [A.Type, A.Property, A.PropertyKind],
            x => DoAsync(types.DefinePropertyAsync(x.Owner, x.Get(A.Type), x.Get(A.Property), x.Get(A.PropertyKind), x.Ct))),
        new("undefineObjectProperty", Audience.AppAlone, [A.Type, A.Property],
            x => DoAsync(types.UndefinePropertyAsync(x.Owner, x.Get(A.Type), x.Get(A.Property), x.Ct))),
        new("renameObjectProperty", Audience.AppAlone, [A.Type, A.Property, A.NewName],
            x => DoAsync(types.RenamePropertyAsync(x.Owner, x.Get(A.Type), x.Get(A.Property), x.Get(A.NewName), x.Ct))),
        new("getObjectTypes", Audience.Apps, [],
            x => TellAsync(types.ListAsync(x.Owner, x.Ct), all => Each(all, Write))),
        new("getObjectType", Audience.Apps, [A.Type],
            x => TellAsync(types.GetAsync(x.Owner, x.Get(A.Type), x.Ct), type => One(type, Write))),
    ];

    private static void Write(DocumentWriter json, ObjectType type)
    {
        json.WriteString("name", type.Name);
        json.WriteStartArray("properties");
        foreach (var property in type.Properties)
        {
            json.WriteStartObject();
            json.WriteString("prop_name", property.Name);
            json.WriteString("prop_type", ((int)property.Kind).ToString());
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
