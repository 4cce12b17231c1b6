using Yaopai.Server.Credentials;
using Yaopai.Server.Storage.Engine;

namespace Yaopai.Server.Storage.Sql.Credentials;

internal sealed class SqlRequestIdStore(Database database) : IRequestIdStore
{
    public Task<RequestState> BeginAsync(
        NumberedRequest request, DateTimeOffset now, DateTimeOffset leaseUntil, DateTimeOffset keepUntil, CancellationToken ct) =>
        database.WriteAsync(
            async session =>
            {
                var row = new
                {
                    request.AppId,
                    request.RequestId,
                    request.Content,
                    request.SubjectId,
                    now = now.ToMilliseconds(),
                    lease = leaseUntil.ToMilliseconds(),
                    bucket = Bucket.Of(keepUntil),
                };
                var inserted = await session.ExecuteAsync(
                    """
                    INSERT INTO numbered_request (app_id, request_id, content, subject_id, lease_until, bucket)
                    VALUES (@AppId, @RequestId, @Content, @SubjectId, @lease, @bucket)
                    ON CONFLICT (app_id, request_id) DO NOTHING
                    """, row);
                if (inserted == 1)
                    return new RequestState(RequestProgress.Begun, request.SubjectId, null);

                // Taken over, where its time is up: one statement, so that of several callers one gets it.
                var taken = await session.ExecuteAsync(
                    """
                    UPDATE numbered_request
                       SET lease_until = @lease
                     WHERE app_id = @AppId AND request_id = @RequestId AND content = @Content
                       AND answer IS NULL AND lease_until <= @now
                    """, row);
                var stored = await session.FirstAsync<Row>(
                    """
                    SELECT content, subject_id, answer
                      FROM numbered_request
                     WHERE app_id = @AppId AND request_id = @RequestId
                    """, row);
                return stored is null
                    ? new RequestState(RequestProgress.Running, request.SubjectId, null) // forgotten at this moment
                    : new RequestState(stored.ProgressOf(request, taken == 1), stored.SubjectId, stored.Answer);
            }, ct);

    public Task AnswerAsync(long appId, string requestId, byte[] answer, CancellationToken ct) => database.WriteAsync(
        session => session.ExecuteAsync(
            """
            UPDATE numbered_request
               SET answer = @answer
             WHERE app_id = @appId AND request_id = @requestId
            """, new { appId, requestId, answer }), ct);

    public Task ReleaseAsync(long appId, string requestId, CancellationToken ct) => database.WriteAsync(
        session => session.ExecuteAsync(
            """
            UPDATE numbered_request
               SET lease_until = 0
             WHERE app_id = @appId AND request_id = @requestId AND answer IS NULL
            """, new { appId, requestId }), ct);

    public Task ForgetAsync(long appId, string requestId, CancellationToken ct) => database.WriteAsync(
        session => session.ExecuteAsync(
            """
            DELETE FROM numbered_request
             WHERE app_id = @appId AND request_id = @requestId AND answer IS NULL
            """, new { appId, requestId }), ct);

    private sealed class Row
    {
        public byte[] Content { get; init; } = [];
        public long SubjectId { get; init; }
        public byte[]? Answer { get; init; }

        public RequestProgress ProgressOf(NumberedRequest request, bool isTaken) =>
            !Content.AsSpan().SequenceEqual(request.Content) ? RequestProgress.OfOtherContent
            : Answer is not null ? RequestProgress.Answered
            : isTaken ? RequestProgress.Begun
            : RequestProgress.Running;
    }
}
