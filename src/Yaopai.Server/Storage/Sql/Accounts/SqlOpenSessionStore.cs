using Yaopai.Server.Accounts.Devices;
using Yaopai.Server.Storage.Engine;
using Yaopai.Server.Storage.Sql.Credentials;

namespace Yaopai.Server.Storage.Sql.Accounts;

internal sealed class SqlOpenSessionStore(Database database) : IOpenSessionStore
{
    public Task AddAsync(OpenSession session, CancellationToken ct) => database.WriteAsync(
        writing => writing.ExecuteAsync(
            """
            INSERT INTO open_session (account_id, id, valid_since, began_at, expires_at, place, bucket)
            SELECT @AccountId, @id, @validSince, @beganAt, @expiresAt, @Place, @bucket
             WHERE EXISTS (SELECT 1 FROM account WHERE id = @AccountId)
            """,
            new
            {
                session.AccountId,
                id = RevocationRow.BlobOf(session.Id),
                validSince = session.ValidSince.ToMicroseconds(),
                beganAt = session.BeganAt.ToMilliseconds(),
                expiresAt = session.ExpiresAt.ToMilliseconds(),
                session.Place,
                bucket = Bucket.Of(writing.Now + (session.ExpiresAt - session.BeganAt)),
            }), ct);

    public async Task<IReadOnlyList<OpenSession>> ListAsync(long accountId, DateTimeOffset now, int take, CancellationToken ct) =>
    [
        .. from row in await database.ReadAsync(session => session.ListAsync<Row>(
               """
               SELECT account_id, id, valid_since, began_at, expires_at, place
                 FROM open_session
                WHERE account_id = @accountId AND expires_at > @now
                ORDER BY began_at DESC, id
                LIMIT @take
               """, new { accountId, now = now.ToMilliseconds(), take = (long)take }), ct)
           select row.ToSession(),
    ];

    public Task RemoveAsync(long accountId, Guid id, CancellationToken ct) => database.WriteAsync(
        session => session.ExecuteAsync(
            """
            DELETE FROM open_session
             WHERE account_id = @accountId AND id = @id
            """, new { accountId, id = RevocationRow.BlobOf(id) }), ct);

    private sealed class Row
    {
        public long AccountId { get; init; }
        public byte[] Id { get; init; } = [];
        public long ValidSince { get; init; }
        public long BeganAt { get; init; }
        public long ExpiresAt { get; init; }
        public byte[] Place { get; init; } = [];

        public OpenSession ToSession() => new(
            AccountId, new Guid(Id, bigEndian: true), Instants.FromMicroseconds(ValidSince), Instants.FromMilliseconds(BeganAt),
            Instants.FromMilliseconds(ExpiresAt), Place);
    }
}
