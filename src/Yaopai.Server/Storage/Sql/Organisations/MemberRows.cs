using Yaopai.Server.Organisations;
using Yaopai.Server.Storage.Engine;

namespace Yaopai.Server.Storage.Sql.Organisations;

/// <summary>Members within a transaction of somebody's. Writers take the tenant's turn, so that what they looked at stays true.</summary>
internal static class MemberRows
{
    /// <summary>A member for each department that they are in, the main one first.</summary>
    public const string Columns =
        """
        SELECT member.tenant_id, member.user_id, member.corp_user_id, member.name, member.name_en, member.sex, member.mobile, member.email,
               member.state, member.is_admin, member.account_id, member.owns_account, member.details, member.created_at,
               member.changed_at, membership.department, membership.position
        """;

    private const string Select =
        $"""
        {Columns}
          FROM member
          JOIN membership ON membership.tenant_id = member.tenant_id AND membership.user_id = member.user_id
        """;

    private const string Order = "ORDER BY member.user_id, membership.is_main DESC, membership.position, membership.department";

    private const string ByUserId =
        $"""
        {Select}
         WHERE member.tenant_id = @tenantId AND member.user_id IN @values
         {Order}
        """;

    private const string ByCorpUserId =
        $"""
        {Select}
         WHERE member.tenant_id = @tenantId AND member.corp_user_id IN @values
         {Order}
        """;

    private const string ByMobile =
        $"""
        {Select}
         WHERE member.tenant_id = @tenantId AND member.mobile IN @values
         {Order}
        """;

    private const string ByEmail =
        $"""
        {Select}
         WHERE member.tenant_id = @tenantId AND member.email_key IN @values
         {Order}
        """;

    private const string ByAccount =
        $"""
        {Select}
         WHERE member.account_id = @accountId
         {Order}
        """;

    public static async Task<Member?> FindAsync(Session session, long tenantId, MemberKey by, string value) =>
        (await ListAsync(session, tenantId, by, [value])) is [var first, ..] ? first : null;

    public static async Task<Member?> FindByAccountAsync(Session session, long accountId) =>
        ToMembers(await session.ListAsync<MemberRow>(ByAccount, new { accountId })) is [var one] ? one : null;

    /// <summary>By user id.</summary>
    public static async Task<IReadOnlyList<Member>> ListAsync(
        Session session, long tenantId, MemberKey by, IReadOnlyCollection<string> keys)
    {
        var sql = by switch
        {
            MemberKey.UserId => ByUserId,
            MemberKey.CorpUserId => ByCorpUserId,
            MemberKey.Mobile => ByMobile,
            _ => ByEmail,
        };
        var found = new List<MemberRow>();
        foreach (var values in keys.Select(key => by is MemberKey.Email ? MemberRow.KeyOfEmail(key) : key).Distinct()
            .Chunk(DepartmentRows.MostInList))
            found.AddRange(await session.ListAsync<MemberRow>(sql, new { tenantId, values }));
        return ToMembers(found);
    }

    public static IReadOnlyList<Member> ToMembers(IEnumerable<MemberRow> rows) =>
        [.. rows.GroupBy(row => row.UserId).Select(MemberRow.ToMember)];

    /// <summary>Adds or changes the member; whoever has the user id is it. No account is opened or closed by that.</summary>
    public static async Task<MemberOutcome> PutAsync(Session session, Member member)
    {
        if (await TenantTurn.TakeAsync(session, member.TenantId) is null)
            return MemberOutcome.Missing;

        var row = MemberRow.Of(member);
        var found = await FindObstaclesAsync(session, row);
        if (OutcomeOf(found) is var outcome and not MemberOutcome.Done)
            return outcome;

        long[] departments = [.. member.Memberships.Select(one => one.Department).Distinct()];
        if ((await DepartmentRows.KnownAsync(session, member.TenantId, departments)).Count != departments.Length)
            return MemberOutcome.DepartmentMissing;

        await WriteAsync(session, member, row, found.Contains(IsThere));
        return MemberOutcome.Done;
    }

    /// <summary>The same within the tenant's turn, for departments that were found in it.</summary>
    /// <param name="isNew">That nobody was found whom it changes: if somebody has the user id all the same, it is another's.</param>
    public static async Task<MemberOutcome> PutCheckedAsync(Session session, Member member, bool isNew)
    {
        var row = MemberRow.Of(member);
        var found = await FindObstaclesAsync(session, row);
        if (OutcomeOf(found) is var outcome and not MemberOutcome.Done)
            return outcome;
        if (isNew && found.Contains(IsThere))
            return MemberOutcome.UserIdTaken;

        await WriteAsync(session, member, row, found.Contains(IsThere));
        return MemberOutcome.Done;
    }

    private const long IsThere = 1, IsRetired = 2, HasCorpUserId = 3, HasMobile = 4;

    /// <summary>Whether the member is there, and who else has what only one may have: one statement for all.</summary>
    private static Task<IReadOnlyList<long>> FindObstaclesAsync(Session session, MemberRow row) => session.ListAsync<long>(
        """
        SELECT 1
          FROM member
         WHERE tenant_id = @TenantId AND user_id = @UserId
        UNION ALL
        SELECT 2
          FROM retired_user_id
         WHERE tenant_id = @TenantId AND user_id = @UserId
        UNION ALL
        SELECT 3
          FROM member
         WHERE tenant_id = @TenantId AND corp_user_id = @CorpUserId AND user_id <> @UserId
        UNION ALL
        SELECT 4
          FROM member
         WHERE tenant_id = @TenantId AND mobile = @Mobile AND user_id <> @UserId
        """, new { row.TenantId, row.UserId, row.CorpUserId, row.Mobile });

    private static MemberOutcome OutcomeOf(IReadOnlyList<long> found) =>
        found.Contains(IsRetired) && !found.Contains(IsThere) ? MemberOutcome.UserIdTaken
            : found.Contains(HasCorpUserId) ? MemberOutcome.CorpUserIdTaken
            : found.Contains(HasMobile) ? MemberOutcome.MobileTaken
            : MemberOutcome.Done;

    private static async Task WriteAsync(Session session, Member member, MemberRow row, bool isThere)
    {
        await session.ExecuteAsync(isThere ? Update : Insert, row);
        if (isThere)
            await session.ExecuteAsync("DELETE FROM membership WHERE tenant_id = @TenantId AND user_id = @UserId", row);
        for (var at = 0; at < member.Memberships.Count; at++)
        {
            await session.ExecuteAsync(
                """
                INSERT INTO membership (tenant_id, user_id, department, position, is_main)
                VALUES (@TenantId, @UserId, @department, @position, @isMain)
                """,
                new
                {
                    member.TenantId,
                    member.UserId,
                    department = member.Memberships[at].Department,
                    position = (long)member.Memberships[at].Position,
                    isMain = at == 0 ? 1L : 0L,
                });
        }
    }

    /// <summary>Removes the member, whose user id stays taken.</summary>
    public static async Task<MemberOutcome> DeleteAsync(Session session, long tenantId, string userId, DateTimeOffset now)
    {
        if (await TenantTurn.TakeAsync(session, tenantId) is null
            || await FindAsync(session, tenantId, MemberKey.UserId, userId) is not { } member)
            return MemberOutcome.Missing;

        await MemberAccounts.ReleaseAsync(session, member, now);
        var row = new { tenantId, userId };
        await session.ExecuteAsync("DELETE FROM membership WHERE tenant_id = @tenantId AND user_id = @userId", row);
        await session.ExecuteAsync("DELETE FROM member_role WHERE tenant_id = @tenantId AND user_id = @userId", row);
        await session.ExecuteAsync("DELETE FROM mobile_change WHERE tenant_id = @tenantId AND user_id = @userId", row);
        await session.ExecuteAsync("DELETE FROM member WHERE tenant_id = @tenantId AND user_id = @userId", row);
        await session.ExecuteAsync("INSERT INTO retired_user_id (tenant_id, user_id) VALUES (@tenantId, @userId)", row);
        return MemberOutcome.Done;
    }

    /// <summary>Gives the member, and the account of the membership, another number. The same number again is no change.</summary>
    public static async Task<MemberOutcome> ChangeMobileAsync(
        Session session, long tenantId, string userId, string mobile, DateTimeOffset now)
    {
        if (await TenantTurn.TakeAsync(session, tenantId) is null
            || await FindAsync(session, tenantId, MemberKey.UserId, userId) is not { } member)
            return MemberOutcome.Missing;
        if (member.Mobile == mobile)
            return MemberOutcome.Done;
        if (await IsAnotherAsync(session, member, MemberKey.Mobile, mobile))
            return MemberOutcome.MobileTaken;
        if (await ChangesAsync(session, member, now) >= MobileNumber.MostChanges)
            return MemberOutcome.MobileChangedTooOften;
        if (member.OwnsAccount && !await MemberAccounts.TryRebindAsync(session, member, mobile))
            return MemberOutcome.MobileTaken;

        await session.ExecuteAsync(
            """
            INSERT INTO mobile_change (tenant_id, user_id, at, id, bucket)
            VALUES (@tenantId, @userId, @at, @id, @bucket)
            """,
            new
            {
                tenantId,
                userId,
                at = now.ToMilliseconds(),
                id = Randomness.NewGuid().ToByteArray(),
                bucket = Bucket.Of(now + MobileNumber.Window),
            });
        await session.ExecuteAsync(
            """
            UPDATE member
               SET mobile = @mobile, changed_at = @at
             WHERE tenant_id = @tenantId AND user_id = @userId
            """, new { tenantId, userId, mobile, at = now.ToMilliseconds() });
        return MemberOutcome.Done;
    }

    /// <summary>How often the number changed lately.</summary>
    private static async Task<long> ChangesAsync(Session session, Member member, DateTimeOffset now) => (await session.ListAsync<long>(
        """
        SELECT COUNT(*)
          FROM mobile_change
         WHERE tenant_id = @TenantId AND user_id = @UserId AND at > @since
        """, new { member.TenantId, member.UserId, since = (now - MobileNumber.Window).ToMilliseconds() }))[0];

    private static async Task<bool> IsAnotherAsync(Session session, Member member, MemberKey by, string value) =>
        await FindAsync(session, member.TenantId, by, value) is { } holder && holder.UserId != member.UserId;

    private const string Insert =
        """
        INSERT INTO member (tenant_id, user_id, corp_user_id, name, name_en, sex, mobile, email, email_key, state, is_admin,
                            account_id, owns_account, details, created_at, changed_at)
        VALUES (@TenantId, @UserId, @CorpUserId, @Name, @NameEn, @Sex, @Mobile, @Email, @EmailKey, @State, @IsAdmin,
                @AccountId, @OwnsAccount, @Details, @CreatedAt, @ChangedAt)
        """;

    private const string Update =
        """
        UPDATE member
           SET corp_user_id = @CorpUserId,
               name         = @Name,
               name_en      = @NameEn,
               sex          = @Sex,
               mobile       = @Mobile,
               email        = @Email,
               email_key    = @EmailKey,
               state        = @State,
               is_admin     = @IsAdmin,
               account_id   = @AccountId,
               owns_account = @OwnsAccount,
               details      = @Details,
               changed_at   = @ChangedAt
         WHERE tenant_id = @TenantId AND user_id = @UserId
        """;
}
