using Yaopai.Server.Accounts.RealNames;
using Yaopai.Server.Storage.Engine;
using Yaopai.Server.Storage.Sql.Credentials;

namespace Yaopai.Server.Storage.Sql.Accounts;

internal sealed class SqlPersonalDataLog(Database database) : IPersonalDataLog
{
    public Task AddAsync(PersonalDataUse use, DateTimeOffset keepUntil, CancellationToken ct) =>
        database.WriteAsync(session => AddAsync(session, use, keepUntil), ct);

    public Task<bool> TryAddOnceAsync(PersonalDataUse use, DateTimeOffset keepUntil, TokenUse token, CancellationToken ct) =>
        database.TryWriteAsync(
            async session => await UseAsync(session, token) == 1 && await AddAsync(session, use, keepUntil) == 1, ct);

    public async Task<IReadOnlyList<PersonalDataUse>> ListAsync(long accountId, int take, CancellationToken ct) =>
    [
        .. from row in await database.ReadAsync(session => session.ListAsync<UseRow>(
               """
               SELECT account_id, app_id, what, used_at
                 FROM personal_data_use
                WHERE account_id = @accountId
                ORDER BY id DESC
                LIMIT @take
               """, new { accountId, take }), ct)
           select new PersonalDataUse(row.AccountId, row.AppId, row.What, Instants.FromMilliseconds(row.UsedAt)),
    ];

    // Ids in the order of time, so that the rows of one person are read as they are kept.
    private static Task<int> AddAsync(Session session, PersonalDataUse use, DateTimeOffset keepUntil) => session.ExecuteAsync(
        """
        INSERT INTO personal_data_use (account_id, id, app_id, what, used_at, bucket)
        VALUES (@AccountId, @id, @AppId, @What, @usedAt, @bucket)
        """,
        new
        {
            use.AccountId,
            id = RevocationRow.BlobOf(Randomness.NewGuidAt(use.At)),
            use.AppId,
            use.What,
            usedAt = use.At.ToMilliseconds(),
            bucket = Bucket.Of(keepUntil),
        });

    private static Task<int> UseAsync(Session session, TokenUse token) => session.ExecuteAsync(
        """
        INSERT INTO used_code (app_id, code_id, bucket)
        VALUES (@AppId, @id, @bucket)
        ON CONFLICT DO NOTHING
        """, new { token.AppId, id = RevocationRow.BlobOf(token.Id), bucket = Bucket.Of(token.KeepUntil) });

    private sealed record UseRow(long AccountId, long AppId, string What, long UsedAt);
}
