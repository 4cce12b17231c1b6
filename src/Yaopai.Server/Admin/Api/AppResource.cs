using Yaopai.Errors;
using Yaopai.Server.Admin.Resources;
using Yaopai.Server.Apps;
using Yaopai.Server.OAuth;

namespace Yaopai.Server.Admin.Api;

/// <summary><c>/apps</c>: the registered clients.</summary>
internal sealed class AppResource(AppAdministration apps, Surroundings surroundings) : IAdminResource
{
    private static readonly ErrorDefinition[] s_scopes =
        [OperatorErrors.Apps.ScopeNotApplied, OperatorErrors.Apps.ScopesTooLong, OperatorErrors.Owners.DeveloperUnknown];

    private static readonly Member[] s_filters =
    [
        new("developer_id", ValueKind.Number, "Only apps of this developer."),
        new("name",         ValueKind.Text,   "Only apps whose name begins so."),
        new("state",        ValueKind.Text,   "Only apps that are enabled, or disabled by themselves.") { Words = States.Names },
    ];

    private static readonly Member[] s_answer =
    [
        new("client_id",       ValueKind.Text,    "The id of the app."),
        new("name",            ValueKind.Text,    "The name on the consent page."),
        new("state",           ValueKind.Text,    "Whether it may call.") { Words = ["enabled", "disabled", "developer disabled"] },
        new("developer_id",    ValueKind.Number,  "Its owner."),
        new("group_id",        ValueKind.Number,  "The owner's account group.") { IsNullable = true },
        new("project_id",      ValueKind.Number,  "Its project."),
        new("public",          ValueKind.Flag,    "It keeps no secret and uses PKCE alone."),
        new("secrets",         ValueKind.Number,  "How many of its secrets hold: two after a rotation."),
        new("redirect_uris",   ValueKind.Texts,   "Where codes may be sent."),
        new("redirect_query",  ValueKind.Flag,    "It may add query parameters to them."),
        new("scopes",          ValueKind.Texts,   "The scopes that it applies for."),
        new("approved_scopes", ValueKind.Texts,   "The approved ones among them."),
        new("open_grants",     ValueKind.Texts,   "Its grant types at the Open API."),
        new("writes_without_secret", ValueKind.Flag, "Tokens that were issued without its secret may write to its data store."),
        new("open_ids",        ValueKind.Flag,    "The Open API tells it openid and unionid, not userid."),
        new("requires_https",  ValueKind.Flag,    "Whether it has to use HTTPS; null for the installation's setting.")
            { IsNullable = true },
        new("refresh_needs_secret", ValueKind.Flag, "It sends its secret to refresh, too."),
        new("frozen_until",    ValueKind.Instant, "Until when it is frozen, because it called too often.") { IsNullable = true },
        new("allow",           ValueKind.Texts,   "The networks that may call; all where there is none."),
        new("referers",        ValueKind.Texts,   "The hosts whose pages may call the Open API; all where there is none."),
        new("signing",         ValueKind.Flag,    "It signs calls with its secret, of which a sealed copy is kept."),
        new("signing_secrets", ValueKind.Number,  "How many secrets it can sign with."),
        new("quota",           ValueKind.Number,  "Calls a minute for each operation; 0 for no limit, null for the installation's setting.")
            { IsNullable = true },
        new("event_callback",  ValueKind.Text,    "Where its events are sent.") { IsNullable = true },
        new("event_kinds",     ValueKind.Texts,   "The events that it is sent."),
        new("created_at",      ValueKind.Instant, "When it was created."),
        new("disabled_at",     ValueKind.Instant, "When it was disabled.") { IsNullable = true },
    ];

    private static readonly Member s_secret =
        new("client_secret", ValueKind.Text, "The client secret, shown once; a public app has none.") { IsSecret = true };

    private readonly Member[] _settings =
    [
        new("name",            ValueKind.Text,   "The name on the consent page.") { FaultOf = Formats.Name },
        new("developer_id",    ValueKind.Number, "Its owner. With another one it gets other UnionIDs for its users."),
        new("project_id",      ValueKind.Number, "Its project; one of the developer's own by default."),
        new("redirect_uris",   ValueKind.Texts,  "Where codes may be sent, compared character by character: https, http on loopback (any "
            + "port), or an app's own scheme.")
            { Longest = 4096, FaultOf = uri => AppFormats.RedirectUri(uri, surroundings.IsDevelopment) },
        new("redirect_query",  ValueKind.Flag,   "Lets it add query parameters to them."),
        new("scopes",          ValueKind.Texts,  "The scopes that it applies for.") { FaultOf = AppFormats.Scope },
        new("approved_scopes", ValueKind.Texts,  "The approved ones among them.") { FaultOf = AppFormats.Scope },
        new("open_grants",     ValueKind.Texts,  "Its grant types at the Open API; null for all but implicit and password.")
            { IsNullable = true, Words = InstalledSurfaces.GrantTypes.All },
        new("writes_without_secret", ValueKind.Flag, "Lets tokens that were issued without its secret write to its data store."),
        new("open_ids",        ValueKind.Flag,   "The Open API tells it openid and unionid, not userid."),
        new("requires_https",  ValueKind.Flag,   "Whether it has to use HTTPS; null for the installation's setting.") { IsNullable = true },
        new("refresh_needs_secret", ValueKind.Flag, "It has to send its secret to refresh, too."),
        new("allow",           ValueKind.Texts,  "The networks that may call; none for all.") { FaultOf = AppFormats.Network },
        new("referers",        ValueKind.Texts,  "The hosts whose pages may call the Open API; none for all.")
            { FaultOf = AppFormats.Host },
        new("signing",         ValueKind.Flag,   "It signs calls with its secret: a sealed copy of secrets made from now on is kept."),
        new("quota",           ValueKind.Number, "Calls a minute for each operation; 0 for no limit, null for the installation's setting.")
            { IsNullable = true, Most = int.MaxValue },
        new("public",          ValueKind.Flag,   "It cannot keep a secret and uses PKCE alone."),
    ];

    public IReadOnlyList<AdminOperation> Operations =>
    [
        new("app.list", "GET", "/apps", AdminAccess.Read, "Lists the apps, by id.", ListAsync)
        {
            Query = s_filters,
            Form = AnswerForm.Page,
            Answer = s_answer,
        },
        new("app.create", "POST", "/apps", AdminAccess.Change, "Creates an app. Shows its client secret once.", CreateAsync)
        {
            Body = [.. _settings.Select(member => member.Name is "name" or "developer_id" ? member.Required() : member)],
            Answer = [.. s_answer, s_secret],
            Status = StatusCodes.Status201Created,
            Errors = s_scopes,
        },
        new("app.show", "GET", "/apps/{client_id}", AdminAccess.Read, "Shows an app.", ShowAsync)
        {
            Answer = s_answer,
            Errors = [OperatorErrors.Apps.AppUnknown],
        },
        new("app.change", "PATCH", "/apps/{client_id}", AdminAccess.Change,
            "Changes the given values and keeps the others. A list is replaced as a whole.", ChangeAsync)
        {
            Body = _settings,
            Answer = s_answer,
            NeedsVersion = true,
            Errors = [OperatorErrors.Apps.AppUnknown, .. s_scopes],
        },
        new("app.disable", "POST", "/apps/{client_id}/disable", AdminAccess.Change, "Blocks the app and revokes all its tokens.",
            call => SwitchAsync(call, disable: true))
        {
            Answer = s_answer,
            Errors = [OperatorErrors.Apps.AppUnknown],
        },
        new("app.enable", "POST", "/apps/{client_id}/enable", AdminAccess.Change,
            "Unblocks the app. Its earlier tokens stay revoked.", call => SwitchAsync(call, disable: false))
        {
            Answer = s_answer,
            Errors = [OperatorErrors.Apps.AppUnknown],
        },
        new("app.secret.rotate", "POST", "/apps/{client_id}/secret", AdminAccess.Change,
            "Gives the app a new client secret and shows it once. The previous secret works until the next rotation.", RotateAsync)
        {
            Answer = [.. s_answer, s_secret],
            Errors = [OperatorErrors.Apps.AppUnknown, OperatorErrors.Apps.AppWithoutSecret],
        },
    ];

    public static long IdOf(AdminCall call) => call.Id(AppAdministration.Kind, "client_id");

    private Task<AdminAnswer> ListAsync(AdminCall call)
    {
        var filter = new AppFilter
        {
            DeveloperId = call.Query.Number("developer_id"),
            NameBegins = call.Query.Text("name"),
            IsDisabled = States.IsDisabled(call.Query.Text("state")),
        };
        return call.PageAsync((after, take) => apps.ListAsync(filter, after, take, call.Ct), app => app.Id, AppFields.Of);
    }

    private async Task<AdminAnswer> CreateAsync(AdminCall call)
    {
        var (app, secret) = await apps.CreateAsync(call.Actor, ChangeOf(call.Body), call.Ct);
        return AdminAnswer.Created($"{AdminRoutes.Base}/apps/{app.Id}", AppFields.Of(app), Shown(secret));
    }

    private async Task<AdminAnswer> ShowAsync(AdminCall call) => AdminAnswer.One(AppFields.Of(await apps.FindAsync(IdOf(call), call.Ct)));

    private async Task<AdminAnswer> ChangeAsync(AdminCall call) => AdminAnswer.One(AppFields.Of(
        await apps.ChangeAsync(call.Actor, IdOf(call), ChangeOf(call.Body), call.IsCurrent<App>(AppFields.Of), call.Ct)));

    private async Task<AdminAnswer> SwitchAsync(AdminCall call, bool disable) =>
        AdminAnswer.One(AppFields.Of(await apps.SwitchAsync(call.Actor, IdOf(call), disable, call.Ct)));

    private async Task<AdminAnswer> RotateAsync(AdminCall call)
    {
        var (app, secret) = await apps.RotateSecretAsync(call.Actor, IdOf(call), call.Ct);
        return AdminAnswer.One(AppFields.Of(app), Shown(secret));
    }

    private static Field[] Shown(string? secret) => secret is null ? [] : [Field.Secret(s_secret.Name, secret)];

    private static AppChange ChangeOf(Input body) => new()
    {
        Name = body.Text("name"),
        DeveloperId = body.Number("developer_id"),
        ProjectId = body.Number("project_id"),
        RedirectUris = body.Texts("redirect_uris"),
        AddsToRedirectUris = body.Flag("redirect_query"),
        AppliedScopes = body.Texts("scopes"),
        ApprovedScopes = body.Texts("approved_scopes"),
        GrantTypes = body.Choice("open_grants", body.Texts),
        WritesWithoutSecret = body.Flag("writes_without_secret"),
        KnowsPeopleByOpenId = body.Flag("open_ids"),
        RequiresHttps = body.Choice("requires_https", body.Flag),
        RefreshNeedsSecret = body.Flag("refresh_needs_secret"),
        Allowlist = body.Texts("allow")?.Select(AppFormats.NetworkOf).ToList(),
        Referers = body.Texts("referers"),
        IsSigning = body.Flag("signing"),
        QuotaPerMinute = body.Choice("quota", name => (int?)body.Number(name)),
        IsPublic = body.Flag("public"),
    };
}
