using Yaopai.Server.Organisations;

namespace Yaopai.Server.Surfaces.WeLink.Contacts;

/// <summary>What the operations on contacts work with.</summary>
internal sealed record ContactKit(
    WeLinkKit Calls, IMemberStore Members, IMembershipStore Memberships, IDepartmentStore Departments, IDepartmentTree Tree,
    IRoleGroupStore RoleGroups, IRoleStore Roles);
