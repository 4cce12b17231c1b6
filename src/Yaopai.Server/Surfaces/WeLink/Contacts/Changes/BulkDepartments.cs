using Yaopai.Server.Gateway;
using Yaopai.Server.Provisioning;

namespace Yaopai.Server.Surfaces.WeLink.Contacts.Changes;

/// <summary>POST /api/contact/v2/departments/bulk — has up to ten departments made, changed or removed in the background.</summary>
internal sealed record BulkDepartments(WeLinkKit Kit, IProvisioningStore Store) : IOperationDefinition
{
    public IOperation Define() => Submission.Operation(
        Kit, Store, "BulkDepartments", "POST", "corpDeptCode", Submission.DepartmentsOf(Departments.Put),
        item => Departments.Read(ItemAction.Put, item));
}

/// <summary>PUT /api/contact/v2/departments/update — has departments changed that are there; what is not sent stays.</summary>
internal sealed record UpdateDepartments(WeLinkKit Kit, IProvisioningStore Store) : IOperationDefinition
{
    public IOperation Define() => Submission.Operation(
        Kit, Store, "UpdateDepartments", "PUT", "corpDeptCode", Submission.DepartmentsOf(Departments.Update),
        item => Departments.Read(ItemAction.Update, item));
}
