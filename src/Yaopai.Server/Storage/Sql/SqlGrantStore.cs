using Yaopai.Server.Grants;

namespace Yaopai.Server.Storage.Sql;

internal sealed class SqlGrantStore(Database database) : IGrantStore
{
    public Task<(Consent? Consent, IReadOnlyList<Revocation> Revocations)> FindAsync(
        long appId, long accountId, Guid pairId, CancellationToken ct) =>
        database.ReadAsync<(Consent?, IReadOnlyList<Revocation>)>(
            async session =>
            {
                // The consent first: one withdrawn between the two statements then still shows, as its revocation.
                using var results = await session.ManyAsync(
                    $"""
                    SELECT account_id, app_id, scopes, phone_id, granted_at
                      FROM consent
                     WHERE account_id = @accountId AND app_id = @appId;
                    {SqlRevocationStore.SelectTouching}
                    """, SqlRevocationStore.Subject(appId, accountId, pairId));

                var consent = await results.ReadFirstOrDefaultAsync<ConsentRow>();
                var revocations = await results.ReadAsync<RevocationRow>();
                return (consent?.ToConsent(), [.. revocations.Select(row => row.ToRevocation())]);
            }, ct);
}
