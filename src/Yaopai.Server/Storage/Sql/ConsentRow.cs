using Yaopai.Server.Grants;

namespace Yaopai.Server.Storage.Sql;

internal sealed record ConsentRow(long AccountId, long AppId, string Scopes, long? PhoneId, long GrantedAt)
{
    /// <summary>Stores or replaces a consent.</summary>
    public const string Put =
        """
        INSERT INTO consent (account_id, app_id, scopes, phone_id, granted_at)
        VALUES (@AccountId, @AppId, @Scopes, @PhoneId, @GrantedAt)
        ON CONFLICT (account_id, app_id) DO UPDATE
           SET scopes     = excluded.scopes,
               phone_id   = excluded.phone_id,
               granted_at = excluded.granted_at
        """;

    public static ConsentRow Of(Consent consent) => new(
        consent.AccountId, consent.AppId, Json.Of(consent.Scopes), consent.PhoneId, consent.GrantedAt.ToMilliseconds());

    public Consent ToConsent() => new(AccountId, AppId, Json.Strings(Scopes), PhoneId, Instants.FromMilliseconds(GrantedAt));
}
