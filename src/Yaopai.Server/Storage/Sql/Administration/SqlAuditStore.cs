using Yaopai.Server.Administration;
using Yaopai.Server.Storage.Engine;

namespace Yaopai.Server.Storage.Sql.Administration;

internal sealed class SqlAuditStore(Database database) : IAuditStore
{
    private const string Select =
        """
        SELECT sequence, at, actor_kind, actor_id, actor_name, address, action, object_kind, object_id, outcome,
               value_before, value_after, previous_hash, hash
          FROM audit_log
        """;

    public Task BeginAsync(AuditIntent intent, TimeSpan forgottenAfter, CancellationToken ct) => database.WriteAsync(
        session => session.ExecuteAsync(
            """
            INSERT INTO audit_intent (id, begun_at, forgotten_at, actor_kind, actor_id, actor_name, address,
                                      action, object_kind, object_id)
            VALUES (@Id, @BegunAt, @ForgottenAt, @ActorKind, @ActorId, @ActorName, @Address, @Action, @ObjectKind, @ObjectId)
            """, IntentRow.Of(intent, intent.BegunAt + forgottenAfter)), ct);

    public Task WithdrawAsync(Guid intentId, CancellationToken ct) => database.WriteAsync(
        session => RemoveAsync(session, IdOf(intentId)), ct);

    public Task<AuditEntry> AppendAsync(AuditRecord record, Guid intentId, CancellationToken ct) => database.WriteAsync(
        async session =>
        {
            var head = await TakeTurnAsync(session);
            await RemoveAsync(session, IdOf(intentId));
            var entry = AuditEntry.After(await AddForgottenAsync(session, head), record);
            await EndAtAsync(session, await AddAsync(session, entry));
            return entry;
        }, ct);

    public async Task SweepAsync(CancellationToken ct)
    {
        if ((await database.ReadAsync(ForgottenAsync, ct)).Count == 0)
            return; // as nearly always, and then nobody waits for a turn

        await database.WriteAsync(
            async session => await EndAtAsync(session, await AddForgottenAsync(session, await TakeTurnAsync(session))), ct);
    }

    public async Task<IReadOnlyList<AuditEntry>> ListAsync(AuditQuery query, long before, int take, CancellationToken ct) =>
    [
        .. from row in await database.ReadAsync(session => session.ListAsync<EntryRow>(
               $"""
               {Select}
                WHERE sequence < @before
                  AND (@ActorId    IS NULL OR actor_id    = @ActorId)
                  AND (@Action     IS NULL OR action      = @Action)
                  AND (@ObjectKind IS NULL OR object_kind = @ObjectKind)
                  AND (@ObjectId   IS NULL OR object_id   = @ObjectId)
                  AND (@since      IS NULL OR at >= @since)
                  AND (@until      IS NULL OR at <  @until)
                ORDER BY sequence DESC
                LIMIT @take
               """,
               new
               {
                   before,
                   query.ActorId,
                   query.Action,
                   query.ObjectKind,
                   query.ObjectId,
                   since = query.Since.ToMilliseconds(),
                   until = query.Until.ToMilliseconds(),
                   take,
               }), ct)
           select row.ToEntry(),
    ];

    public async Task<AuditEntry?> FindAsync(long sequence, CancellationToken ct) =>
        (await database.ReadAsync(session => session.FirstAsync<EntryRow>(
            $"""
            {Select}
             WHERE sequence = @sequence
            """, new { sequence }), ct))?.ToEntry();

    public async Task<IReadOnlyList<AuditEntry>> ReadAsync(long after, int take, CancellationToken ct) =>
    [
        .. from row in await database.ReadAsync(session => session.ListAsync<EntryRow>(
               $"""
               {Select}
                WHERE sequence > @after
                ORDER BY sequence
                LIMIT @take
               """, new { after, take }), ct)
           select row.ToEntry(),
    ];

    public async Task<AuditHead> HeadAsync(CancellationToken ct) =>
        (await database.ReadAsync(
            session => session.FirstAsync<HeadRow>("SELECT sequence, hash FROM audit_head WHERE id = 1"), ct))!.ToHead();

    /// <summary>Written before it is read: whoever appends at the same moment, on whichever node, waits here.</summary>
    private static async Task<AuditHead> TakeTurnAsync(Session session) => (await session.FirstAsync<HeadRow>(
        "UPDATE audit_head SET sequence = sequence WHERE id = 1 RETURNING sequence, hash"))!.ToHead();

    private static Task<int> EndAtAsync(Session session, AuditHead head) =>
        session.ExecuteAsync("UPDATE audit_head SET sequence = @Sequence, hash = @Hash WHERE id = 1", head);

    private static async Task<AuditHead> AddForgottenAsync(Session session, AuditHead head)
    {
        foreach (var forgotten in await ForgottenAsync(session))
        {
            head = await AddAsync(session, AuditEntry.After(head, forgotten.ToRecord()));
            await RemoveAsync(session, forgotten.Id);
        }

        return head;
    }

    private static Task<IReadOnlyList<IntentRow>> ForgottenAsync(Session session) => session.ListAsync<IntentRow>(
        """
        SELECT id, begun_at, forgotten_at, actor_kind, actor_id, actor_name, address, action, object_kind, object_id
          FROM audit_intent
         WHERE forgotten_at <= @now
         ORDER BY begun_at, id
         LIMIT 100
        """, new { now = session.Now.ToMilliseconds() });

    private static Task<int> RemoveAsync(Session session, string id) =>
        session.ExecuteAsync("DELETE FROM audit_intent WHERE id = @id", new { id });

    private static async Task<AuditHead> AddAsync(Session session, AuditEntry entry)
    {
        await session.ExecuteAsync(
            """
            INSERT INTO audit_log (sequence, at, actor_kind, actor_id, actor_name, address, action, object_kind, object_id, outcome,
                                   value_before, value_after, previous_hash, hash)
            VALUES (@Sequence, @At, @ActorKind, @ActorId, @ActorName, @Address, @Action, @ObjectKind, @ObjectId, @Outcome,
                    @ValueBefore, @ValueAfter, @PreviousHash, @Hash)
            """, EntryRow.Of(entry));
        return new(entry.Sequence, entry.Hash);
    }

    private static string IdOf(Guid id) => id.ToString("n");

    private sealed class HeadRow
    {
        public long Sequence { get; init; }
        public byte[] Hash { get; init; } = [];

        public AuditHead ToHead() => new(Sequence, Hash);
    }

    private sealed class IntentRow
    {
        public string Id { get; init; } = "";
        public long BegunAt { get; init; }
        public long ForgottenAt { get; init; }
        public string ActorKind { get; init; } = "";
        public string ActorId { get; init; } = "";
        public string ActorName { get; init; } = "";
        public string Address { get; init; } = "";
        public string Action { get; init; } = "";
        public string ObjectKind { get; init; } = "";
        public string ObjectId { get; init; } = "";

        public static IntentRow Of(AuditIntent intent, DateTimeOffset forgottenAt) => new()
        {
            Id = IdOf(intent.Id),
            BegunAt = intent.BegunAt.ToMilliseconds(),
            ForgottenAt = forgottenAt.ToMilliseconds(),
            ActorKind = intent.Actor.Kind,
            ActorId = intent.Actor.Id,
            ActorName = intent.Actor.Name,
            Address = intent.Actor.Address,
            Action = intent.Action,
            ObjectKind = intent.ObjectKind,
            ObjectId = intent.ObjectId,
        };

        public AuditRecord ToRecord() => new(
            Instants.FromMilliseconds(BegunAt), new Actor(ActorKind, ActorId, ActorName, Address), Action, ObjectKind, ObjectId,
            AuditOutcome.Unknown, Before: null, After: null);
    }

    private sealed class EntryRow
    {
        public long Sequence { get; init; }
        public long At { get; init; }
        public string ActorKind { get; init; } = "";
        public string ActorId { get; init; } = "";
        public string ActorName { get; init; } = "";
        public string Address { get; init; } = "";
        public string Action { get; init; } = "";
        public string ObjectKind { get; init; } = "";
        public string ObjectId { get; init; } = "";
        public long Outcome { get; init; }
        public string? ValueBefore { get; init; }
        public string? ValueAfter { get; init; }
        public byte[] PreviousHash { get; init; } = [];
        public byte[] Hash { get; init; } = [];

        public static EntryRow Of(AuditEntry entry) => new()
        {
            Sequence = entry.Sequence,
            At = entry.Record.At.ToMilliseconds(),
            ActorKind = entry.Record.Actor.Kind,
            ActorId = entry.Record.Actor.Id,
            ActorName = entry.Record.Actor.Name,
            Address = entry.Record.Actor.Address,
            Action = entry.Record.Action,
            ObjectKind = entry.Record.ObjectKind,
            ObjectId = entry.Record.ObjectId,
            Outcome = (long)entry.Record.Outcome,
            ValueBefore = entry.Record.Before,
            ValueAfter = entry.Record.After,
            PreviousHash = entry.PreviousHash,
            Hash = entry.Hash,
        };

        public AuditEntry ToEntry() => new(
            Sequence,
            new AuditRecord(
                Instants.FromMilliseconds(At), new Actor(ActorKind, ActorId, ActorName, Address), Action, ObjectKind, ObjectId,
                (AuditOutcome)Outcome, ValueBefore, ValueAfter),
            PreviousHash, Hash);
    }
}
