using Microsoft.Extensions.Options;
using Yaopai.Server.Apps;
using Yaopai.Server.Consents;

namespace Yaopai.Server.Credentials;

/// <summary>Makes the codes and tokens of Huawei Account, and the sessions of the pages. Writes nothing: a credential is its own record.</summary>
internal sealed class Issuer(CredentialSealer sealer, IAppClock clock, TimeProvider time, RealmLifetimes realms, IOptions<GrantOptions> options)
{
    private readonly Lifetimes _lifetimes = realms[CredentialRealm.HuaweiAccount];

    public TimeSpan AccessTokenLifetime => _lifetimes.AccessToken;

    /// <param name="validSince">A moment before anything was looked at on which the code stands.</param>
    // Ids in the order of time: codes are used soon after they are made, so their rows fall on one page and not on as many as there are codes.
    public string Code(Consent consent, string scopes, CodeTerms terms, DateTimeOffset validSince) => sealer.Seal(New(
        CredentialKind.Code, consent.AppId, consent.AccountId, Guid.CreateVersion7(time.GetUtcNow()), validSince, scopes, consent.PhoneId,
        _lifetimes.Code) with
    { Terms = terms });

    /// <summary>The pair of tokens that a code, or what a device was granted, trades for; they carry its id. No refresh token where none was agreed.</summary>
    public (string AccessToken, string? RefreshToken) Pair(Credential code)
    {
        var refresh = New(CredentialKind.RefreshToken, code.AppId, code.AccountId, code.GrantId, code.ValidSince, code.Scopes, code.PhoneId, _lifetimes.RefreshToken);
        return (AccessToken(refresh, refresh.Scopes, code.ValidSince), code.Terms is { IsOffline: false } ? null : sealer.Seal(refresh));
    }

    /// <summary>Another access token of the same pair.</summary>
    /// <param name="validSince">A moment before it was looked whether the grant holds.</param>
    public string AccessToken(Credential refresh, string scopes, DateTimeOffset validSince) => sealer.Seal(New(
        CredentialKind.AccessToken, refresh.AppId, refresh.AccountId, refresh.GrantId, validSince, scopes, refresh.PhoneId, AccessTokenLifetime));

    public string AppToken(long appId, DateTimeOffset validSince) => sealer.Seal(New(
        CredentialKind.AppToken, appId, 0, Guid.NewGuid(), validSince, "", null, AccessTokenLifetime));

    /// <summary>A new session of a person: never one that was there before the sign-in.</summary>
    /// <param name="validSince">A moment before the password was looked at.</param>
    public string Session(long accountId, DateTimeOffset validSince) => sealer.Seal(New(
        CredentialKind.Session, 0, accountId, Guid.NewGuid(), validSince, "", null, options.Value.SessionLifetime));

    private Credential New(
        CredentialKind kind, long appId, long accountId, Guid grantId, DateTimeOffset validSince, string scopes, long? phoneId, TimeSpan lifetime)
    {
        var now = clock.NowFor(appId);
        return new Credential(kind, appId, accountId, grantId, validSince, now, now + lifetime, scopes, phoneId);
    }
}
