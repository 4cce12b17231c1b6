using Yaopai.Server.Administration;
using Yaopai.Server.Storage.Engine;

namespace Yaopai.Server.Storage.Sql.Administration;

internal sealed class SqlStoredAnswers(Database database) : IStoredAnswers
{
    public Task<StoredAnswer?> BeginAsync(
        long adminKeyId, byte[] askedId, byte[] fingerprint, DateTimeOffset keepUntil, CancellationToken ct) => database.WriteAsync(
        async session =>
        {
            var asked = new { adminKeyId, askedId, fingerprint, bucket = Bucket.Of(keepUntil), passed = Bucket.LastPassed(session.Now) };
            await session.ExecuteAsync(
                """
                DELETE FROM admin_answer
                 WHERE admin_key_id = @adminKeyId AND asked_id = @askedId AND bucket <= @passed
                """, asked);
            var begun = await session.ExecuteAsync(
                """
                INSERT INTO admin_answer (admin_key_id, asked_id, fingerprint, bucket)
                VALUES (@adminKeyId, @askedId, @fingerprint, @bucket)
                ON CONFLICT (admin_key_id, asked_id) DO NOTHING
                """, asked);
            return begun == 1
                ? null
                : (await session.FirstAsync<Row>(
                    """
                    SELECT fingerprint, answer
                      FROM admin_answer
                     WHERE admin_key_id = @adminKeyId AND asked_id = @askedId
                    """, asked))!.ToAnswer();
        }, ct);

    public Task CompleteAsync(long adminKeyId, byte[] askedId, byte[] @sealed, CancellationToken ct) => database.WriteAsync(
        session => session.ExecuteAsync(
            """
            UPDATE admin_answer
               SET answer = @sealed
             WHERE admin_key_id = @adminKeyId AND asked_id = @askedId
            """, new { adminKeyId, askedId, @sealed }), ct);

    public Task AbandonAsync(long adminKeyId, byte[] askedId, CancellationToken ct) => database.WriteAsync(
        session => session.ExecuteAsync(
            """
            DELETE FROM admin_answer
             WHERE admin_key_id = @adminKeyId AND asked_id = @askedId AND answer IS NULL
            """, new { adminKeyId, askedId }), ct);

    private sealed class Row
    {
        public byte[] Fingerprint { get; init; } = [];
        public byte[]? Answer { get; init; }

        public StoredAnswer ToAnswer() => new(Fingerprint, Answer);
    }
}
