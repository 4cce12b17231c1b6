using System.Text.Json;
using Yaopai.Server.Gateway;
using Yaopai.Server.Organisations;
using C = Yaopai.Errors.WeLinkErrors.Contact;

namespace Yaopai.Server.Surfaces.WeLink.Contacts;

/// <summary>The operations that list who is in a department, which differ in how much they tell.</summary>
internal static class DepartmentUsers
{
    private const int Most = 50;

    internal static readonly Rule<Request>[] Rules =
    [
        .. ContactRules.Department<Request>(),
        .. ContactRules.Page<Request>(),
        .. ContactRules.DepartmentIsThere<Request>(),
        new(C.DataMissing, x => x.LoadAsync(), why: x => $"nobody is on page {x.Page} of department {x["deptCode"]}"),
    ];

    public static IOperation Of(ContactKit kit, string name, Action<Utf8JsonWriter, Member, Member?> write) => WeLinkRules.Operation(
        kit.Calls, Modules.ContactRead, name, "GET", ParameterSource.Query, incoming => new Request(incoming, kit), Rules,
        x => ValueTask.FromResult(WeLinkDialect.Ok((x, write), static (json, it) =>
        {
            var (x, write) = it;
            WriteHead(json, x);
            json.WriteStartArray("data");
            foreach (var member in x.Found.Members)
            {
                json.WriteStartObject();
                write(json, member, x.Asker);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        })));

    public static void WriteHead(Utf8JsonWriter json, Request x)
    {
        json.WriteNumber("pageNo", x.Page);
        json.WriteNumber("pages", (x.Found.Total + x.Size - 1) / x.Size);
        json.WriteNumber("pageSize", x.Size);
        json.WriteNumber("total", x.Found.Total);
    }

    internal sealed class Request(Incoming incoming, ContactKit kit) : PageRequest(incoming, kit, "pageNo", "pageSize", Most)
    {
        public MemberPage Found { get; private set; } = null!;

        public async ValueTask<bool> LoadAsync() =>
            (Found = await Contacts.Memberships.ListAsync(TenantId, DepartmentNumber!.Value, Skip, (int)Size, Call.Ct)).Members.Count > 0;
    }
}

/// <summary>GET /api/contact/v1/user/users and /v2/user/users — lists the people of a department.</summary>
internal sealed record ListDepartmentUsers(ContactKit Kit) : IOperationDefinition
{
    public IOperation Define() => DepartmentUsers.Of(Kit, "ListDepartmentUsers", UserDocument.Write);
}

/// <summary>GET /api/contact/v2/user/userid — lists the ids of the people of a department.</summary>
internal sealed record ListDepartmentUserIds(ContactKit Kit) : IOperationDefinition
{
    public IOperation Define() => DepartmentUsers.Of(
        Kit, "ListDepartmentUserIds", static (json, member, _) => UserDocument.WriteIds(json, member));
}
