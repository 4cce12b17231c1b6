using Yaopai.Errors;
using Yaopai.Server.Administration;
using Yaopai.Server.Apps;
using Yaopai.Server.Events;

namespace Yaopai.Server.Admin.Resources;

/// <summary>What an operator does with the events that an app is told.</summary>
internal sealed class EventAdministration(IEventStore events, EventWriters writers, AppAdministration apps, Auditor auditor)
{
    /// <summary>The states that are asked for, as people write them. Dead events were given up.</summary>
    public static IReadOnlyList<string> States { get; } = ["waiting", "delivered", "dead"];

    public static IReadOnlyList<Field> FieldsOf(StoredEvent stored) =>
    [
        new("jti",         stored.Event.Name),
        new("event",       SecurityEventKinds.NameOf(stored.Event.Kind)),
        new("user",        stored.Event.TenantId is null ? stored.Event.AccountId : (long?)null),
        new("tenant",      stored.Event.TenantId is { } tenant ? Formats.Tenant(tenant) : null),
        new("state",       stored.State.ToString().ToLowerInvariant()),
        new("tries",       stored.Tries),
        new("last_answer", stored.LastAnswer),
        new("created_at",  stored.CreatedAt),
        new("next_try_at", stored.NextTryAt),
        new("ended_at",    stored.EndedAt),
    ];

    /// <summary>The surfaces in whose words an app can be told.</summary>
    public IEnumerable<string> Surfaces => writers.Surfaces;

    /// <summary>The app's events, the newest first.</summary>
    /// <param name="state">One of <see cref="States"/>; null for all.</param>
    public async Task<IReadOnlyList<StoredEvent>> ListAsync(long appId, string? state, int take, CancellationToken ct) =>
        await events.ListAsync(
            (await apps.FindAsync(appId, ct)).Id, state is null ? null : Enum.Parse<EventState>(state, ignoreCase: true), take, ct);

    /// <summary>Tries what was not delivered again, at once.</summary>
    /// <param name="jti">One event; null for all.</param>
    /// <returns>How many there are.</returns>
    public Task<int> RetryAsync(Actor actor, long appId, string? jti, CancellationToken ct) => auditor.RecordAsync(
        new Deed(actor, "app.events.retry", AppAdministration.Kind, $"{appId}"),
        async trace =>
        {
            var app = await apps.FindAsync(appId, ct);
            Guid? one = jti is null ? null
                : Guid.TryParseExact(jti, "n", out var parsed) ? parsed
                : throw CommandException.WrongUsage(OperatorErrors.Apps.EventNameMalformed, $"'{Table.Printable(jti)}' is not a jti.");
            var due = await events.RetryAsync(app.Id, one, ct);
            if (due == 0 && one is not null)
                throw new CommandException(OperatorErrors.Apps.EventUnknown, $"App {app.Id} has no such undelivered event.");

            trace.Is([new("jti", jti), new("due", due)]);
            return due;
        }, ct);

    /// <summary>Sends the app's events to an address from now on.</summary>
    /// <param name="callback">A good address; null to send no more.</param>
    /// <param name="kinds">Only these; all that the surface has words for where none is named.</param>
    /// <param name="surface">Null for the first that has events.</param>
    public Task<App> SendToAsync(
        Actor actor, long appId, string? callback, IReadOnlyList<string> kinds, string? surface, CancellationToken ct) =>
        auditor.RecordAsync(
            new Deed(actor, callback is null ? "app.events.clear" : "app.events.set", AppAdministration.Kind, $"{appId}"),
            async trace =>
            {
                if (surface is not null && !writers.Surfaces.Contains(surface))
                {
                    throw CommandException.WrongUsage(
                        OperatorErrors.CommandLine.OptionRefused, $"--surface must be one of {string.Join(", ", writers.Surfaces)}.");
                }

                var told = callback is null ? [] : KindsOf(surface, kinds);
                var app = await apps.StoreAsync(
                    trace, appId,
                    new(one => one with { EventCallback = callback, EventSurface = surface, EventKinds = told }, null), ct);
                trace.Is(AppFields.Of(app));
                return app;
            }, ct);

    private IReadOnlyList<SecurityEventKind> KindsOf(string? surface, IReadOnlyList<string> named)
    {
        var known = writers.KindsOf(surface);
        SecurityEventKind[] kinds = [.. named.Distinct().Select(SecurityEventKinds.Named).Order()];
        if (kinds.Except(known).Any())
        {
            throw CommandException.WrongUsage(OperatorErrors.CommandLine.OptionRefused,
                $"--kinds must be of {string.Join(", ", known.Select(SecurityEventKinds.NameOf))} there.");
        }

        return kinds is [] ? known : kinds;
    }
}
