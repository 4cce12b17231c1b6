using Yaopai.Server.Apps;
using Yaopai.Server.Events;
using Yaopai.Server.Gateway;

namespace Yaopai.Server.Sandbox;

/// <summary>What an app was told, or should have been, and where: so that a developer sees why a push did not come.</summary>
internal sealed class SandboxEvents(
    IAppStore apps, AppDirectory directory, IEventStore events, EventWriters writers, IHostEnvironment environment)
{
    private const int Most = 100;

    /// <param name="Surface">In whose words; null for the first that has events.</param>
    internal sealed record CallbackRequest(long ClientId, string? Callback, string? Surface = null);

    public async Task<(object? Shown, Problem? Problem)> ShowAsync(string clientId, CancellationToken ct)
    {
        if (!long.TryParse(clientId, out var id) || await apps.FindAsync(id, ct) is not { } app)
            return (null, Problem.NotFound("client_id: there is no such app. GET /sandbox lists the demo apps."));

        return (new
        {
            client_id = $"{app.Id}",
            callback = app.EventCallback,
            kinds = app.EventKinds.Select(SecurityEventKinds.NameOf),
            events = (await events.ListAsync(app.Id, state: null, Most, ct)).Select(stored => new
            {
                jti = stored.Event.Name,
                @event = SecurityEventKinds.NameOf(stored.Event.Kind),
                state = stored.State.ToString().ToLowerInvariant(),
                stored.Tries,
                stored.LastAnswer,
                stored.CreatedAt,
                stored.NextTryAt,
                stored.EndedAt,
            }),
        }, null);
    }

    /// <summary>Subscribes the app to everything that its surface tells of, at this address; null ends it.</summary>
    public async Task<(object? Shown, Problem? Problem)> SetCallbackAsync(CallbackRequest request, CancellationToken ct)
    {
        if (request.Callback is { } callback && Callback.FaultOf(callback, environment.IsDevelopment()) is { } fault)
            return (null, Problem.Invalid($"callback: {fault}."));

        if (writers.Find(request.Surface) is not { } writer)
            return (null, Problem.Invalid($"surface: must be one of {string.Join(", ", writers.Surfaces)}."));

        var changed = (App app) => app with
        {
            EventCallback = request.Callback,
            EventKinds = request.Callback is null ? [] : writer.Kinds,
            EventSurface = request.Callback is null ? null : request.Surface,
        };
        if (await apps.FindAsync(request.ClientId, ct) is not { } app
            || !await apps.TryChangeAsync(changed(app), ct))
            return (null, Problem.NotFound($"client_id: there is no app {request.ClientId}. GET /sandbox lists the demo apps."));

        directory.Clear(); // this node obeys at once, as it does with everything of the sandbox
        return await ShowAsync($"{app.Id}", ct);
    }
}
