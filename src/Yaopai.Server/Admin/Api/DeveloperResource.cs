using Yaopai.Errors;
using Yaopai.Server.Admin.Resources;
using Yaopai.Server.Apps;

namespace Yaopai.Server.Admin.Api;

/// <summary><c>/developers</c>: the owners of apps.</summary>
internal sealed class DeveloperResource(DeveloperAdministration developers) : IAdminResource
{
    private static readonly ErrorDefinition[] s_unknown = [OperatorErrors.Owners.DeveloperUnknown];

    private static readonly Member[] s_filters =
    [
        new("group_id", ValueKind.Number, "Only developers of this account group."),
        new("name",     ValueKind.Text,   "Only developers whose name begins so."),
        new("state",    ValueKind.Text,   "Only developers who are enabled, or disabled.") { Words = States.Names },
    ];

    private static readonly Member[] s_settings =
    [
        new("name",     ValueKind.Text,   "Its name.") { FaultOf = Formats.Name },
        new("group_id", ValueKind.Number, "Its account group; null for none.") { IsNullable = true },
    ];

    private static readonly Member[] s_answer =
    [
        new("id",          ValueKind.Number,  "The id of the developer."),
        new("name",        ValueKind.Text,    "Its name."),
        new("group_id",    ValueKind.Number,  "Its account group.") { IsNullable = true },
        new("state",       ValueKind.Text,    "Whether its apps may call.") { Words = States.Names },
        new("created_at",  ValueKind.Instant, "When it was created."),
        new("disabled_at", ValueKind.Instant, "When it was disabled.") { IsNullable = true },
    ];

    public IReadOnlyList<AdminOperation> Operations =>
    [
        new("developer.list", "GET", "/developers", AdminAccess.Read, "Lists the developers, by id.", ListAsync)
        {
            Query = s_filters,
            Form = AnswerForm.Page,
            Answer = s_answer,
        },
        new("developer.create", "POST", "/developers", AdminAccess.Change, "Creates a developer.", CreateAsync)
        {
            Body = [s_settings[0].Required(), s_settings[1]],
            Answer = s_answer,
            Status = StatusCodes.Status201Created,
            Errors = [OperatorErrors.Owners.GroupUnknown],
        },
        new("developer.show", "GET", "/developers/{id}", AdminAccess.Read, "Shows a developer.", ShowAsync)
        {
            Answer = s_answer,
            Errors = s_unknown,
        },
        new("developer.change", "PATCH", "/developers/{id}", AdminAccess.Change,
            "Changes the given values and keeps the others.", ChangeAsync)
        {
            Body = s_settings,
            Answer = s_answer,
            NeedsVersion = true,
            Errors = [.. s_unknown, OperatorErrors.Owners.GroupUnknown],
        },
        new("developer.disable", "POST", "/developers/{id}/disable", AdminAccess.Change,
            "Blocks all apps of the developer, and revokes all their tokens.", call => SwitchAsync(call, disable: true))
        {
            Answer = s_answer,
            Errors = s_unknown,
        },
        new("developer.enable", "POST", "/developers/{id}/enable", AdminAccess.Change,
            "Unblocks the apps. Their earlier tokens stay revoked.", call => SwitchAsync(call, disable: false))
        {
            Answer = s_answer,
            Errors = s_unknown,
        },
    ];

    private static long IdOf(AdminCall call) => call.Id(DeveloperAdministration.Kind);

    private static DeveloperChange ChangeOf(Input body) => new(body.Text("name"), body.Choice("group_id", body.Number));

    private Task<AdminAnswer> ListAsync(AdminCall call)
    {
        var filter = new OwnerFilter
        {
            GroupId = call.Query.Number("group_id"),
            NameBegins = call.Query.Text("name"),
            IsDisabled = States.IsDisabled(call.Query.Text("state")),
        };
        return call.PageAsync(
            (after, take) => developers.ListAsync(filter, after, take, call.Ct), one => one.Id, DeveloperAdministration.FieldsOf);
    }

    private async Task<AdminAnswer> CreateAsync(AdminCall call)
    {
        var made = await developers.CreateAsync(call.Actor, ChangeOf(call.Body), call.Ct);
        return AdminAnswer.Created($"{AdminRoutes.Base}/developers/{made.Id}", DeveloperAdministration.FieldsOf(made));
    }

    private async Task<AdminAnswer> ShowAsync(AdminCall call) => One(await developers.FindAsync(IdOf(call), call.Ct));

    private async Task<AdminAnswer> ChangeAsync(AdminCall call) => One(await developers.ChangeAsync(
        call.Actor, IdOf(call), ChangeOf(call.Body), call.IsCurrent<Developer>(DeveloperAdministration.FieldsOf), call.Ct));

    private async Task<AdminAnswer> SwitchAsync(AdminCall call, bool disable) =>
        One(await developers.SwitchAsync(call.Actor, IdOf(call), disable, call.Ct));

    private static AdminAnswer One(Developer developer) => AdminAnswer.One(DeveloperAdministration.FieldsOf(developer));
}
