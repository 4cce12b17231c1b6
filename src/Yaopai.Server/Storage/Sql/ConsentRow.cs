using Yaopai.Server.Grants;
using Yaopai.Server.Keys;

namespace Yaopai.Server.Storage.Sql;

internal sealed record ConsentRow(long AccountId, long AppId, string Scopes, long? PhoneId, long GrantedAt)
{
    // One round trip: what is written, and whose app it is.
    private const string Put =
        """
        INSERT INTO consent (account_id, app_id, scopes, phone_id, granted_at)
        VALUES (@AccountId, @AppId, @Scopes, @PhoneId, @GrantedAt)
        ON CONFLICT (account_id, app_id) DO UPDATE
           SET scopes     = excluded.scopes,
               phone_id   = excluded.phone_id,
               granted_at = excluded.granted_at;
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
    public static async Task PutAsync(Session session, Consent consent, Identifiers identifiers)
    {
        if (await session.FirstAsync<Owner>(Put, Of(consent)) is { } owner)
            await session.ExecuteAsync(Enter, IdentifierIndex.Enter(identifiers, consent.AccountId, consent.AppId, owner.DeveloperId));
    }

    public static ConsentRow Of(Consent consent) => new(
        consent.AccountId, consent.AppId, Json.Of(consent.Scopes), consent.PhoneId, consent.GrantedAt.ToMilliseconds());

    public Consent ToConsent() => new(AccountId, AppId, Json.Strings(Scopes), PhoneId, Instants.FromMilliseconds(GrantedAt));

    private sealed record Owner(long DeveloperId);
}
