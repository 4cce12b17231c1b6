using Yaopai.Server.Credentials;
using Yaopai.Server.Storage.Engine;

namespace Yaopai.Server.Storage.Sql.Credentials;

internal sealed class SqlVoidSpanStore(Database database) : IVoidSpanStore
{
    private const long TicksPerMicrosecond = TimeSpan.TicksPerMicrosecond;

    public async Task<IReadOnlyList<VoidSpan>> ListAsync(CancellationToken ct) =>
    [
        .. from row in await database.ReadAsync(session => session.ListAsync<Row>(
               """
               SELECT after_at, until_at
                 FROM void_span
                ORDER BY after_at
               """), ct)
           select new VoidSpan(FromMicroseconds(row.AfterAt), FromMicroseconds(row.UntilAt)),
    ];

    public Task AddAsync(VoidSpan span, CancellationToken ct) => database.WriteAsync(
        async session =>
        {
            var (after, until) = (ToMicroseconds(span.After), ToMicroseconds(span.Until));
            var met = await session.ListAsync<Row>(
                """
                DELETE FROM void_span
                 WHERE after_at <= @until AND until_at >= @after
                RETURNING after_at, until_at
                """, new { after, until });
            return await session.ExecuteAsync(
                """
                INSERT INTO void_span (after_at, until_at)
                VALUES (@after, @until)
                """,
                new
                {
                    after = met.Select(row => row.AfterAt).Append(after).Min(),
                    until = met.Select(row => row.UntilAt).Append(until).Max(),
                });
        }, ct);

    // As finely as credentials are dated.
    private static long ToMicroseconds(DateTimeOffset instant) => (instant - DateTimeOffset.UnixEpoch).Ticks / TicksPerMicrosecond;

    private static DateTimeOffset FromMicroseconds(long microseconds) =>
        DateTimeOffset.UnixEpoch.AddTicks(microseconds * TicksPerMicrosecond);

    private sealed record Row(long AfterAt, long UntilAt);
}
