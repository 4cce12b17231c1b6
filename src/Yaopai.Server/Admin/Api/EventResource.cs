using Yaopai.Errors;
using Yaopai.Server.Admin.Resources;
using Yaopai.Server.Apps;
using Yaopai.Server.Events;

namespace Yaopai.Server.Admin.Api;

/// <summary><c>/apps/{client_id}/events</c>: what an app is told of its users and organisations, and what became of it.</summary>
internal sealed class EventResource(EventAdministration events, Surroundings surroundings) : IAdminResource
{
    private const int MostListed = 500;
    private const int Listed = 50;

    private static readonly Member[] s_answer =
    [
        new("jti",         ValueKind.Text,    "The id of the event."),
        new("event",       ValueKind.Text,    "What happened."),
        new("user",        ValueKind.Number,  "To which user.") { IsNullable = true },
        new("tenant",      ValueKind.Text,    "To which organisation.") { IsNullable = true },
        new("state",       ValueKind.Text,    "What became of it; dead was given up.")
            { Words = ["waiting", "leased", "delivered", "dead"] },
        new("tries",       ValueKind.Number,  "How often it was sent."),
        new("last_answer", ValueKind.Text,    "What the last try came to.") { IsNullable = true },
        new("created_at",  ValueKind.Instant, "When it came into being."),
        new("next_try_at", ValueKind.Instant, "When it is sent next."),
        new("ended_at",    ValueKind.Instant, "When it was delivered or given up.") { IsNullable = true },
    ];

    private static readonly Member[] s_subscription =
    [
        new("client_id",      ValueKind.Text,  "The id of the app."),
        new("event_callback", ValueKind.Text,  "Where its events are sent; null for nowhere.") { IsNullable = true },
        new("event_kinds",    ValueKind.Texts, "The events that it is sent."),
        new("event_surface",  ValueKind.Text,  "In whose words; null for those of the first surface that has events.")
            { IsNullable = true },
    ];

    public IReadOnlyList<AdminOperation> Operations =>
    [
        new("event.list", "GET", "/apps/{client_id}/events", AdminAccess.Read,
            "Lists the latest events of an app, newest first.", ListAsync)
        {
            Query =
            [
                new("state", ValueKind.Text, "Only events in this state; dead letters were given up.")
                    { Words = EventAdministration.States },
                new("limit", ValueKind.Number, "How many at most; 50 by default.") { Least = 1, Most = MostListed },
            ],
            Form = AnswerForm.List,
            Answer = s_answer,
            Errors = [OperatorErrors.Apps.AppUnknown],
        },
        new("event.retry", "POST", "/apps/{client_id}/events/retry", AdminAccess.Change,
            "Retries what was given up or is waiting: at once, and for as long as a new event.", RetryAsync)
        {
            Form = AnswerForm.Plain,
            Body = [new("jti", ValueKind.Text, "One event; all that were not delivered by default.")],
            Answer = [new("client_id", ValueKind.Text, "The id of the app."), new("due", ValueKind.Number, "How many are tried again.")],
            Errors = [OperatorErrors.Apps.AppUnknown, OperatorErrors.Apps.EventUnknown, OperatorErrors.Apps.EventNameMalformed],
        },
        new("event.set", "POST", "/apps/{client_id}/events/subscription", AdminAccess.Change,
            "Sends the app's events to an address from now on.", SetAsync)
        {
            Form = AnswerForm.Plain,
            Body =
            [
                new("callback", ValueKind.Text, "The address: https; in Development also http.")
                    { IsRequired = true, Longest = 2048, FaultOf = text => Callback.FaultOf(text, surroundings.IsDevelopment) },
                new("kinds", ValueKind.Texts, "Only these; all by default.") { Words = [.. SecurityEventKinds.Names] },
                new("surface", ValueKind.Text, "In whose words; by default those of the first surface that has events.")
                    { Words = [.. events.Surfaces] },
            ],
            Answer = s_subscription,
            Errors = [OperatorErrors.Apps.AppUnknown],
        },
        new("event.clear", "DELETE", "/apps/{client_id}/events/subscription", AdminAccess.Change,
            "Stops sending events to the app. Waiting events are given up in time.", ClearAsync)
        {
            Form = AnswerForm.Plain,
            Answer = s_subscription,
            Errors = [OperatorErrors.Apps.AppUnknown],
        },
    ];

    private async Task<AdminAnswer> ListAsync(AdminCall call) => AdminAnswer.List(
        (await events.ListAsync(
            AppResource.IdOf(call), call.Query.Text("state"), (int)(call.Query.Number("limit") ?? Listed), call.Ct))
        .Select(EventAdministration.FieldsOf));

    private async Task<AdminAnswer> RetryAsync(AdminCall call)
    {
        var appId = AppResource.IdOf(call);
        var due = await events.RetryAsync(call.Actor, appId, call.Body.Text("jti"), call.Ct);
        return AdminAnswer.Plain([new("client_id", appId), new("due", due)]);
    }

    private async Task<AdminAnswer> SetAsync(AdminCall call) => Shown(await events.SendToAsync(
        call.Actor, AppResource.IdOf(call), call.Body.Text("callback"), call.Body.Texts("kinds") ?? [], call.Body.Text("surface"),
        call.Ct));

    private async Task<AdminAnswer> ClearAsync(AdminCall call) =>
        Shown(await events.SendToAsync(call.Actor, AppResource.IdOf(call), callback: null, [], surface: null, call.Ct));

    private static AdminAnswer Shown(App app) => AdminAnswer.Plain(
    [
        new("client_id",      app.Id),
        new("event_callback", app.EventCallback),
        new("event_kinds",    app.EventKinds.Select(SecurityEventKinds.NameOf)),
        new("event_surface",  app.EventSurface),
    ]);
}
