using System.Text.Json;
using Yaopai.Server.Gateway;
using Yaopai.Server.Organisations;
using C = Yaopai.Errors.WeLinkErrors.Contact;

namespace Yaopai.Server.Surfaces.WeLink.Contacts;

/// <summary>POST /api/contact/v1/rolegroup/create — makes a group of roles.</summary>
internal sealed record CreateRoleGroup(ContactKit Kit) : IOperationDefinition
{
    internal static readonly Rule<RoleRequest>[] Rules =
    [
        .. RoleRules.Name,
        new(C.TenantUnknown, x => x.PutGroupAsync(new(x.TenantId, 0, "", "", x.Now, x.Now)), why: _ => "the organisation is gone"),
        .. RoleRules.Done,
    ];

    public IOperation Define() => RoleGroupOperation.Write(Kit, "CreateRoleGroup", Rules);
}

/// <summary>POST /api/contact/v1/rolegroup/update — gives a group of roles other names.</summary>
internal sealed record UpdateRoleGroup(ContactKit Kit) : IOperationDefinition
{
    internal static readonly Rule<RoleRequest>[] Rules =
    [
        .. RoleRules.IdAndName,
        .. RoleGroupOperation.IsThere,
        new(C.DataMissing, x => x.PutGroupAsync(x.Group), why: _ => "the group was removed at this moment"),
        .. RoleRules.Done,
    ];

    public IOperation Define() => RoleGroupOperation.Write(Kit, "UpdateRoleGroup", Rules);
}

/// <summary>POST /api/contact/v1/rolegroup/delete — removes a group without roles.</summary>
internal sealed record DeleteRoleGroup(ContactKit Kit) : IOperationDefinition
{
    internal static readonly Rule<RoleRequest>[] Rules =
    [
        .. RoleRules.Id,
        new(C.DataMissing,      x => x.DeleteGroupAsync(), why: x => $"there is no group {x.IdText}"),
        new(C.ValidationFailed, x => x.Outcome is not RoleOutcome.NotEmpty, why: _ => "there are roles in the group"),
    ];

    public IOperation Define() => RoleGroupOperation.Of(
        Kit, "DeleteRoleGroup", "POST", Rules, _ => ValueTask.FromResult(WeLinkDialect.Ok()));
}

/// <summary>GET /api/contact/v1/rolegroup/detail — tells of a group of roles.</summary>
internal sealed record GetRoleGroup(ContactKit Kit) : IOperationDefinition
{
    internal static readonly Rule<RoleRequest>[] Rules =
        [.. RoleRules.Id, .. RoleGroupOperation.IsThere];

    public IOperation Define() => RoleGroupOperation.Of(Kit, "GetRoleGroup", "GET", Rules, async x => WeLinkDialect.Ok(
        (x.Group, Roles: await Kit.Roles.ListAsync(x.TenantId, x.Call.Ct)), static (json, it) =>
        {
            json.WriteStartObject("data");
            RoleGroupOperation.WriteEntry(json, it.Group, it.Roles);
            json.WriteEndObject();
        }));
}

/// <summary>GET /api/contact/v1/rolegroup/list — lists the groups with their roles.</summary>
internal sealed record ListRoleGroups(ContactKit Kit) : IOperationDefinition
{
    public IOperation Define() => RoleGroupOperation.List(Kit, "ListRoleGroups", withRoles: true);
}

/// <summary>GET /api/contact/v1/rolegroup/simplelist — lists the groups.</summary>
internal sealed record ListRoleGroupsSimple(ContactKit Kit) : IOperationDefinition
{
    public IOperation Define() => RoleGroupOperation.List(Kit, "ListRoleGroupsSimple", withRoles: false);
}

internal static class RoleGroupOperation
{
    public static readonly Rule<RoleRequest>[] IsThere =
        [new(C.DataMissing, x => x.LoadGroupAsync(x.Id!.Value), why: x => $"there is no group {x.IdText}")];

    public static IOperation Of(
        ContactKit kit, string name, string method, Rule<RoleRequest>[] rules, Func<RoleRequest, ValueTask<Answer>> answer) =>
        WeLinkRules.Operation(
            kit.Calls, method is "POST" ? Modules.ContactSync : Modules.ContactRead, name, method,
            method is "POST" ? ParameterSource.Json : ParameterSource.Query,
            incoming => new RoleRequest(incoming, kit, "roleGroup"), rules, answer);

    /// <summary>One that answers with the id.</summary>
    public static IOperation Write(ContactKit kit, string name, Rule<RoleRequest>[] rules) =>
        Of(kit, name, "POST", rules, x => ValueTask.FromResult(WeLinkDialect.Ok(x.Number, static (json, number) =>
        {
            json.WriteStartObject("data");
            json.WriteString("roleGroupId", $"{number}");
            json.WriteEndObject();
        })));

    public static IOperation List(ContactKit kit, string name, bool withRoles) =>
        Of(kit, name, "GET", [], async x => WeLinkDialect.Ok(
            (Groups: await kit.RoleGroups.ListAsync(x.TenantId, x.Call.Ct),
                Roles: withRoles ? await kit.Roles.ListAsync(x.TenantId, x.Call.Ct) : null), static (json, it) =>
            {
                json.WriteStartArray("data");
                foreach (var group in it.Groups)
                {
                    json.WriteStartObject();
                    WriteEntry(json, group, it.Roles);
                    json.WriteEndObject();
                }

                json.WriteEndArray();
            }));

    /// <param name="roles">Those of the tenant; null to write none.</param>
    public static void WriteEntry(Utf8JsonWriter json, RoleGroup group, IReadOnlyList<Role>? roles)
    {
        WriteNames(json, group);
        if (roles is null)
            return;

        json.WriteStartArray("roles");
        foreach (var role in roles.Where(role => role.Group == group.Number))
        {
            json.WriteStartObject();
            RoleOperation.WriteNames(json, role);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    public static void WriteNames(Utf8JsonWriter json, RoleGroup group)
    {
        json.WriteString("roleGroupId", $"{group.Number}");
        json.WriteString("roleGroupNameCn", group.Name);
        json.WriteString("roleGroupNameEn", group.NameEn);
    }
}
