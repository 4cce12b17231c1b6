using System.CommandLine;
using Yaopai.Errors;
using Yaopai.Server.Apps;
using Yaopai.Server.Events;

namespace Yaopai.Server.Admin;

/// <summary><c>app events</c>: where an app is told what happens to people who trust it, and what became of it.</summary>
internal static class AppEventVerbs
{
    private static readonly string[] s_columns = ["jti", "event", "state", "tries", "last_answer", "created_at", "next_try_at"];

    public static Command Command(Shell shell) =>
        new("events", "Events that the app receives about its users or organisations.")
    {
        Set(shell),
        Clear(shell),
        List(shell),
        Retry(shell),
    };

    private static Command Set(Shell shell)
    {
        var id = Inputs.Id(AppVerbs.Noun);
        var callback = Inputs.Text("--callback", "uri", "The address to send events to: https; in Development also http.",
            value => Callback.FaultOf(value, Platform.IsDevelopment), required: true);
        var kinds = Inputs.Texts(
            "--kinds", "kind", $"Only these: {string.Join(", ", SecurityEventKinds.Names)}. Repeatable; all by default.",
            value => SecurityEventKinds.Names.Contains(value) ? null : $"must be one of {string.Join(", ", SecurityEventKinds.Names)}");
        var surface = new Option<string?>("--surface")
        {
            Description = "The surface whose event format is used; by default the first that has events.",
        };

        return shell.Verb("set", "Sends the app's events to an address from now on.", [id, callback, kinds, surface],
            async (platform, result, ct) =>
            {
                var address = result.GetRequiredValue(callback)!;
                await ChangeAsync(shell, platform, result, id, app => app with
                {
                    EventCallback = address,
                    EventSurface = SurfaceOf(platform, result.GetValue(surface)),
                    EventKinds = KindsOf(platform, result.GetValue(surface), result.GetValue(kinds) ?? []),
                }, ct);
                if (Callback.FaultOf(address, allowPlain: false) is not null)
                {
                    await shell.WarnAsync(
                        [$"{address} is plain http: anyone on the way can read the events. Only Development sends them there."]);
                }
            });
    }

    private static Command Clear(Shell shell)
    {
        var id = Inputs.Id(AppVerbs.Noun);

        return shell.Verb(
            "clear", "Stops sending events to the app. Waiting events are given up in time.", [id], (platform, result, ct) =>
                ChangeAsync(
                    shell, platform, result, id, app => app with { EventCallback = null, EventKinds = [], EventSurface = null }, ct));
    }

    private static Command List(Shell shell)
    {
        var id = Inputs.Id(AppVerbs.Noun);
        var state = new Option<string?>("--state") { Description = "Only events in this state. Dead events were given up." };
        state.AcceptOnlyFromAmong("waiting", "delivered", "dead");

        return shell.Verb("list", "Lists the app's events and their state, newest first.", [id, state, shell.Take],
            async (platform, result, ct) =>
            {
                var app = await AppVerbs.FindAsync(platform, result.GetValue(id), ct);
                var wanted = result.GetValue(state) is { } named ? Enum.Parse<EventState>(named, ignoreCase: true) : (EventState?)null;
                var found = (await platform.Get<IEventStore>().ListAsync(app.Id, wanted, result.GetValue(shell.Take), ct)).Select(FieldsOf);
                await shell.Out.WriteAsync(result.GetValue(shell.Json) ? Fields.ToJson(found) : Table.Of(found, s_columns));
            });
    }

    private static Command Retry(Shell shell)
    {
        var id = Inputs.Id(AppVerbs.Noun);
        var name = new Argument<string?>("jti")
        {
            Description = "The event; by default all that were not delivered.",
            Arity = ArgumentArity.ZeroOrOne,
        };

        return shell.Verb("retry", "Retries events that were given up or are waiting: at once, and for as long as a new event.", [id, name],
            async (platform, result, ct) =>
            {
                var app = await AppVerbs.FindAsync(platform, result.GetValue(id), ct);
                Guid? one = result.GetValue(name) is not { } text ? null
                    : Guid.TryParseExact(text, "n", out var parsed) ? parsed
                    : throw CommandException.WrongUsage(OperatorErrors.Apps.EventNameMalformed, $"'{Table.Printable(text)}' is not a jti.");
                var due = await platform.Get<IEventStore>().RetryAsync(app.Id, one, ct);
                if (due == 0 && one is not null)
                    throw new CommandException(OperatorErrors.Apps.EventUnknown, $"App {app.Id} has no such undelivered event.");

                await shell.ShowAsync(result, [new("client_id", app.Id), new("due", due)]);
            });
    }

    private static string? SurfaceOf(Platform platform, string? named)
    {
        var surfaces = platform.Get<EventWriters>().Surfaces;
        if (named is null || surfaces.Contains(named))
            return named;

        throw CommandException.WrongUsage(
            OperatorErrors.CommandLine.OptionRefused, $"--surface must be one of {string.Join(", ", surfaces)}.");
    }

    /// <summary>All that the surface has words for, where none is named.</summary>
    private static IReadOnlyList<SecurityEventKind> KindsOf(Platform platform, string? surface, string[] named)
    {
        var known = platform.Get<EventWriters>().KindsOf(surface);
        SecurityEventKind[] kinds = [.. named.Distinct().Select(SecurityEventKinds.Named).Order()];
        if (kinds.Except(known).Any())
        {
            throw CommandException.WrongUsage(OperatorErrors.CommandLine.OptionRefused,
                $"--kinds must be of {string.Join(", ", known.Select(SecurityEventKinds.NameOf))} there.");
        }

        return kinds is [] ? known : kinds;
    }

    private static async Task ChangeAsync(
        Shell shell, Platform platform, ParseResult result, Argument<long> id, Func<App, App> change, CancellationToken ct)
    {
        var changed = change(await AppVerbs.FindAsync(platform, result.GetValue(id), ct));
        await AppVerbs.TryStoreAsync(platform, changed, ct);
        await shell.ShowAsync(result,
        [
            new("client_id",      changed.Id),
            new("event_callback", changed.EventCallback),
            new("event_kinds",    changed.EventKinds.Select(SecurityEventKinds.NameOf)),
            .. changed.EventSurface is { } surface ? [new("event_surface", surface)] : Array.Empty<Field>(),
        ]);
    }

    private static IReadOnlyList<Field> FieldsOf(StoredEvent stored) =>
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
}
