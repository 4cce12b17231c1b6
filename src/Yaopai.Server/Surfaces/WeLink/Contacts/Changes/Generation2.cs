using Yaopai.Server.Gateway;

namespace Yaopai.Server.Surfaces.WeLink.Contacts.Changes;

/// <summary>POST /api/contact/v1/user/create</summary>
internal sealed record CreateUser(BatchKit Kit) : IOperationDefinition
{
    public IOperation Define() => Kit.Single("CreateUser", PersonForms.Create);
}

/// <summary>POST /api/contact/v1/user/update</summary>
internal sealed record UpdateUser(BatchKit Kit) : IOperationDefinition
{
    public IOperation Define() => Kit.Single("UpdateUser", PersonForms.Update);
}

/// <summary>POST /api/contact/v1/user/delete</summary>
internal sealed record DeleteUser(BatchKit Kit) : IOperationDefinition
{
    public IOperation Define() => Kit.Single("DeleteUser", PersonForms.Delete);
}

/// <summary>POST /api/contact/v1/user/batch/create</summary>
internal sealed record CreateUsers(BatchKit Kit) : IOperationDefinition
{
    public IOperation Define() => Kit.People("CreateUsers", PersonForms.Create);
}

/// <summary>POST /api/contact/v1/user/batch/update</summary>
internal sealed record ChangeUsers(BatchKit Kit) : IOperationDefinition
{
    public IOperation Define() => Kit.People("ChangeUsers", PersonForms.Update);
}

/// <summary>POST /api/contact/v1/user/batch/delete</summary>
internal sealed record DeleteUsers(BatchKit Kit) : IOperationDefinition
{
    public IOperation Define() => Kit.People("DeleteUsers", PersonForms.Delete);
}

/// <summary>POST /api/contact/v1/user/batch/sync — makes those who are not there, and changes those who are.</summary>
internal sealed record SyncUsers(BatchKit Kit) : IOperationDefinition
{
    public IOperation Define() => Kit.People("SyncUsers", PersonForms.Sync);
}

/// <summary>POST /api/contact/v1/user/batch/updatemobile</summary>
internal sealed record ChangeMobiles(BatchKit Kit) : IOperationDefinition
{
    public IOperation Define() => Kit.People("ChangeMobiles", PersonForms.ChangeMobile);
}

/// <summary>POST /api/contact/v1/user/batch/updatecorpuid</summary>
internal sealed record ChangeCorpUserIds(BatchKit Kit) : IOperationDefinition
{
    public IOperation Define() => Kit.People("ChangeCorpUserIds", PersonForms.ChangeKey);
}

/// <summary>POST /api/contact/v1/department/create</summary>
internal sealed record CreateDepartment(BatchKit Kit) : IOperationDefinition
{
    public IOperation Define() => Kit.Single("CreateDepartment", DepartmentForms.Create);
}

/// <summary>POST /api/contact/v1/department/update</summary>
internal sealed record UpdateDepartment(BatchKit Kit) : IOperationDefinition
{
    public IOperation Define() => Kit.Single("UpdateDepartment", DepartmentForms.Update);
}

/// <summary>POST /api/contact/v1/department/delete</summary>
internal sealed record DeleteDepartment(BatchKit Kit) : IOperationDefinition
{
    public IOperation Define() => Kit.Single("DeleteDepartment", DepartmentForms.Delete);
}

/// <summary>POST /api/contact/v1/department/batch/create and v2</summary>
internal sealed record CreateDepartments(BatchKit Kit) : IOperationDefinition
{
    public IOperation Define() => Kit.Departments("CreateDepartments", DepartmentForms.Create);
}

/// <summary>POST /api/contact/v1/department/batch/update and v2</summary>
internal sealed record ChangeDepartments(BatchKit Kit) : IOperationDefinition
{
    public IOperation Define() => Kit.Departments("ChangeDepartments", DepartmentForms.Update);
}

/// <summary>POST /api/contact/v1/department/batch/delete and v2</summary>
internal sealed record DeleteDepartments(BatchKit Kit) : IOperationDefinition
{
    public IOperation Define() => Kit.Departments("DeleteDepartments", DepartmentForms.Delete);
}

/// <summary>POST /api/contact/v1/department/batch/sync and v2 — makes those that are not there, and changes those that are.</summary>
internal sealed record SyncDepartments(BatchKit Kit) : IOperationDefinition
{
    public IOperation Define() => Kit.Departments("SyncDepartments", DepartmentForms.Sync);
}

/// <summary>POST /api/contact/v1/department/batch/updatecorpdept and v2</summary>
internal sealed record ChangeCorpDeptCodes(BatchKit Kit) : IOperationDefinition
{
    public IOperation Define() => Kit.Departments("ChangeCorpDeptCodes", DepartmentForms.ChangeKey);
}
