using System.Text.Json;
using Yaopai.Server.Gateway;
using Yaopai.Server.Organisations;
using C = Yaopai.Errors.WeLinkErrors.Contact;

namespace Yaopai.Server.Surfaces.WeLink.Contacts;

/// <summary>POST /api/contact/v1/role/create — makes a role in a group.</summary>
internal sealed record CreateRole(ContactKit Kit) : IOperationDefinition
{
    private static readonly Rule<RoleRequest>[] s_group =
    [
        new(C.ParameterMissing,   x => x.HasGroupId,          why: _ => "roleGroupId is needed"),
        new(C.ParameterMalformed, x => x.GroupId is not null, why: x => $"roleGroupId is '{x["roleGroupId"]}'; ids are numbers"),
    ];

    internal static readonly Rule<RoleRequest>[] Rules =
    [
        .. RoleRules.With(s_group),
        new(C.DataMissing,        x => x.LoadGroupAsync(x.GroupId!.Value), why: x => $"there is no group {x["roleGroupId"]}"),
        new(C.DataMissing,        x => x.PutRoleAsync(new(x.TenantId, 0, x.Group.Number, "", "", x.Now, x.Now)),
            why: _ => "the group was removed at this moment"),
        .. RoleRules.Done,
    ];

    public IOperation Define() => RoleOperation.Write(Kit, "CreateRole", Rules);
}

/// <summary>POST /api/contact/v1/role/update — gives a role other names.</summary>
internal sealed record UpdateRole(ContactKit Kit) : IOperationDefinition
{
    internal static readonly Rule<RoleRequest>[] Rules =
    [
        .. RoleRules.IdAndName,
        .. RoleOperation.IsThere,
        new(C.DataMissing, x => x.PutRoleAsync(x.Role), why: _ => "the role was removed at this moment"),
        .. RoleRules.Done,
    ];

    public IOperation Define() => RoleOperation.Write(Kit, "UpdateRole", Rules);
}

/// <summary>POST /api/contact/v1/role/delete — removes a role, and takes it from those who have it.</summary>
internal sealed record DeleteRole(ContactKit Kit) : IOperationDefinition
{
    internal static readonly Rule<RoleRequest>[] Rules =
    [
        .. RoleRules.Id,
        new(C.DataMissing, x => x.DeleteRoleAsync(), why: x => $"there is no role {x.IdText}"),
    ];

    public IOperation Define() => RoleOperation.Of(Kit, "DeleteRole", "POST", Rules, _ => ValueTask.FromResult(WeLinkDialect.Ok()));
}

/// <summary>GET /api/contact/v1/role/detail — tells of a role.</summary>
internal sealed record GetRole(ContactKit Kit) : IOperationDefinition
{
    internal static readonly Rule<RoleRequest>[] Rules = [.. RoleRules.Id, .. RoleOperation.IsThere];

    public IOperation Define() => RoleOperation.Of(
        Kit, "GetRole", "GET", Rules, x => ValueTask.FromResult(WeLinkDialect.Ok(x, static (json, x) =>
        {
            json.WriteStartObject("data");
            RoleOperation.WriteNames(json, x.Role);
            RoleGroupOperation.WriteNames(json, x.Group);
            json.WriteString("creationTime", Times.Write(x.Role.CreatedAt));
            json.WriteString("lastUpdatedTime", Times.Write(x.Role.ChangedAt));
            json.WriteEndObject();
        })));
}

/// <summary>GET /api/contact/v1/role/simplelist — lists the roles.</summary>
internal sealed record ListRolesSimple(ContactKit Kit) : IOperationDefinition
{
    public IOperation Define() => RoleOperation.Of(
        Kit, "ListRolesSimple", "GET", [], async x => WeLinkDialect.Ok(
            await Kit.Roles.ListAsync(x.TenantId, x.Call.Ct), static (json, roles) =>
            {
                json.WriteStartArray("data");
                foreach (var role in roles)
                {
                    json.WriteStartObject();
                    RoleOperation.WriteNames(json, role);
                    json.WriteString("roleGroupId", $"{role.Group}");
                    json.WriteEndObject();
                }

                json.WriteEndArray();
            }));
}

internal static class RoleOperation
{
    public static readonly Rule<RoleRequest>[] IsThere =
        [new(C.DataMissing, x => x.LoadRoleAsync(), why: x => $"there is no role {x.IdText}")];

    public static IOperation Of(
        ContactKit kit, string name, string method, Rule<RoleRequest>[] rules, Func<RoleRequest, ValueTask<Answer>> answer) =>
        WeLinkRules.Operation(
            kit.Calls, method is "POST" ? Modules.ContactSync : Modules.ContactRead, name, method,
            method is "POST" ? ParameterSource.Json : ParameterSource.Query,
            incoming => new RoleRequest(incoming, kit, "role"), rules, answer);

    /// <summary>One that answers with the id.</summary>
    public static IOperation Write(ContactKit kit, string name, Rule<RoleRequest>[] rules) =>
        Of(kit, name, "POST", rules, x => ValueTask.FromResult(WeLinkDialect.Ok(x.Number, static (json, number) =>
        {
            json.WriteStartObject("data");
            json.WriteString("roleId", $"{number}");
            json.WriteEndObject();
        })));

    public static void WriteNames(Utf8JsonWriter json, Role role)
    {
        json.WriteString("roleId", $"{role.Number}");
        json.WriteString("roleNameCn", role.Name);
        json.WriteString("roleNameEn", role.NameEn);
    }
}
