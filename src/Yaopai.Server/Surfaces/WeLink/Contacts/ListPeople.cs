using System.Text.Json;
using Yaopai.Server.Gateway;
using Yaopai.Server.Organisations;

namespace Yaopai.Server.Surfaces.WeLink.Contacts;

/// <summary>The lists of who is in a department, in the words of the second generation.</summary>
internal static class PeopleOfDepartment
{
    public static IOperation Of(ContactKit kit, string name, Action<Utf8JsonWriter, Member, People, Member?> write) =>
        WeLinkRules.Operation(
            kit.Calls, Modules.ContactRead, name, "GET", ParameterSource.Query,
            incoming => new DepartmentUsers.Request(incoming, kit), DepartmentUsers.Rules,
            async x => WeLinkDialect.Ok(
                (x, People: await People.ReadAsync(kit, x.TenantId, x.Found.Members, x.Call.Ct), write), static (json, it) =>
                {
                    DepartmentUsers.WriteHead(json, it.x);
                    json.WriteStartArray("data");
                    foreach (var member in it.People.Members)
                    {
                        json.WriteStartObject();
                        it.write(json, member, it.People, it.x.Asker);
                        json.WriteEndObject();
                    }

                    json.WriteEndArray();
                }));
}

/// <summary>GET /api/contact/v1/user/list and /v2/user/list — lists the people of a department.</summary>
internal sealed record ListPeople(ContactKit Kit) : IOperationDefinition
{
    public IOperation Define() => PeopleOfDepartment.Of(Kit, "ListPeople", PersonDocument.Write);
}

/// <summary>GET /api/contact/v1/user/simplelist — lists who the people of a department are.</summary>
internal sealed record ListPeopleSimple(ContactKit Kit) : IOperationDefinition
{
    public IOperation Define() => PeopleOfDepartment.Of(Kit, "ListPeopleSimple", PersonDocument.WriteSimple);
}
