using Yaopai.Errors;
using Yaopai.Server.Admin.Resources;
using Yaopai.Server.Apps;

namespace Yaopai.Server.Admin.Api;

/// <summary><c>/groups</c>: account groups, whose developers' apps know a person by one GroupUnionID.</summary>
internal sealed class GroupResource(GroupAdministration groups) : IAdminResource
{
    private static readonly ErrorDefinition[] s_unknown = [OperatorErrors.Owners.GroupUnknown];

    private static readonly Member[] s_filters =
    [
        new("name",  ValueKind.Text, "Only groups whose name begins so."),
        new("state", ValueKind.Text, "Only groups that are enabled, or disabled.") { Words = States.Names },
    ];

    private static readonly Member s_name = new("name", ValueKind.Text, "Its name.") { FaultOf = Formats.Name };

    private static readonly Member[] s_answer =
    [
        new("id",          ValueKind.Number,  "The id of the group."),
        new("name",        ValueKind.Text,    "Its name."),
        new("state",       ValueKind.Text,    "Whether its developers are linked.") { Words = States.Names },
        new("created_at",  ValueKind.Instant, "When it was created."),
        new("disabled_at", ValueKind.Instant, "When it was disabled.") { IsNullable = true },
    ];

    public IReadOnlyList<AdminOperation> Operations =>
    [
        new("group.list", "GET", "/groups", AdminAccess.Read, "Lists the account groups, by id.", ListAsync)
        {
            Query = s_filters,
            Form = AnswerForm.Page,
            Answer = s_answer,
        },
        new("group.create", "POST", "/groups", AdminAccess.Change, "Creates an account group.", CreateAsync)
        {
            Body = [s_name.Required()],
            Answer = s_answer,
            Status = StatusCodes.Status201Created,
        },
        new("group.show", "GET", "/groups/{id}", AdminAccess.Read, "Shows an account group.", ShowAsync)
        {
            Answer = s_answer,
            Errors = s_unknown,
        },
        new("group.change", "PATCH", "/groups/{id}", AdminAccess.Change, "Renames an account group.", ChangeAsync)
        {
            Body = [s_name],
            Answer = s_answer,
            NeedsVersion = true,
            Errors = s_unknown,
        },
        new("group.disable", "POST", "/groups/{id}/disable", AdminAccess.Change, "Suspends the link between the developers.",
            call => SwitchAsync(call, disable: true))
        {
            Answer = s_answer,
            Errors = s_unknown,
        },
        new("group.enable", "POST", "/groups/{id}/enable", AdminAccess.Change, "Restores the link between the developers.",
            call => SwitchAsync(call, disable: false))
        {
            Answer = s_answer,
            Errors = s_unknown,
        },
    ];

    private static long IdOf(AdminCall call) => call.Id(GroupAdministration.Kind);

    private Task<AdminAnswer> ListAsync(AdminCall call)
    {
        var filter = new OwnerFilter
        {
            NameBegins = call.Query.Text("name"),
            IsDisabled = States.IsDisabled(call.Query.Text("state")),
        };
        return call.PageAsync(
            (after, take) => groups.ListAsync(filter, after, take, call.Ct), one => one.Id, GroupAdministration.FieldsOf);
    }

    private async Task<AdminAnswer> CreateAsync(AdminCall call)
    {
        var made = await groups.CreateAsync(call.Actor, call.Body.Text("name")!, call.Ct);
        return AdminAnswer.Created($"{AdminRoutes.Base}/groups/{made.Id}", GroupAdministration.FieldsOf(made));
    }

    private async Task<AdminAnswer> ShowAsync(AdminCall call) => One(await groups.FindAsync(IdOf(call), call.Ct));

    private async Task<AdminAnswer> ChangeAsync(AdminCall call) => One(await groups.ChangeAsync(
        call.Actor, IdOf(call), call.Body.Text("name"), call.IsCurrent<AccountGroup>(GroupAdministration.FieldsOf), call.Ct));

    private async Task<AdminAnswer> SwitchAsync(AdminCall call, bool disable) =>
        One(await groups.SwitchAsync(call.Actor, IdOf(call), disable, call.Ct));

    private static AdminAnswer One(AccountGroup group) => AdminAnswer.One(GroupAdministration.FieldsOf(group));
}
