using Yaopai.Server.Consents;
using Yaopai.Server.Identifiers;
using Yaopai.Server.Storage.Engine;

namespace Yaopai.Server.Storage.Sql.Consents;

internal sealed record ConsentRow(long AccountId, long AppId, string Scopes, long? PhoneId, long GrantedAt)
{
    public const string Select =
        """
        SELECT account_id, app_id, scopes, phone_id, granted_at
          FROM consent
         WHERE account_id = @AccountId AND app_id = @AppId
        """;

    private const string Put =
        """
        INSERT INTO consent (account_id, app_id, scopes, phone_id, granted_at)
        VALUES (@AccountId, @AppId, @Scopes, @PhoneId, @GrantedAt)
        ON CONFLICT (account_id, app_id) DO UPDATE
           SET scopes     = excluded.scopes,
               phone_id   = excluded.phone_id,
               granted_at = excluded.granted_at
        """;

    private const string Insert =
        """
        INSERT INTO consent (account_id, app_id, scopes, phone_id, granted_at)
        VALUES (@AccountId, @AppId, @Scopes, @PhoneId, @GrantedAt)
        ON CONFLICT DO NOTHING
        """;

    private const string Update =
        """
        UPDATE consent
           SET scopes     = @Scopes,
               phone_id   = @PhoneId,
               granted_at = @GrantedAt
         WHERE account_id = @AccountId AND app_id = @AppId AND scopes = @before
        """;

    private const string OwnerOf =
        """
        SELECT developer_id
          FROM app
         WHERE id = @AppId
        """;

    private const string Enter =
        """
        INSERT INTO open_id (app_id, tag, account_id)
        VALUES (@AppId, @OpenTag, @AccountId)
        ON CONFLICT DO NOTHING;
        INSERT INTO union_id (developer_id, tag, account_id)
        VALUES (@DeveloperId, @UnionTag, @AccountId)
        ON CONFLICT DO NOTHING
        """;

    /// <summary>Stores or replaces a consent, and enters the identifiers that it makes known.</summary>
    public static async Task PutAsync(Session session, Consent consent, PairwiseIdentifiers identifiers)
    {
        await session.ExecuteAsync(Put, Of(consent));
        await EnterAsync(session, consent, identifiers);
    }

    /// <summary>Adds to the consent that is there. A change that is written meanwhile is not undone:
    /// then the consent is looked at again.</summary>
    public static async Task<Consent> AddAsync(Session session, Consent consent, PairwiseIdentifiers identifiers)
    {
        while (true)
        {
            var before = await session.FirstAsync<ConsentRow>(Select, new { consent.AccountId, consent.AppId });
            var after = consent.After(before?.ToConsent());
            var row = Of(after);
            var written = before is null
                ? await session.ExecuteAsync(Insert, row)
                : await session.ExecuteAsync(
                    Update, new { row.AccountId, row.AppId, row.Scopes, row.PhoneId, row.GrantedAt, before = before.Scopes });
            if (written == 0)
                continue;

            await EnterAsync(session, after, identifiers);
            return after;
        }
    }

    private static async Task EnterAsync(Session session, Consent consent, PairwiseIdentifiers identifiers)
    {
        if (await session.FirstAsync<Owner>(OwnerOf, new { consent.AppId }) is { } owner)
            await session.ExecuteAsync(Enter, IdentifierIndex.Enter(identifiers, consent.AccountId, consent.AppId, owner.DeveloperId));
    }

    public static ConsentRow Of(Consent consent) => new(
        consent.AccountId, consent.AppId, Json.Of(consent.Scopes), consent.PhoneId, consent.GrantedAt.ToMilliseconds());

    public Consent ToConsent() => new(AccountId, AppId, Json.Strings(Scopes), PhoneId, Instants.FromMilliseconds(GrantedAt));

    private sealed record Owner(long DeveloperId);
}
