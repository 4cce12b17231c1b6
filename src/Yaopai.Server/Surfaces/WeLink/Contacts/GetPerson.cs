using Yaopai.Server.Gateway;

namespace Yaopai.Server.Surfaces.WeLink.Contacts;

/// <summary>POST /api/contact/v1/user/detail and /v2/user/detail — tells of a person, in the words of the second generation.</summary>
internal sealed record GetPerson(ContactKit Kit) : IOperationDefinition
{
    public IOperation Define() => WeLinkRules.Operation(
        Kit.Calls, Modules.ContactRead, "GetPerson", "POST", ParameterSource.Json,
        incoming => new PersonRequest(incoming, Kit), FindUser.Rules,
        async x => WeLinkDialect.Ok(
            (People: await People.ReadAsync(Kit, x.TenantId, [x.Person], x.Call.Ct), x.Asker), static (json, it) =>
            {
                json.WriteStartObject("data");
                PersonDocument.Write(json, it.People.Members[0], it.People, it.Asker);
                json.WriteEndObject();
            }));
}
