using Yaopai.Server.Gateway;

namespace Yaopai.Server.Surfaces.WeLink.Contacts;

/// <summary>Where contacts are read, and roles kept.</summary>
internal static class ContactRoutes
{
    public static SurfaceRoute[] All { get; } =
    [
        SurfaceRoute.To<GetUser>("/api/contact/v1/users"),
        SurfaceRoute.To<GetUserSimple>("/api/contact/v1/users/simple"),
        SurfaceRoute.To<GetUserEmail>("/api/contact/v1/users/email"),
        SurfaceRoute.To<FindUserDetail>("/api/contact/v3/users"),
        SurfaceRoute.To<FindUserSimple>("/api/contact/v3/users/simple"),
        SurfaceRoute.To<ListAccounts>("/api/contact/v1/users/accounts"),
        SurfaceRoute.To<ListDepartmentUsers>("/api/contact/v1/user/users"),
        SurfaceRoute.To<ListDepartmentUsers>("/api/contact/v2/user/users"),
        SurfaceRoute.To<ListDepartmentUserIds>("/api/contact/v2/user/userid"),
        SurfaceRoute.To<ListDepartments>("/api/contact/v2/departments/list"),
        SurfaceRoute.To<ListSubDepartments>("/api/contact/v3/departments/list"),
        SurfaceRoute.To<GetDepartment>("/api/contact/v1/departments/*"),
        SurfaceRoute.To<GetDepartmentPath>("/api/contact/v1/department/parent"),
        SurfaceRoute.To<GetUserPaths>("/api/contact/v1/user/parent"),
        SurfaceRoute.To<ChangeMobileNumber>("/api/contact/v1/user/mobilenumber"),
        SurfaceRoute.To<GetPerson>("/api/contact/v1/user/detail"),
        SurfaceRoute.To<GetPerson>("/api/contact/v2/user/detail"),
        SurfaceRoute.To<ListPeople>("/api/contact/v1/user/list"),
        SurfaceRoute.To<ListPeople>("/api/contact/v2/user/list"),
        SurfaceRoute.To<ListPeopleSimple>("/api/contact/v1/user/simplelist"),
        SurfaceRoute.To<GetDepartmentDetail>("/api/contact/v2/department/detail"),
        SurfaceRoute.To<ListDepartmentsBelow>("/api/contact/v2/department/list"),
        SurfaceRoute.To<FindDepartmentPath>("/api/contact/v2/department/parent"),
        SurfaceRoute.To<CreateRoleGroup>("/api/contact/v1/rolegroup/create"),
        SurfaceRoute.To<UpdateRoleGroup>("/api/contact/v1/rolegroup/update"),
        SurfaceRoute.To<DeleteRoleGroup>("/api/contact/v1/rolegroup/delete"),
        SurfaceRoute.To<GetRoleGroup>("/api/contact/v1/rolegroup/detail"),
        SurfaceRoute.To<ListRoleGroups>("/api/contact/v1/rolegroup/list"),
        SurfaceRoute.To<ListRoleGroupsSimple>("/api/contact/v1/rolegroup/simplelist"),
        SurfaceRoute.To<CreateRole>("/api/contact/v1/role/create"),
        SurfaceRoute.To<UpdateRole>("/api/contact/v1/role/update"),
        SurfaceRoute.To<DeleteRole>("/api/contact/v1/role/delete"),
        SurfaceRoute.To<GetRole>("/api/contact/v1/role/detail"),
        SurfaceRoute.To<ListRolesSimple>("/api/contact/v1/role/simplelist"),
    ];
}
