using Yaopai.Server.Gateway;
using Yaopai.Server.Organisations;

namespace Yaopai.Server.Surfaces.WeLink.Contacts;

/// <summary>GET /api/contact/v1/department/parent — tells the way from the root down to a department.</summary>
internal sealed record GetDepartmentPath(ContactKit Kit) : IOperationDefinition
{
    internal static readonly Rule<ContactRequest>[] Rules =
    [
        .. ContactRules.Department<ContactRequest>(),
        .. ContactRules.DepartmentIsThere<ContactRequest>(),
    ];

    public IOperation Define() => WeLinkRules.Operation(
        Kit.Calls, Modules.ContactRead, "GetDepartmentPath", "GET", ParameterSource.Query,
        incoming => new ContactRequest(incoming, Kit), Rules, x => Paths.AnswerAsync(x, Kit, [x.DepartmentNumber!.Value]));
}

/// <summary>GET /api/contact/v1/user/parent — tells the ways from the root down to the departments of a person.</summary>
internal sealed record GetUserPaths(ContactKit Kit) : IOperationDefinition
{
    public IOperation Define() => WeLinkRules.Operation(
        Kit.Calls, Modules.ContactRead, "GetUserPaths", "GET", ParameterSource.Query,
        incoming => new PersonRequest(incoming, Kit), FindUser.Rules,
        x => Paths.AnswerAsync(x, Kit, x.Person.Memberships.Select(one => one.Department)));
}

/// <summary>The answer of operations that tell ways down from the root.</summary>
internal static class Paths
{
    public static async ValueTask<Answer> AnswerAsync(ContactRequest request, ContactKit kit, IEnumerable<long> departments)
    {
        var paths = new List<IReadOnlyList<Department>>();
        foreach (var number in departments)
            paths.Add(await kit.Tree.PathAsync(request.TenantId, number, request.Call.Ct));

        return WeLinkDialect.Ok((request, paths), static (json, it) =>
        {
            json.WriteStartArray("data");
            foreach (var path in it.paths)
                DepartmentDocument.WritePath(json, path, it.request.Tenant);
            json.WriteEndArray();
        });
    }
}
