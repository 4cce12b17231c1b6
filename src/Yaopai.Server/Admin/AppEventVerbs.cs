using System.CommandLine;
using Yaopai.Server.Admin.Resources;
using Yaopai.Server.Administration;
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
                await SendToAsync(shell, platform, result, id, address, result.GetValue(kinds) ?? [], result.GetValue(surface), ct);
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
            "clear", "Stops sending events to the app. Waiting events are given up in time.", [id],
            (platform, result, ct) => SendToAsync(shell, platform, result, id, callback: null, [], surface: null, ct));
    }

    private static Command List(Shell shell)
    {
        var id = Inputs.Id(AppVerbs.Noun);
        var state = new Option<string?>("--state") { Description = "Only events in this state. Dead events were given up." };
        state.AcceptOnlyFromAmong([.. EventAdministration.States]);

        return shell.Verb("list", "Lists the app's events and their state, newest first.", [id, state, shell.Take],
            async (platform, result, ct) =>
            {
                var found = (await platform.Get<EventAdministration>().ListAsync(
                    result.GetValue(id), result.GetValue(state), result.GetValue(shell.Take), ct)).Select(EventAdministration.FieldsOf);
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
                var due = await platform.Get<EventAdministration>().RetryAsync(
                    Actor.AtCommandLine, result.GetValue(id), result.GetValue(name), ct);
                await shell.ShowAsync(result, [new("client_id", result.GetValue(id)), new("due", due)]);
            });
    }

    private static async Task SendToAsync(
        Shell shell, Platform platform, ParseResult result, Argument<long> id, string? callback, string[] kinds, string? surface,
        CancellationToken ct)
    {
        var app = await platform.Get<EventAdministration>().SendToAsync(
            Actor.AtCommandLine, result.GetValue(id), callback, kinds, surface, ct);
        await shell.ShowAsync(result,
        [
            new("client_id",      app.Id),
            new("event_callback", app.EventCallback),
            new("event_kinds",    app.EventKinds.Select(SecurityEventKinds.NameOf)),
            .. app.EventSurface is { } told ? [new("event_surface", told)] : Array.Empty<Field>(),
        ]);
    }
}
