using Yaopai.Server.OAuth;
using Yaopai.Server.Organisations;

namespace Yaopai.Server.Surfaces.WeLink.Contacts;

/// <summary>A call on contacts, by an app or for a member who signed in to it.</summary>
internal class ContactRequest(Incoming incoming, ContactKit kit) : WeLinkRequest(incoming)
{
    /// <summary>The member who signed in; null where the app asks for itself.</summary>
    public Member? Asker => Token.IsOfApp ? null : User;

    /// <summary>The number of a department; null for a text that is none.</summary>
    public virtual long? DepartmentNumber => ClientId.Number(this["deptCode"]);

    /// <summary>The department that the call is about; null for the root.</summary>
    public Department? Department { get; private set; }

    protected ContactKit Contacts => kit;

    public async ValueTask<bool> LoadDepartmentAsync()
    {
        if (DepartmentNumber is Department.Root)
            return true;

        Department = await kit.Departments.FindAsync(TenantId, DepartmentNumber!.Value, Call.Ct);
        return Department is not null;
    }
}
