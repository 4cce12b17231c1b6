using Microsoft.Extensions.Options;
using Yaopai.Server.Apps;

namespace Yaopai.Server.Grants;

/// <summary>Makes codes and tokens. Writes nothing: a credential is its own record.</summary>
internal sealed class Issuer(CredentialSealer sealer, IAppClock clock, TimeProvider time, IOptions<GrantOptions> options)
{
    public TimeSpan AccessTokenLifetime => options.Value.AccessTokenLifetime;

    // Ids in the order of time: codes are used soon after they are made, so their rows fall on one page and not on as many as there are codes.
    public string Code(Consent consent, string scopes, CodeTerms terms) => sealer.Seal(New(
        CredentialKind.Code, consent.AppId, consent.AccountId, Guid.CreateVersion7(time.GetUtcNow()), scopes, consent.PhoneId,
        options.Value.CodeLifetime) with
    { Terms = terms });

    public string DeviceCode(DeviceAuthorization device) => sealer.Seal(new Credential(
        CredentialKind.DeviceCode, device.AppId, AccountId: 0, device.Id, time.GetUtcNow(), device.CreatedAt, device.ExpiresAt,
        string.Join(' ', device.Scopes), PhoneId: null));

    /// <summary>The pair of tokens that a code trades for; they carry its id. No refresh token where none was agreed.</summary>
    public (string AccessToken, string? RefreshToken) Pair(Credential code)
    {
        var refresh = New(CredentialKind.RefreshToken, code.AppId, code.AccountId, code.PairId, code.Scopes, code.PhoneId, options.Value.RefreshTokenLifetime);
        return (AccessToken(refresh, refresh.Scopes), code.Terms!.IsOffline ? sealer.Seal(refresh) : null);
    }

    /// <summary>Another access token of the same pair.</summary>
    public string AccessToken(Credential refresh, string scopes) => sealer.Seal(New(
        CredentialKind.AccessToken, refresh.AppId, refresh.AccountId, refresh.PairId, scopes, refresh.PhoneId, AccessTokenLifetime));

    public string AppToken(long appId) => sealer.Seal(New(
        CredentialKind.AppToken, appId, 0, Guid.NewGuid(), "", null, AccessTokenLifetime));

    /// <summary>A new session of a person: never one that was there before the sign-in.</summary>
    public string Session(long accountId) => sealer.Seal(New(
        CredentialKind.Session, 0, accountId, Guid.NewGuid(), "", null, options.Value.SessionLifetime));

    private Credential New(CredentialKind kind, long appId, long accountId, Guid pairId, string scopes, long? phoneId, TimeSpan lifetime)
    {
        var now = clock.NowFor(appId);
        return new Credential(kind, appId, accountId, pairId, time.GetUtcNow(), now, now + lifetime, scopes, phoneId);
    }
}
