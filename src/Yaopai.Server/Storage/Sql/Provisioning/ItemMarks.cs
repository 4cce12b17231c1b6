using Yaopai.Server.Provisioning;
using Yaopai.Server.Storage.Engine;

namespace Yaopai.Server.Storage.Sql.Provisioning;

/// <summary>Writes down what came of items, many with one statement.</summary>
internal static class ItemMarks
{
    public static async Task WriteAsync(Session session, long tenantId, IEnumerable<(LeasedItem Item, ItemResult Result)> marks)
    {
        foreach (var alike in marks.GroupBy(mark => (mark.Item.JobId, mark.Result), mark => (long)mark.Item.Ordinal))
        {
            var (jobId, result) = alike.Key;
            await session.ExecuteAsync(
                """
                UPDATE provisioning_item
                   SET state       = @state,
                       fault       = @fault,
                       change      = CASE WHEN @isFinal = 1 THEN '' ELSE change END,
                       bucket      = @bucket,
                       tries       = 0,
                       lease_until = 0
                 WHERE tenant_id = @tenantId AND job_id = @jobId AND ordinal IN @ordinals
                """,
                new
                {
                    tenantId,
                    jobId,
                    ordinals = alike.ToArray(),
                    state = (long)result.State,
                    fault = (long)result.Fault,
                    isFinal = result.IsFinal ? 1L : 0L, // what nobody reads again does not stay
                    bucket = result.IsFinal ? Bucket.Of(session.Now + SqlProvisioningStore.Life) : (long?)null,
                });
        }
    }
}
