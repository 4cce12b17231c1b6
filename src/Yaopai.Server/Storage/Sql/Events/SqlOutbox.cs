using Yaopai.Server.Apps;
using Yaopai.Server.Events;
using Yaopai.Server.Storage.Engine;
using Yaopai.Server.Storage.Sql.Credentials;

namespace Yaopai.Server.Storage.Sql.Events;

/// <summary>Where events come into being: in the transaction of what caused them, for apps that want to hear of it.</summary>
internal sealed class SqlOutbox(IAppClock clock, EventSignal signal)
{
    /// <summary>For stores that nobody put together with a sender: the events are there, and found by the next poll.</summary>
    public static SqlOutbox OnWallClock { get; } = new(new WallClock(TimeProvider.System), new EventSignal());

    /// <summary>The consents of a person.</summary>
    public static async Task<IReadOnlyList<Trust>> TrustOfAsync(Session session, long accountId) => await session.ListAsync<Trust>(
        """
        SELECT app_id, scopes
          FROM consent
         WHERE account_id = @accountId
         ORDER BY app_id
        """, new { accountId });

    /// <param name="trust">The apps that may have to know.</param>
    /// <param name="kinds">Each app is told the first of these that it wants to hear of.</param>
    public async Task AddAsync(Session session, long accountId, IEnumerable<Trust> trust, params IReadOnlyList<SecurityEventKind> kinds)
    {
        foreach (var (appId, scopes) in trust)
        {
            if (await WantedAsync(session, appId) is { } wanted && kinds.Where(wanted.Holds).Cast<SecurityEventKind?>().FirstOrDefault() is { } kind)
                await AddAsync(session, new SecurityEvent(appId, Guid.NewGuid(), accountId, kind, Json.Strings(scopes), clock.NowFor(appId)));
        }
    }

    /// <summary>After the commit.</summary>
    public void Announce() => signal.Set();

    private static Task<Subscription?> WantedAsync(Session session, long appId) => session.FirstAsync<Subscription>(
        """
        SELECT event_kinds
          FROM app
         WHERE id = @appId AND event_callback IS NOT NULL
        """, new { appId });

    // Due at once, whichever clock the sender goes by.
    private static Task<int> AddAsync(Session session, SecurityEvent happened) => session.ExecuteAsync(
        """
        INSERT INTO security_event (app_id, id, account_id, kind, scopes, occurred_at, created_at, tries, next_try_at, lease_until)
        VALUES (@AppId, @id, @AccountId, @kind, @scopes, @occurredAt, @createdAt, 0, 0, 0)
        """,
        new
        {
            happened.AppId,
            id = RevocationRow.BlobOf(happened.Id),
            happened.AccountId,
            kind = (long)happened.Kind,
            scopes = Json.Of(happened.Scopes),
            occurredAt = happened.OccurredAt.ToMilliseconds(),
            createdAt = session.Now.ToMilliseconds(),
        });

    /// <summary>What a person allowed an app.</summary>
    internal sealed record Trust(long AppId, string Scopes);

    private sealed record Subscription(long EventKinds)
    {
        public bool Holds(SecurityEventKind kind) => EventKindBits.Of(EventKinds).Contains(kind);
    }
}
