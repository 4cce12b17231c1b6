using Microsoft.Extensions.Options;
using Yaopai.Server.Apps;
using Yaopai.Server.Keys;

namespace Yaopai.Server.Events;

/// <summary>One try to deliver one event, and what follows from it.</summary>
internal sealed class EventDelivery(
    IEventStore store, AppDirectory apps, EventWriters writers, CallbackClient client, IAppClock clock, IOptions<EventOptions> options,
    ILogger<EventDelivery> log)
{
    /// <summary>Whether the receiver took it.</summary>
    public async Task<bool> DeliverAsync(LeasedEvent leased, CancellationToken ct)
    {
        var (taken, answer) = await TryAsync(leased.Event, ct);

        // What came of it is written down also while the server stops: else the event would go out once more.
        if (taken)
        {
            await store.DeliveredAsync(leased, answer, CancellationToken.None);
            log.EventDelivered(leased.Event.Name, leased.Event.AppId, leased.Tries);
            return true;
        }

        var now = clock.Now;
        var nextTry = now < leased.GiveUpAt
            ? now + options.Value.PauseAfter(leased.Tries, Random.Shared.NextDouble())
            : (DateTimeOffset?)null;
        await store.FailedAsync(leased, answer, nextTry, CancellationToken.None);
        if (nextTry is null)
            log.EventGivenUp(leased.Event.Name, leased.Event.AppId, leased.Tries, answer);
        else
            log.EventNotDelivered(leased.Event.Name, leased.Event.AppId, leased.Tries, answer);
        return false;
    }

    private async Task<(bool Taken, string Answer)> TryAsync(SecurityEvent happened, CancellationToken ct)
    {
        if (await apps.FindAsync(happened.AppId, ct) is not { } app)
            return (false, "the app is gone");
        if (!app.IsEnabled)
            return (false, "the app is disabled");
        if (app.EventCallback is not { } callback)
            return (false, "the app has no callback");
        if (writers.Find(app.EventSurface) is not { } writer)
            return (false, "the server has no events of the surface that the app subscribed to");

        try
        {
            return await client.PostAsync(callback, await writer.WriteAsync(happened, app, ct), ct);
        }
        catch (UnwritableEventException exception)
        {
            return (false, exception.Message);
        }
        catch (KeyLostException)
        {
            return (false, "the server has no key to sign with");
        }
    }
}
