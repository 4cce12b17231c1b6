using Yaopai.Server.Accounts;
using Yaopai.Server.Credentials;
using Yaopai.Server.Organisations;
using Yaopai.Server.Storage.Engine;
using Yaopai.Server.Storage.Sql.Credentials;
using Yaopai.Server.Stores;

namespace Yaopai.Server.Storage.Sql.Organisations;

/// <summary>The accounts that members sign in with, opened and closed in the transaction that changes the member.</summary>
internal static class MemberAccounts
{
    /// <summary>No token lives longer, however an installation is set.</summary>
    private static readonly TimeSpan s_longestToken = TimeSpan.FromDays(3660);

    /// <summary>Opens the account of a member who has none, or opens the member's own again. The member's row is written with it.</summary>
    public static async Task<MemberOutcome> OpenAsync(Session session, Member member, DateTimeOffset now)
    {
        if (member.AccountId is { } known)
        {
            if (member.OwnsAccount)
                await SetDisabledAsync(session, known, disabledAt: null);
            return await SetStateAsync(session, member, MemberState.Open, known, member.OwnsAccount, now);
        }

        if (member.Mobile is not { } mobile || MobileNumber.Read(mobile) is not { } number)
            return MemberOutcome.MobileMissing;

        var accountId = AccountFormats.NewId();
        if (!await TryBindAsync(session, accountId, AccountFormats.NewId(), number))
            return MemberOutcome.MobileTaken;

        // Somebody may have chosen this very name.
        if (!await TryAddAsync(session, accountId, member, member.UserId, number.Region, now))
            await TryAddAsync(session, accountId, member, $"{member.UserId}.{accountId}", number.Region, now);

        // Told to no node: none can have seen an account that is only now made.
        return await SetStateAsync(session, member, MemberState.Open, accountId, ownsAccount: true, now);
    }

    /// <summary>The member has left: signs in no more, and can be opened again.</summary>
    public static async Task<MemberOutcome> CloseAsync(Session session, Member member, DateTimeOffset now)
    {
        if (member is { AccountId: { } accountId, OwnsAccount: true })
            await SetDisabledAsync(session, accountId, now.ToMilliseconds());
        return await SetStateAsync(session, member, MemberState.Closed, member.AccountId, member.OwnsAccount, now);
    }

    /// <summary>The membership ends: its own account is closed for good, and its number is free.</summary>
    public static async Task ReleaseAsync(Session session, Member member, DateTimeOffset now)
    {
        if (member is not { AccountId: { } accountId, OwnsAccount: true })
            return;

        await session.ExecuteAsync("UPDATE phone_number SET is_bound = 0 WHERE account_id = @accountId", new { accountId });
        await SetDisabledAsync(session, accountId, now.ToMilliseconds());
    }

    /// <summary>Has the member's account reached by the new number. One that its person has proved stays the account's own: what the
    /// organisation says of its people makes no number theirs elsewhere. False when the number is another account's.</summary>
    public static async Task<bool> TryRebindAsync(Session session, Member member, string mobile)
    {
        var accountId = member.AccountId!.Value;
        if (MobileNumber.Read(mobile) is not { } number)
            return false;

        if (await HasProvedAsync(session, accountId))
            return !await IsBoundAsync(session, number);

        var id = AccountFormats.NewId();
        if (!await TryBindAsync(session, accountId, id, number))
            return false;

        await session.ExecuteAsync("DELETE FROM phone_number WHERE account_id = @accountId AND id <> @id", new { accountId, id });
        await session.AnnounceAsync(ChangeKind.Account, accountId);
        return true;
    }

    private static async Task<bool> IsBoundAsync(Session session, NewPhoneNumber number) => (await session.ListAsync<long>(
        """
        SELECT account_id
          FROM phone_number
         WHERE calling_code = @CallingCode AND national IN @nationals AND is_bound = 1
        """, new { number.CallingCode, nationals = number.Nationals.ToArray() })).Count > 0;

    private static async Task<bool> HasProvedAsync(Session session, long accountId) => (await session.ListAsync<long>(
        """
        SELECT id
          FROM phone_number
         WHERE account_id = @accountId AND is_bound = 1 AND verified_at IS NOT NULL
        """, new { accountId })).Count > 0;

    // Nobody has proved that the number is the person's: that takes a code that is sent to it.
    private static async Task<bool> TryBindAsync(Session session, long accountId, long id, NewPhoneNumber number) =>
        !await IsBoundAsync(session, number)
        && await session.ExecuteAsync(
            """
            INSERT INTO phone_number (account_id, id, position, calling_code, national, region, is_bound, verified_at)
            VALUES (@accountId, @id, 0, @CallingCode, @National, @Region, 1, NULL)
            ON CONFLICT DO NOTHING
            """,
            new { accountId, id, number.CallingCode, number.National, number.Region }) == 1;

    // A hash of nothing matches no password: the person signs in by the number, or is given a password.
    private static async Task<bool> TryAddAsync(
        Session session, long accountId, Member member, string name, string region, DateTimeOffset now) => await session.ExecuteAsync(
        """
        INSERT INTO account (id, name, name_key, password_hash, region, nickname, mail, mail_verified, created_at, profile)
        VALUES (@accountId, @name, @nameKey, '', @region, @nickname, @Email, 0, @at, '{}')
        ON CONFLICT DO NOTHING
        """,
        new
        {
            accountId,
            name,
            nameKey = NameKeys.Of(name),
            region,
            nickname = member.Name,
            member.Email,
            at = now.ToMilliseconds(),
        }) == 1;

    private static async Task SetDisabledAsync(Session session, long accountId, long? disabledAt)
    {
        await session.ExecuteAsync("UPDATE account SET disabled_at = @disabledAt WHERE id = @accountId", new { accountId, disabledAt });
        if (disabledAt is not null)
        {
            // what apps of any surface hold for the person ends with it
            var until = await SqlRevocationStore.UpperBoundAsync(session);
            await session.ExecuteAsync(RevocationRow.Put, RevocationRow.Of(
                new Revocation(0, accountId, Guid.Empty, until, until + s_longestToken), session.Now));
        }

        await session.AnnounceAsync(ChangeKind.Account, accountId);
    }

    private static async Task<MemberOutcome> SetStateAsync(
        Session session, Member member, MemberState state, long? accountId, bool ownsAccount, DateTimeOffset now) =>
        await session.ExecuteAsync(
            """
            UPDATE member
               SET state = @state, account_id = @accountId, owns_account = @owns, changed_at = @at
             WHERE tenant_id = @TenantId AND user_id = @UserId
            """,
            new
            {
                member.TenantId,
                member.UserId,
                state = (long)state,
                accountId,
                owns = ownsAccount ? 1L : 0L,
                at = now.ToMilliseconds(),
            }) == 1 ? MemberOutcome.Done : MemberOutcome.Missing;
}
