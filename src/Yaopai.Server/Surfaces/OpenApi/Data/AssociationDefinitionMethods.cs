using Yaopai.Server.DataStore;
using Yaopai.Server.Gateway.Documents;
using Yaopai.Server.Surfaces.OpenApi.Calls;
using static Yaopai.Server.Surfaces.OpenApi.Data.Answers;
using A = Yaopai.Server.Surfaces.OpenApi.Data.Arguments;

namespace Yaopai.Server.Surfaces.OpenApi.Data;

/// <summary>How objects may be associated.</summary>
internal static class AssociationDefinitionMethods
{
    public static DataMethod[] Table(AssociationDefinitions definitions) =>
    [
        new("defineAssociation", Audience.AppAlone, [A.Name, A.AssociationKind, A.FirstEnd, A.SecondEnd, A.Inverse],
            x => DoAsync(definitions.DefineAsync(
                x.Owner, new(x.Get(A.Name), x.Get(A.AssociationKind), x.Get(A.FirstEnd), x.Get(A.SecondEnd), x.Get(A.Inverse)), x.Ct))),
        new("undefineAssociation", Audience.AppAlone, [A.Name],
            x => DoAsync(definitions.UndefineAsync(x.Owner, x.Get(A.Name), x.Ct))),
        new("renameAssociation", Audience.AppAlone, [A.Name, A.NewNameIfAny, A.NewFirstAlias, A.NewSecondAlias],
            x => DoAsync(definitions.RenameAsync(
                x.Owner, x.Get(A.Name), new(x.Get(A.NewNameIfAny), x.Get(A.NewFirstAlias), x.Get(A.NewSecondAlias)), x.Ct))),
        new("getAssociationDefinition", Audience.Apps, [A.Name],
            x => TellAsync(definitions.GetAsync(x.Owner, x.Get(A.Name), x.Ct), definition => One(definition, Write))),
        new("getAssociationDefinitions", Audience.Apps, [],
            x => TellAsync(definitions.ListAsync(x.Owner, x.Ct), all => Each(all, Write))),
    ];

    private static void Write(DocumentWriter json, AssociationDefinition definition)
    {
        json.WriteString("name", definition.Name);
        json.WriteString("assoc_type", ((int)definition.Kind).ToString());
        Write(json, "assoc_info1", definition.First);
        Write(json, "assoc_info2", definition.Second);
        json.WriteString("inverse", definition.Inverse);
    }

    private static void Write(DocumentWriter json, string name, AssociationEnd end)
    {
        json.WriteStartObject(name);
        json.WriteString("alias", end.Alias);
        json.WriteString("object_type", end.Type);
        json.WriteEndObject();
    }
}
