using Yaopai.Errors;
using Yaopai.Server.Gateway;
using Yaopai.Server.Organisations;
using C = Yaopai.Errors.WeLinkErrors.Contact;

namespace Yaopai.Server.Surfaces.WeLink.Contacts;

/// <summary>The operations that list what is below a department.</summary>
internal static class DepartmentsBelow
{
    private const int Most = 100;

    /// <param name="nothing">What is said where nothing is below.</param>
    internal static Rule<Request>[] Rules(ErrorDefinition nothing) =>
    [
        .. ContactRules.Department<Request>(),
        .. ContactRules.Page(new Rule<Request>(
            C.ParameterValueUnsupported, x => x["recursiveflag"] is "" or "0" or "1",
            why: x => $"recursiveflag is '{x["recursiveflag"]}'")),
        .. ContactRules.DepartmentIsThere<Request>(),
        new(nothing, x => x.LoadAsync(), why: x => $"page {x.Page} of what is below department {x["deptCode"]} is empty"),
    ];

    /// <param name="list">The name of the list in the answer.</param>
    public static IOperation Of(ContactKit kit, string name, ErrorDefinition nothing, string list) => WeLinkRules.Operation(
        kit.Calls, Modules.ContactRead, name, "GET", ParameterSource.Query, incoming => new Request(incoming, kit), Rules(nothing),
        x => ValueTask.FromResult(WeLinkDialect.Ok((x, list), static (json, it) =>
        {
            var (x, list) = it;
            json.WriteNumber("totalCount", x.Found.Total);
            json.WriteNumber("offset", x.Page);
            json.WriteNumber("limit", x.Size);
            json.WriteStartArray(list);
            foreach (var department in x.Found.Departments)
            {
                json.WriteStartObject();
                DepartmentDocument.WriteEntry(json, department);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        })));

    internal sealed class Request(Incoming incoming, ContactKit kit) : PageRequest(incoming, kit, "offset", "limit", Most)
    {
        public DepartmentPage Found { get; private set; } = null!;

        public async ValueTask<bool> LoadAsync() => (Found = await Contacts.Tree.ListAsync(
            TenantId, DepartmentNumber!.Value, this["recursiveflag"] is "1", Skip, (int)Size, Call.Ct)).Departments.Count > 0;
    }
}

/// <summary>GET /api/contact/v2/departments/list — lists what is below a department.</summary>
/// <remarks>Clients of it know a department with nothing below it by the number of a failed submission.</remarks>
internal sealed record ListDepartments(ContactKit Kit) : IOperationDefinition
{
    public IOperation Define() => DepartmentsBelow.Of(Kit, "ListDepartments", C.SubmissionFailed, "departmentInfo");
}

/// <summary>GET /api/contact/v3/departments/list — lists what is below a department.</summary>
internal sealed record ListSubDepartments(ContactKit Kit) : IOperationDefinition
{
    public IOperation Define() => DepartmentsBelow.Of(Kit, "ListSubDepartments", C.DataMissing, "departmentInfo");
}
