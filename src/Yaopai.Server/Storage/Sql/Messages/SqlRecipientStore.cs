using Yaopai.Server.Messages;
using Yaopai.Server.Organisations;
using Yaopai.Server.Storage.Engine;

namespace Yaopai.Server.Storage.Sql.Messages;

internal sealed class SqlRecipientStore(Database database) : IRecipientStore
{
    /// <summary>How many ids a statement names at most.</summary>
    private const int Chunk = 500;

    private const long Closed = (long)MemberState.Closed;

    /// <summary>The department that all others are below, and that has no row.</summary>
    private const long Root = Department.Root;

    public Task<IReadOnlySet<string>> ReachableAsync(long tenantId, IReadOnlyCollection<string> userIds, CancellationToken ct) =>
        database.ReadAsync(
            async session =>
            {
                var found = new HashSet<string>(StringComparer.Ordinal);
                foreach (var chunk in userIds.Chunk(Chunk))
                {
                    found.UnionWith(await session.ListAsync<string>(
                        """
                        SELECT user_id
                          FROM member
                         WHERE tenant_id = @tenantId AND user_id IN @chunk AND state <> @Closed
                        """, new { tenantId, chunk, Closed }));
                }

                return (IReadOnlySet<string>)found;
            }, ct);

    public Task<IReadOnlyList<Belonging>> BelongingsAsync(long tenantId, string userId, CancellationToken ct) => database.ReadAsync(
        async session =>
        {
            var key = new { tenantId, userId, Root };
            var since = await session.ListAsync<long>(
                "SELECT created_at FROM member WHERE tenant_id = @tenantId AND user_id = @userId", key);
            var departments = await session.ListAsync<long>(
                """
                WITH RECURSIVE above (number) AS (
                    SELECT department FROM membership WHERE tenant_id = @tenantId AND user_id = @userId
                    UNION
                    SELECT department.parent
                      FROM above
                      JOIN department ON department.tenant_id = @tenantId AND department.number = above.number
                )
                SELECT number FROM above WHERE number <> @Root
                """, key);
            var roles = await session.ListAsync<long>(
                "SELECT role FROM member_role WHERE tenant_id = @tenantId AND user_id = @userId", key);
            return (IReadOnlyList<Belonging>)
            [
                .. since.Select(at => new Belonging(Audience.Members, Instants.FromMilliseconds(at))),
                .. departments.Select(number => Always(AudienceKind.Department, number)),
                .. roles.Select(number => Always(AudienceKind.Role, number)),
            ];
        }, ct);

    private static Belonging Always(AudienceKind kind, long number) => new(new Audience(kind, $"{number}"), DateTimeOffset.UnixEpoch);
}
