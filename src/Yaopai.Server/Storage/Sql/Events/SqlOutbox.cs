using Yaopai.Server.Apps;
using Yaopai.Server.Events;
using Yaopai.Server.Storage.Engine;
using Yaopai.Server.Storage.Sql.Credentials;

namespace Yaopai.Server.Storage.Sql.Events;

/// <summary>Where events come into being: in the transaction of what caused them, for apps that want to hear of it.</summary>
internal sealed class SqlOutbox(IAppClock clock, EventSignal signal, EventPolicy policy)
{
    /// <summary>Members or departments that one message tells of.</summary>
    private const int SubjectsTogether = 100;

    /// <summary>For stores that nobody put together with a sender: the events are there, and found by the next poll.</summary>
    public static SqlOutbox OnWallClock { get; } =
        new(new WallClock(TimeProvider.System), new EventSignal(), new EventPolicy(new EventWriters([])));

    /// <summary>The consents of a person.</summary>
    public static async Task<IReadOnlyList<Trust>> TrustOfAsync(Session session, long accountId) => await session.ListAsync<Trust>(
        """
        SELECT app_id, scopes
          FROM consent
         WHERE account_id = @accountId
         ORDER BY app_id
        """, new { accountId });

    /// <param name="trust">The apps that may have to know.</param>
    public async Task AddAsync(Session session, long accountId, IEnumerable<Trust> trust, EventCause cause)
    {
        foreach (var (appId, text) in trust)
        {
            var scopes = Json.Strings(text);
            if (await SubscriptionOfAsync(session, appId) is { } subscription
                && policy.KindFor(cause, subscription.EventSurface, subscription.Kinds, scopes) is { } kind)
                await AddAsync(session, new SecurityEvent(appId, Randomness.NewGuid(), accountId, kind, scopes, clock.NowFor(appId)));
        }
    }

    /// <summary>What an organisation and an app are to each other, for that app.</summary>
    public async Task AddAsync(Session session, long tenantId, long appId, SecurityEventKind kind)
    {
        if (await SubscriptionOfAsync(session, appId) is { } subscription
            && policy.Wants(kind, subscription.EventSurface, subscription.Kinds))
            await AddAsync(session, Happened(appId, tenantId, kind, []));
    }

    /// <summary>What happens to members or departments, for the apps that the organisation subscribed.</summary>
    public async Task AddAsync(Session session, long tenantId, SecurityEventKind kind, IReadOnlyCollection<string> subjects)
    {
        if (subjects.Count == 0)
            return;

        var subscriptions = await session.ListAsync<AppSubscription>(
            """
            SELECT app.id AS app_id, app.event_kinds, app.event_surface
              FROM subscription
              JOIN app ON app.id = subscription.app_id
             WHERE subscription.tenant_id = @tenantId AND app.event_callback IS NOT NULL
             ORDER BY app.id
            """, new { tenantId });
        foreach (var (appId, kinds, surface) in subscriptions)
        {
            if (!policy.Wants(kind, surface, EventKindBits.Of(kinds)))
                continue;

            foreach (var together in subjects.Chunk(SubjectsTogether))
                await AddAsync(session, Happened(appId, tenantId, kind, together));
        }
    }

    /// <summary>After the commit.</summary>
    public void Announce() => signal.Set();

    private static Task<Subscription?> SubscriptionOfAsync(Session session, long appId) => session.FirstAsync<Subscription>(
        """
        SELECT event_kinds, event_surface
          FROM app
         WHERE id = @appId AND event_callback IS NOT NULL
        """, new { appId });

    // Due at once, whichever clock the sender goes by.
    private static Task<int> AddAsync(Session session, SecurityEvent happened) => session.ExecuteAsync(
        """
        INSERT INTO security_event (app_id, id, account_id, kind, scopes, tenant_id, subjects, occurred_at, created_at, tries, next_try_at,
                                    lease_until)
        VALUES (@AppId, @id, @AccountId, @kind, @scopes, @TenantId, @subjects, @occurredAt, @createdAt, 0, 0, 0)
        """,
        new
        {
            happened.AppId,
            id = RevocationRow.BlobOf(happened.Id),
            happened.AccountId,
            kind = (long)happened.Kind,
            scopes = Json.Of(happened.Scopes),
            happened.TenantId,
            subjects = happened.Subjects.Count > 0 ? Json.Of(happened.Subjects) : null,
            occurredAt = happened.OccurredAt.ToMilliseconds(),
            createdAt = session.Now.ToMilliseconds(),
        });

    private SecurityEvent Happened(long appId, long tenantId, SecurityEventKind kind, IReadOnlyList<string> subjects) =>
        new(appId, Randomness.NewGuid(), AccountId: 0, kind, [], clock.NowFor(appId)) { TenantId = tenantId, Subjects = subjects };

    private sealed record AppSubscription(long AppId, long EventKinds, string? EventSurface);

    /// <summary>What a person allowed an app.</summary>
    internal sealed record Trust(long AppId, string Scopes);

    private sealed record Subscription(long EventKinds, string? EventSurface)
    {
        public IReadOnlyList<SecurityEventKind> Kinds => EventKindBits.Of(EventKinds);
    }
}
