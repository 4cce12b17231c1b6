using Yaopai.Errors;
using Yaopai.Server.Admin.Resources;
using Yaopai.Server.Organisations;

namespace Yaopai.Server.Admin.Api;

/// <summary><c>/organisations</c>: companies that use the platform for their people.</summary>
internal sealed class OrganisationResource(TenantAdministration tenants) : IAdminResource
{
    private static readonly ErrorDefinition[] s_unknown = [OperatorErrors.Organisations.TenantUnknown];

    private static readonly Member[] s_filters =
    [
        new("domain", ValueKind.Text, "Only the organisation with this domain."),
        new("name",   ValueKind.Text, "Only organisations whose name begins so."),
        new("state",  ValueKind.Text, "Only organisations that are enabled, or disabled.") { Words = States.Names },
    ];

    private static readonly Member[] s_settings =
    [
        new("name",           ValueKind.Text,    "Its name.") { FaultOf = Formats.Name },
        new("name_en",        ValueKind.Text,    "The English name.") { FaultOf = Formats.Name },
        new("contact",        ValueKind.Text,    "The contact person; null for none.") { IsNullable = true, FaultOf = Formats.Name },
        new("scale",          ValueKind.Text,    "The size that it states: 51-100; null for none.")
            { IsNullable = true, FaultOf = Formats.Name },
        new("registered",     ValueKind.Number,  "The number of people registered.") { Most = int.MaxValue },
        new("type",           ValueKind.Number,  "A type number of your own; apps can read it.") { Most = int.MaxValue },
        new("licensed_from",  ValueKind.Instant, "The beginning of its licence; null for always.") { IsNullable = true },
        new("licensed_until", ValueKind.Instant, "The end of its licence; null for never.") { IsNullable = true },
    ];

    private static readonly Member s_domain =
        new("domain", ValueKind.Text, "The part after the @ in its members' ids; unique, and never changed.")
        {
            IsRequired = true,
            FaultOf = Formats.Domain,
        };

    private static readonly Member[] s_answer =
    [
        new("id",             ValueKind.Text,    "The id of the organisation: 16 hexadecimal digits."),
        new("name",           ValueKind.Text,    "Its name."),
        new("name_en",        ValueKind.Text,    "The English name."),
        new("domain",         ValueKind.Text,    "The part after the @ in its members' ids."),
        new("state",          ValueKind.Text,    "Whether apps may act for it.") { Words = States.Names },
        new("contact",        ValueKind.Text,    "The contact person.") { IsNullable = true },
        new("scale",          ValueKind.Text,    "The size that it states.") { IsNullable = true },
        new("registered",     ValueKind.Number,  "The number of people registered."),
        new("type",           ValueKind.Number,  "A type number of your own."),
        new("licensed_from",  ValueKind.Instant, "The beginning of its licence.") { IsNullable = true },
        new("licensed_until", ValueKind.Instant, "The end of its licence.") { IsNullable = true },
        new("created_at",     ValueKind.Instant, "When it was created."),
        new("changed_at",     ValueKind.Instant, "When it was last changed."),
        new("disabled_at",    ValueKind.Instant, "When it was disabled.") { IsNullable = true },
    ];

    private static readonly Member[] s_subscription =
    [
        new("tenant",    ValueKind.Text, "The organisation."),
        new("client_id", ValueKind.Text, "The app."),
        new("changed",   ValueKind.Flag, "False where it was so already."),
    ];

    public IReadOnlyList<AdminOperation> Operations =>
    [
        new("organisation.list", "GET", "/organisations", AdminAccess.Read, "Lists the organisations, by id.", ListAsync)
        {
            Query = s_filters,
            Form = AnswerForm.Page,
            Answer = s_answer,
        },
        new("organisation.create", "POST", "/organisations", AdminAccess.Change, "Creates an organisation.", CreateAsync)
        {
            Body = [s_settings[0].Required(), s_settings[1].Required(), s_domain, .. s_settings[2..]],
            Answer = s_answer,
            Status = StatusCodes.Status201Created,
            Errors = [OperatorErrors.Organisations.DomainTaken, OperatorErrors.Organisations.LicenceReversed],
        },
        new("organisation.show", "GET", "/organisations/{id}", AdminAccess.Read, "Shows an organisation.", ShowAsync)
        {
            Answer = s_answer,
            Errors = s_unknown,
        },
        new("organisation.change", "PATCH", "/organisations/{id}", AdminAccess.Change,
            "Changes the given values and keeps the others.", ChangeAsync)
        {
            Body = s_settings,
            Answer = s_answer,
            NeedsVersion = true,
            Errors = [.. s_unknown, OperatorErrors.Organisations.LicenceReversed],
        },
        new("organisation.disable", "POST", "/organisations/{id}/disable", AdminAccess.Change, "Blocks all apps in the organisation.",
            call => SwitchAsync(call, disable: true))
        {
            Answer = s_answer,
            Errors = s_unknown,
        },
        new("organisation.enable", "POST", "/organisations/{id}/enable", AdminAccess.Change, "Lets the apps in again.",
            call => SwitchAsync(call, disable: false))
        {
            Answer = s_answer,
            Errors = s_unknown,
        },
        new("organisation.home", "POST", "/organisations/{id}/apps/{client_id}/home", AdminAccess.Change,
            "Makes it the app's home organisation, which subscribes the app. It cannot be changed later.", HomeAsync)
        {
            Form = AnswerForm.Plain,
            Body = [new("isv", ValueKind.Flag, "Lets other organisations subscribe the app.")],
            Answer =
            [
                new("client_id", ValueKind.Text, "The app."),
                new("tenant", ValueKind.Text, "Its home."),
                new("isv", ValueKind.Flag, "Whether other organisations may subscribe it."),
            ],
            Errors = [.. s_unknown, OperatorErrors.Apps.AppUnknown, OperatorErrors.Organisations.HomeTaken],
        },
        new("organisation.subscribe", "POST", "/organisations/{id}/apps/{client_id}/subscription", AdminAccess.Change,
            "Lets an ISV's app act for the organisation.",
            call => SubscriptionAsync(call, tenants.SubscribeAsync))
        {
            Form = AnswerForm.Plain,
            Answer = s_subscription,
            Errors = [.. s_unknown, OperatorErrors.Apps.AppUnknown, OperatorErrors.Organisations.AppNotOffered],
        },
        new("organisation.unsubscribe", "DELETE", "/organisations/{id}/apps/{client_id}/subscription", AdminAccess.Change,
            "Ends the subscription and revokes the app's tokens for the organisation.",
            call => SubscriptionAsync(call, tenants.UnsubscribeAsync))
        {
            Form = AnswerForm.Plain,
            Answer = s_subscription,
            Errors = [.. s_unknown, OperatorErrors.Apps.AppUnknown, OperatorErrors.Organisations.HomeKept],
        },
    ];

    private static long IdOf(AdminCall call) => Formats.TryTenant(call.Path("id"), out var id)
        ? id
        : throw CommandException.NotFound(TenantAdministration.Kind, Table.Printable(call.Path("id")));

    private static TenantChange ChangeOf(Input body) => new()
    {
        Name = body.Text("name"),
        NameEn = body.Text("name_en"),
        Domain = body.Text(s_domain.Name),
        ContactName = body.Choice("contact", body.Text),
        Scale = body.Choice("scale", body.Text),
        Registered = (int?)body.Number("registered"),
        Type = (int?)body.Number("type"),
        LicensedFrom = body.Choice("licensed_from", body.Instant),
        LicensedUntil = body.Choice("licensed_until", body.Instant),
    };

    private Task<AdminAnswer> ListAsync(AdminCall call)
    {
        var filter = new TenantFilter
        {
            Domain = call.Query.Text("domain"),
            NameBegins = call.Query.Text("name"),
            IsDisabled = States.IsDisabled(call.Query.Text("state")),
        };
        return call.PageAsync(
            (after, take) => tenants.ListAsync(filter, after is null ? null : TenantOf(after), take, call.Ct),
            tenant => Formats.Tenant(tenant.Id), TenantAdministration.FieldsOf);
    }

    private static long TenantOf(string after) => Formats.TryTenant(after, out var id) ? id : 0;

    private async Task<AdminAnswer> CreateAsync(AdminCall call)
    {
        var made = await tenants.CreateAsync(call.Actor, ChangeOf(call.Body), call.Ct);
        return AdminAnswer.Created(
            $"{AdminRoutes.Base}/organisations/{Formats.Tenant(made.Id)}", TenantAdministration.FieldsOf(made));
    }

    private async Task<AdminAnswer> ShowAsync(AdminCall call) => One(await tenants.FindAsync(IdOf(call), call.Ct));

    private async Task<AdminAnswer> ChangeAsync(AdminCall call) => One(await tenants.ChangeAsync(
        call.Actor, IdOf(call), ChangeOf(call.Body), call.IsCurrent<Tenant>(TenantAdministration.FieldsOf), call.Ct));

    private async Task<AdminAnswer> SwitchAsync(AdminCall call, bool disable) =>
        One(await tenants.SwitchAsync(call.Actor, IdOf(call), disable, call.Ct));

    private async Task<AdminAnswer> HomeAsync(AdminCall call)
    {
        var home = await tenants.HomeAsync(
            call.Actor, AppResource.IdOf(call), IdOf(call), call.Body.Flag("isv") ?? false, call.Ct);
        return AdminAnswer.Plain(
            [new("client_id", home.AppId), new("tenant", Formats.Tenant(home.HomeTenantId)), new("isv", home.IsIsv)]);
    }

    private static async Task<AdminAnswer> SubscriptionAsync(
        AdminCall call, Func<Yaopai.Server.Administration.Actor, long, long, CancellationToken, Task<bool>> changeAsync)
    {
        var (tenantId, appId) = (IdOf(call), AppResource.IdOf(call));
        var changed = await changeAsync(call.Actor, tenantId, appId, call.Ct);
        return AdminAnswer.Plain([new("tenant", Formats.Tenant(tenantId)), new("client_id", appId), new("changed", changed)]);
    }

    private static AdminAnswer One(Tenant tenant) => AdminAnswer.One(TenantAdministration.FieldsOf(tenant));
}
