using Yaopai.Server.Grants;

namespace Yaopai.Server.Storage.Sql;

internal sealed record ConsentRow(long AccountId, long AppId, string Scopes, long? PhoneId, long GrantedAt)
{
    public static ConsentRow Of(Consent consent) => new(
        consent.AccountId, consent.AppId, Json.Of(consent.Scopes), consent.PhoneId, consent.GrantedAt.ToMilliseconds());

    public Consent ToConsent() => new(AccountId, AppId, Json.Strings(Scopes), PhoneId, Instants.FromMilliseconds(GrantedAt));
}
