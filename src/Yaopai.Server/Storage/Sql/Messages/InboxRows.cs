using Dapper;
using Yaopai.Server.Storage.Engine;

namespace Yaopai.Server.Storage.Sql.Messages;

/// <summary>Writes the rows of many recipients with few statements.</summary>
internal static class InboxRows
{
    /// <summary>How many rows a statement writes.</summary>
    private const int Chunk = 100;

    /// <summary>One constant statement, whatever the number of recipients: the last of them fill what is left of it.</summary>
    private static readonly string s_insert = string.Join(
        '\n',
        "INSERT INTO message_inbox (tenant_id, user_id, message_id)",
        "VALUES " + string.Join(", ", Enumerable.Range(0, Chunk).Select(number => "(@tenantId, @user" + number + ", @messageId)")),
        "ON CONFLICT (tenant_id, user_id, message_id) DO NOTHING");

    public static async Task AddAsync(Session session, long tenantId, long messageId, IReadOnlyList<string> userIds)
    {
        foreach (var chunk in userIds.Chunk(Chunk))
        {
            var parameters = new DynamicParameters(new { tenantId, messageId });
            for (var at = 0; at < Chunk; at++)
                parameters.Add("user" + at, chunk[Math.Min(at, chunk.Length - 1)]);
            await session.ExecuteAsync(s_insert, parameters);
        }
    }
}
