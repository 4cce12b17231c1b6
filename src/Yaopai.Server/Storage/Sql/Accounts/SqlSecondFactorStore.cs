using Yaopai.Server.Accounts.SecondFactors;
using Yaopai.Server.Storage.Engine;

namespace Yaopai.Server.Storage.Sql.Accounts;

internal sealed class SqlSecondFactorStore(Database database) : ISecondFactorStore
{
    public async Task<SecondFactor?> FindAsync(long accountId, CancellationToken ct) =>
        (await database.ReadAsync(session => session.FirstAsync<Row>(
            """
            SELECT account_id, secret, since,
                   (SELECT COUNT(*) FROM recovery_code WHERE account_id = @accountId) AS recovery_codes
              FROM second_factor
             WHERE account_id = @accountId
            """, new { accountId }), ct))?.ToFactor();

    public Task<bool> TryAddAsync(SecondFactor factor, IReadOnlyList<byte[]> recoveryCodes, long step, CancellationToken ct) =>
        database.TryWriteAsync(
            async session =>
            {
                var added = await session.ExecuteAsync(
                    """
                    INSERT INTO second_factor (account_id, secret, last_step, since)
                    SELECT @AccountId, @Secret, @step, @since
                     WHERE EXISTS (SELECT 1 FROM account WHERE id = @AccountId)
                    ON CONFLICT DO NOTHING
                    """, new { factor.AccountId, factor.Secret, step, since = factor.Since.ToMilliseconds() });
                if (added == 0)
                    return false;

                await ReplaceAsync(session, factor.AccountId, recoveryCodes);
                return true;
            }, ct);

    public Task<bool> TryUseStepAsync(SecondFactor factor, long step, long furthest, CancellationToken ct) => database.TryWriteAsync(
        async session => await session.ExecuteAsync(
            """
            UPDATE second_factor
               SET last_step = @step
             WHERE account_id = @AccountId AND secret = @Secret AND (last_step < @step OR last_step > @furthest)
            """, new { factor.AccountId, factor.Secret, step, furthest }) == 1, ct);

    public Task<bool> TryUseRecoveryCodeAsync(long accountId, byte[] hash, CancellationToken ct) => database.TryWriteAsync(
        async session => await session.ExecuteAsync(
            """
            DELETE FROM recovery_code
             WHERE account_id = @accountId AND hash = @hash
            """, new { accountId, hash }) == 1, ct);

    public Task<bool> TryReplaceRecoveryCodesAsync(long accountId, IReadOnlyList<byte[]> recoveryCodes, CancellationToken ct) =>
        database.TryWriteAsync(
            async session =>
            {
                // Written before its codes are, which keeps another replacement waiting.
                var written = await session.ExecuteAsync(
                    "UPDATE second_factor SET since = since WHERE account_id = @accountId", new { accountId });
                if (written == 0)
                    return false;

                await ReplaceAsync(session, accountId, recoveryCodes);
                return true;
            }, ct);

    public Task<bool> TryRemoveAsync(long accountId, CancellationToken ct) => database.TryWriteAsync(
        async session =>
        {
            await session.ExecuteAsync("DELETE FROM recovery_code WHERE account_id = @accountId", new { accountId });
            return await session.ExecuteAsync("DELETE FROM second_factor WHERE account_id = @accountId", new { accountId }) == 1;
        }, ct);

    private static async Task ReplaceAsync(Session session, long accountId, IReadOnlyList<byte[]> recoveryCodes)
    {
        await session.ExecuteAsync("DELETE FROM recovery_code WHERE account_id = @accountId", new { accountId });
        foreach (var hash in recoveryCodes)
        {
            await session.ExecuteAsync(
                """
                INSERT INTO recovery_code (account_id, hash)
                VALUES (@accountId, @hash)
                """, new { accountId, hash });
        }
    }

    private sealed class Row
    {
        public long AccountId { get; init; }
        public byte[] Secret { get; init; } = [];
        public long Since { get; init; }
        public long RecoveryCodes { get; init; }

        public SecondFactor ToFactor() => new(AccountId, Secret, Instants.FromMilliseconds(Since), (int)RecoveryCodes);
    }
}
