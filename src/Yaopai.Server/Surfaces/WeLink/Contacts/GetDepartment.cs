using Yaopai.Server.Gateway;
using Yaopai.Server.OAuth;

namespace Yaopai.Server.Surfaces.WeLink.Contacts;

/// <summary>GET /api/contact/v1/departments/{deptCode} — tells of a department.</summary>
internal sealed record GetDepartment(ContactKit Kit) : IOperationDefinition
{
    internal static readonly Rule<Request>[] Rules =
    [
        new(Yaopai.Errors.WeLinkErrors.Contact.ParameterMalformed, x => x.DepartmentNumber is not null, why: _ => "codes are numbers"),
        .. ContactRules.DepartmentIsThere<Request>(),
    ];

    public IOperation Define() => WeLinkRules.Operation(
        Kit.Calls, Modules.ContactRead, "GetDepartment", "GET", ParameterSource.Query, incoming => new Request(incoming, Kit), Rules,
        x => ValueTask.FromResult(WeLinkDialect.Ok(x, static (json, x) => DepartmentDocument.WriteDetail(json, x.Department, x.Tenant))));

    internal sealed class Request(Incoming incoming, ContactKit kit) : ContactRequest(incoming, kit)
    {
        public override long? DepartmentNumber => ClientId.Number(Call.Path[(Call.Path.LastIndexOf('/') + 1)..]);
    }
}
