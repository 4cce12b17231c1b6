using Yaopai.Server.Gateway;
using C = Yaopai.Errors.WeLinkErrors.Contact;

namespace Yaopai.Server.Surfaces.WeLink.Contacts;

/// <summary>GET /api/contact/v2/department/detail — tells of a department, in the words of the second generation.</summary>
internal sealed record GetDepartmentDetail(ContactKit Kit) : IOperationDefinition
{
    public IOperation Define() => WeLinkRules.Operation(
        Kit.Calls, Modules.ContactRead, "GetDepartmentDetail", "GET", ParameterSource.Query,
        incoming => new ContactRequest(incoming, Kit), GetDepartmentPath.Rules,
        x => ValueTask.FromResult(WeLinkDialect.Ok(x, static (json, x) =>
        {
            json.WriteStartObject("data");
            DepartmentDocument.WriteDetail(json, x.Department, x.Tenant);
            DepartmentDocument.WriteMore(json, x.Department);
            json.WriteEndObject();
        })));
}

/// <summary>GET /api/contact/v2/department/list — lists what is below a department, in the words of the second generation.</summary>
internal sealed record ListDepartmentsBelow(ContactKit Kit) : IOperationDefinition
{
    public IOperation Define() => DepartmentsBelow.Of(Kit, "ListDepartmentsBelow", C.DataMissing, "data");
}

/// <summary>POST /api/contact/v2/department/parent — tells the way from the root down to a department.</summary>
internal sealed record FindDepartmentPath(ContactKit Kit) : IOperationDefinition
{
    public IOperation Define() => WeLinkRules.Operation(
        Kit.Calls, Modules.ContactRead, "FindDepartmentPath", "POST", ParameterSource.Json,
        incoming => new ContactRequest(incoming, Kit), GetDepartmentPath.Rules,
        x => Paths.AnswerAsync(x, Kit, [x.DepartmentNumber!.Value]));
}
