using Microsoft.Extensions.Options;
using Yaopai.Server.Apps;
using Yaopai.Server.Keys;

namespace Yaopai.Server.Events;

/// <summary>One try to deliver one event, and what follows from it.</summary>
internal sealed partial class EventDelivery(
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
            Log.Delivered(log, leased.Event.Name, leased.Event.AppId, leased.Tries);
            return true;
        }

        var now = clock.Now;
        var nextTry = now < leased.GiveUpAt ? now + options.Value.PauseAfter(leased.Tries, Random.Shared.NextDouble()) : (DateTimeOffset?)null;
        await store.FailedAsync(leased, answer, nextTry, CancellationToken.None);
        if (nextTry is null)
            Log.GivenUp(log, leased.Event.Name, leased.Event.AppId, leased.Tries, answer);
        else
            Log.Failed(log, leased.Event.Name, leased.Event.AppId, leased.Tries, answer);
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
        catch (KeyLostException)
        {
            return (false, "the server has no key to sign with");
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Debug, "Event {Name} was delivered to app {AppId} at try {Tries}")]
        public static partial void Delivered(ILogger log, string name, long appId, int tries);

        [LoggerMessage(2, LogLevel.Debug, "Event {Name} was not delivered to app {AppId} at try {Tries}: {Answer}")]
        public static partial void Failed(ILogger log, string name, long appId, int tries, string answer);

        [LoggerMessage(3, LogLevel.Warning, "Event {Name} for app {AppId} is given up after {Tries} tries: {Answer}. It can be tried again by hand.")]
        public static partial void GivenUp(ILogger log, string name, long appId, int tries, string answer);
    }
}
