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
        new("events", "What the app is told of people who trust it: tokens revoked, phone number changed, account deleted.")
    {
        Set(shell),
        Clear(shell),
        List(shell),
        Retry(shell),
    };

    private static Command Set(Shell shell)
    {
        var id = Inputs.Id(AppVerbs.Noun);
        var callback = Inputs.Text("--callback", "uri", "Where events are sent: https; in Development also http to loopback.",
            value => Callback.FaultOf(value, Platform.IsDevelopment), required: true);
        var kinds = Inputs.Texts(
            "--kinds", "kind", $"Only these: {string.Join(", ", SecurityEventKinds.Names)}. Repeatable; all by default.",
            value => SecurityEventKinds.Names.Contains(value) ? null : $"must be one of {string.Join(", ", SecurityEventKinds.Names)}");
        var surface = new Option<string?>("--surface")
        {
            Description = "The surface in whose words the app is told, where more than one has events.",
            Hidden = true, // as long as there is nothing to choose
        };

        return shell.Verb("set", "Has events of the app sent to an address, from now on.", [id, callback, kinds, surface],
            (platform, result, ct) => ChangeAsync(shell, platform, result, id, app => app with
            {
                EventCallback = result.GetRequiredValue(callback),
                EventSurface = SurfaceOf(platform, result.GetValue(surface)),
                EventKinds = result.GetValue(kinds) is { Length: > 0 } named
                    ? [.. named.Distinct().Select(SecurityEventKinds.Named).Order()]
                    : SecurityEventKinds.All,
            }, ct));
    }

    private static Command Clear(Shell shell)
    {
        var id = Inputs.Id(AppVerbs.Noun);

        return shell.Verb(
            "clear", "Sends the app no events any more. Those that wait are given up in the end.", [id], (platform, result, ct) =>
                ChangeAsync(
                    shell, platform, result, id, app => app with { EventCallback = null, EventKinds = [], EventSurface = null }, ct));
    }

    private static Command List(Shell shell)
    {
        var id = Inputs.Id(AppVerbs.Noun);
        var state = new Option<string?>("--state") { Description = "Only events in this state. Dead are those that were given up." };
        state.AcceptOnlyFromAmong("waiting", "delivered", "dead");

        return shell.Verb("list", "Lists the events of the app with what became of them, the newest first.", [id, state, shell.Take],
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
            Description = "Which event; all that were not delivered by default.",
            Arity = ArgumentArity.ZeroOrOne,
        };

        return shell.Verb("retry", "Tries again what was given up, or waits: at once, and for as long as a new event.", [id, name],
            async (platform, result, ct) =>
            {
                var app = await AppVerbs.FindAsync(platform, result.GetValue(id), ct);
                Guid? one = result.GetValue(name) is not { } text ? null
                    : Guid.TryParseExact(text, "n", out var parsed) ? parsed
                    : throw CommandException.WrongUsage(OperatorErrors.Apps.EventNameMalformed, $"'{Table.Printable(text)}' is no jti.");
                var due = await platform.Get<IEventStore>().RetryAsync(app.Id, one, ct);
                if (due == 0 && one is not null)
                    throw new CommandException(OperatorErrors.Apps.EventUnknown, $"App {app.Id} has no such event that was not delivered.");

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
        new("user",        stored.Event.AccountId),
        new("state",       stored.State.ToString().ToLowerInvariant()),
        new("tries",       stored.Tries),
        new("last_answer", stored.LastAnswer),
        new("created_at",  stored.CreatedAt),
        new("next_try_at", stored.NextTryAt),
        new("ended_at",    stored.EndedAt),
    ];
}
