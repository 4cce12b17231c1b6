using Yaopai.Server.Accounts;
using Yaopai.Server.Credentials;
using Yaopai.Server.Events;
using Yaopai.Server.Storage.Engine;
using Yaopai.Server.Storage.Sql.Credentials;
using Yaopai.Server.Storage.Sql.DataStore;
using Yaopai.Server.Storage.Sql.Events;
using Yaopai.Server.Stores;

namespace Yaopai.Server.Storage.Sql.Accounts;

internal sealed class SqlAccountStore(Database database, SqlOutbox? outbox = null) : IAccountStore
{
    // One statement, so that an account is never read half before and half after a change.
    private const string Select =
        """
        SELECT account.id, account.name, account.password_hash, account.region, account.nickname, account.avatar_url,
               account.mail, account.mail_verified, account.created_at, account.disabled_at, account.recycled_at,
               account.profile,
               phone_number.id     AS phone_id,
               phone_number.calling_code,
               phone_number.national,
               phone_number.region AS phone_region,
               phone_number.is_bound,
               phone_number.verified_at
          FROM account
          LEFT JOIN phone_number ON phone_number.account_id = account.id
        """;

    private const string Update =
        """
        UPDATE account
           SET name          = @Name,
               name_key      = CASE WHEN name = @Name THEN name_key ELSE @NameKey END,
               password_hash = COALESCE(@PasswordHash, password_hash),
               region        = @Region,
               nickname      = @Nickname,
               avatar_url    = @AvatarUrl,
               mail          = @Mail,
               mail_verified = @MailVerified,
               created_at    = @CreatedAt,
               disabled_at   = @DisabledAt,
               profile       = @Profile
         WHERE id = @Id
        """;

    private readonly SqlOutbox _outbox = outbox ?? SqlOutbox.OnWallClock;

    public Task<Account?> FindAsync(long id, CancellationToken ct) => FindAsync(
        $"""
        {Select}
         WHERE account.id = @id
         ORDER BY phone_number.position
        """, new { id }, ct);

    public async Task<Account?> FindByNameAsync(string name, CancellationToken ct)
    {
        // All are asked for, whatever the first one finds, as who signs in must not learn of it by the time it takes.
        Account? found = null;
        foreach (var key in NameKeys.All(name))
        {
            var named = await FindAsync(
                $"""
                {Select}
                 WHERE account.name_key = @key
                 ORDER BY phone_number.position
                """, new { key }, ct);
            found ??= named;
        }

        return found;
    }

    public Task<Account?> FindByPhoneAsync(string callingCode, string national, CancellationToken ct) => FindAsync(
        $"""
        {Select}
         WHERE account.id = (SELECT account_id FROM phone_number
                              WHERE calling_code = @callingCode AND national = @national AND is_bound = 1)
         ORDER BY phone_number.position
        """, new { callingCode, national }, ct);

    public async Task<IReadOnlyList<Account>> ListAsync(long after, int take, CancellationToken ct)
    {
        var rows = await database.ReadAsync(session => session.ListAsync<AccountRow>(
            $"""
            {Select}
             WHERE account.id IN (SELECT id FROM account WHERE id > @after ORDER BY id LIMIT @take)
             ORDER BY account.id, phone_number.position
            """, new { after, take }), ct);

        return [.. rows.GroupBy(row => row.Id).Select(AccountRow.ToAccount)];
    }

    public async Task<IReadOnlyList<Account>> ListAsync(AccountFilter filter, long after, int take, CancellationToken ct)
    {
        var rows = await database.ReadAsync(session => session.ListAsync<AccountRow>(
            $"""
            {Select}
             WHERE account.id IN
                   (SELECT id
                      FROM account
                     WHERE id > @after
                       AND (@nameKey  IS NULL OR SUBSTR(name_key, 1, LENGTH(@nameKey)) = @nameKey)
                       AND (@Mail     IS NULL OR mail = @Mail)
                       AND (@Region   IS NULL OR region = @Region)
                       AND (@state    IS NULL OR CASE WHEN recycled_at IS NOT NULL THEN 2
                                                      WHEN disabled_at IS NOT NULL THEN 1 ELSE 0 END = @state)
                       AND (@national IS NULL OR id IN (SELECT account_id FROM phone_number
                                                         WHERE calling_code = @callingCode AND national = @national))
                     ORDER BY id
                     LIMIT @take)
             ORDER BY account.id, phone_number.position
            """,
            new
            {
                after,
                nameKey = filter.NameBegins is { } name ? NameKeys.Of(name) : null,
                filter.Mail,
                filter.Region,
                state = (long?)filter.State,
                callingCode = filter.Phone?.CallingCode,
                national = filter.Phone?.National,
                take,
            }), ct);

        return [.. rows.GroupBy(row => row.Id).Select(AccountRow.ToAccount)];
    }

    public Task<bool> TryAddAsync(Account account, CancellationToken ct) => TryStoreAsync(
        """
        INSERT INTO account (id, name, name_key, password_hash, region, nickname, avatar_url,
                             mail, mail_verified, created_at, disabled_at, recycled_at, profile)
        VALUES (@Id, @Name, @NameKey, @PasswordHash, @Region, @Nickname, @AvatarUrl,
                @Mail, @MailVerified, @CreatedAt, @DisabledAt, @RecycledAt, @Profile)
        """, account, account.PasswordHash, ct);

    public Task<bool> TryChangeAsync(Account account, CancellationToken ct) => TryStoreAsync(Update, account, passwordHash: null, ct);

    public Task<Account?> ChangeAsync(long id, Func<Account, Account?> change, CancellationToken ct) =>
        ChangeAsync(id, change, passwordHash: null, ct);

    public async Task<Account?> ChangeAsync(long id, Func<Account, Account?> change, string? passwordHash, CancellationToken ct)
    {
        Account? changed = null;
        var stored = await database.TryWriteAsync(
            async session =>
            {
                // Written before it is read, which keeps other changes of it waiting.
                if (await session.ExecuteAsync("UPDATE account SET name = name WHERE id = @id", new { id }) == 0)
                    return false;

                var rows = await session.ListAsync<AccountRow>(
                    $"""
                    {Select}
                     WHERE account.id = @id
                     ORDER BY phone_number.position
                    """, new { id });
                changed = change(AccountRow.ToAccount(rows));
                if (changed is null)
                    return false;

                if (passwordHash is not null)
                    changed = changed with { PasswordHash = passwordHash };
                return await StoreAsync(session, Update, changed, passwordHash);
            }, ct);
        _outbox.Announce();
        return stored ? changed : null;
    }

    public Task<bool> TryRehashAsync(long id, string before, string after, CancellationToken ct) =>
        database.TryWriteAsync(session => ReplaceHashAsync(session, id, before, after), ct);

    public async Task<bool> TryChangePasswordAsync(Revocation revocation, string before, string after, CancellationToken ct)
    {
        var changed = await database.TryWriteAsync(
            async session =>
            {
                if (!await ReplaceHashAsync(session, revocation.AccountId, before, after))
                    return false;

                await session.ExecuteAsync(RevocationRow.Put, RevocationRow.Of(revocation, session.Now));
                var trust = await SqlOutbox.TrustOfAsync(session, revocation.AccountId);
                await _outbox.AddAsync(session, revocation.AccountId, trust, EventCause.Revoked);
                return true;
            }, ct);
        _outbox.Announce();
        return changed;
    }

    public async Task<bool> TryDeleteAsync(Revocation revocation, CancellationToken ct)
    {
        var deleted = await database.TryWriteAsync(
            async session =>
            {
                var account = new { Id = revocation.AccountId };
                await PreferenceRemoval.RunAsync(session, account.Id);
                if (await session.ExecuteAsync("DELETE FROM account WHERE id = @Id", account) == 0)
                    return false;

                await session.ExecuteAsync(RevocationRow.Put, RevocationRow.Of(revocation, session.Now));
                await session.ExecuteAsync("DELETE FROM phone_number WHERE account_id = @Id", account);
                await session.ExecuteAsync("DELETE FROM open_id WHERE account_id = @Id", account);
                await session.ExecuteAsync("DELETE FROM union_id WHERE account_id = @Id", account);
                await session.ExecuteAsync("DELETE FROM real_name WHERE account_id = @Id", account);
                await session.ExecuteAsync("DELETE FROM binding WHERE account_id = @Id", account);
                await session.ExecuteAsync("DELETE FROM access_key WHERE account_id = @Id", account);
                await session.ExecuteAsync("DELETE FROM sign_in WHERE account_id = @Id", account);
                await session.ExecuteAsync("DELETE FROM second_factor WHERE account_id = @Id", account);
                await session.ExecuteAsync("DELETE FROM recovery_code WHERE account_id = @Id", account);
                await session.ExecuteAsync("DELETE FROM open_session WHERE account_id = @Id", account);
                await session.ExecuteAsync("DELETE FROM friendship WHERE account_id = @Id OR friend_id = @Id", account);
                var trust = await session.ListAsync<SqlOutbox.Trust>(
                    "DELETE FROM consent WHERE account_id = @Id RETURNING app_id, scopes", account);
                await _outbox.AddAsync(session, account.Id, trust, EventCause.AccountDeleted);
                await session.AnnounceAsync(ChangeKind.Account, account.Id);
                return true;
            }, ct);
        _outbox.Announce();
        if (deleted)
            await database.EmptyLogAsync(ct);
        return deleted;
    }

    private static async Task<bool> ReplaceHashAsync(Session session, long id, string before, string after)
    {
        var changed = await session.ExecuteAsync(
            """
            UPDATE account
               SET password_hash = @after
             WHERE id = @id AND password_hash = @before
            """, new { id, before, after });
        if (changed == 1)
            await session.AnnounceAsync(ChangeKind.Account, id);

        return changed == 1;
    }

    private async Task<Account?> FindAsync(string sql, object parameters, CancellationToken ct)
    {
        var rows = await database.ReadAsync(session => session.ListAsync<AccountRow>(sql, parameters), ct);
        return rows.Count == 0 ? null : AccountRow.ToAccount(rows);
    }

    private async Task<bool> TryStoreAsync(string sql, Account account, string? passwordHash, CancellationToken ct)
    {
        var stored = await database.TryWriteAsync(session => StoreAsync(session, sql, account, passwordHash), ct);
        _outbox.Announce();
        return stored;
    }

    private async Task<bool> StoreAsync(Session session, string sql, Account account, string? passwordHash)
    {
        if (await HasDoubleAsync(session, account) || await session.ExecuteAsync(sql, AccountRow.Of(account, passwordHash)) == 0)
            return false;

        await TellOfPhoneAsync(session, account);
        await session.ExecuteAsync("DELETE FROM phone_number WHERE account_id = @Id", new { account.Id });
        for (var position = 0; position < account.Phones.Count; position++)
            await AddPhoneAsync(session, account.Id, position, account.Phones[position]);
        await session.AnnounceAsync(ChangeKind.Account, account.Id);
        return true;
    }

    /// <summary>Whether somebody has the name in a spelling of an earlier version, whose key another does not meet.
    /// Nobody gets a new one of those, and who has one keeps it.</summary>
    private static async Task<bool> HasDoubleAsync(Session session, Account account)
    {
        foreach (var key in NameKeys.All(account.Name).Where(key => key != NameKeys.Of(account.Name)))
        {
            if (await session.FirstAsync<Named>(
                """
                SELECT id
                  FROM account
                 WHERE name_key = @key AND id <> @Id
                   AND NOT EXISTS (SELECT 1 FROM account WHERE id = @Id AND name = @Name)
                """, new { key, account.Id, account.Name }) is not null)
                return true;
        }

        return false;
    }

    /// <summary>After the account's own row was written, which keeps other changes of it waiting.</summary>
    private async Task TellOfPhoneAsync(Session session, Account account)
    {
        var before = await session.FirstAsync<Bound>(
            """
            SELECT calling_code, national
              FROM phone_number
             WHERE account_id = @Id AND is_bound = 1
            """, new { account.Id });
        var after = account.BoundPhone is { } phone ? new Bound(phone.CallingCode, phone.National) : null;
        if (before == after)
            return;

        await _outbox.AddAsync(session, account.Id, await SqlOutbox.TrustOfAsync(session, account.Id), EventCause.PhoneChanged);
    }

    private static Task<int> AddPhoneAsync(Session session, long accountId, int position, PhoneNumber phone) => session.ExecuteAsync(
        """
        INSERT INTO phone_number (account_id, id, position, calling_code, national, region, is_bound, verified_at)
        VALUES (@accountId, @Id, @position, @CallingCode, @National, @Region, @isBound, @verifiedAt)
        """,
        new
        {
            accountId,
            phone.Id,
            position = (long)position,
            phone.CallingCode,
            phone.National,
            phone.Region,
            isBound = phone.IsBound ? 1L : 0L,
            verifiedAt = phone.VerifiedAt.ToMilliseconds(),
        });

    private sealed record Named(long Id);

    private sealed record Bound(string CallingCode, string National);

    private sealed class AccountRow
    {
        public long Id { get; init; }
        public string Name { get; init; } = "";
        public string NameKey { get; init; } = "";
        public string? PasswordHash { get; init; } = "";
        public string Region { get; init; } = "";
        public string? Nickname { get; init; }
        public string? AvatarUrl { get; init; }
        public string? Mail { get; init; }
        public long MailVerified { get; init; }
        public long CreatedAt { get; init; }
        public long? DisabledAt { get; init; }
        public long? RecycledAt { get; init; }
        public string Profile { get; init; } = "";
        public long? PhoneId { get; init; }
        public string CallingCode { get; init; } = "";
        public string National { get; init; } = "";
        public string PhoneRegion { get; init; } = "";
        public long? IsBound { get; init; }
        public long? VerifiedAt { get; init; }

        public static AccountRow Of(Account account, string? passwordHash) => new()
        {
            Id = account.Id,
            Name = account.Name,
            NameKey = NameKeys.Of(account.Name),
            PasswordHash = passwordHash,
            Region = account.Region,
            Nickname = account.Nickname,
            AvatarUrl = account.AvatarUrl,
            Mail = account.Email,
            MailVerified = account.EmailVerified ? 1 : 0,
            CreatedAt = account.CreatedAt.ToMilliseconds(),
            DisabledAt = account.DisabledAt.ToMilliseconds(),
            RecycledAt = account.RecycledAt.ToMilliseconds(),
            Profile = Json.Of(account.Profile),
        };

        /// <param name="rows">One for each phone number, or a single one without.</param>
        public static Account ToAccount(IEnumerable<AccountRow> rows)
        {
            var first = rows.First();
            return new()
            {
                Id = first.Id,
                Name = first.Name,
                PasswordHash = first.PasswordHash!,
                Region = first.Region,
                Nickname = first.Nickname,
                AvatarUrl = first.AvatarUrl,
                Email = first.Mail,
                EmailVerified = first.MailVerified != 0,
                CreatedAt = Instants.FromMilliseconds(first.CreatedAt),
                DisabledAt = Instants.FromMilliseconds(first.DisabledAt),
                RecycledAt = Instants.FromMilliseconds(first.RecycledAt),
                Profile = Json.Texts(first.Profile),
                Phones = [.. rows.Where(row => row.PhoneId is not null).Select(row => row.ToPhone())],
            };
        }

        private PhoneNumber ToPhone() =>
            new(PhoneId!.Value, CallingCode, National, PhoneRegion, IsBound == 1, Instants.FromMilliseconds(VerifiedAt));
    }
}
