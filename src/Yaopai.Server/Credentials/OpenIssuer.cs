using Yaopai.Server.Apps;
using Yaopai.Server.Consents;

namespace Yaopai.Server.Credentials;

/// <summary>What an app gets when it is let in.</summary>
/// <param name="RefreshToken">Null where there is none: with a token in the fragment of an address, and for an app alone.</param>
/// <param name="SessionKey">Stands for the access token in signed requests, and lives as long.</param>
/// <param name="SessionSecret">What they are signed with.</param>
internal sealed record OpenTokens(string AccessToken, TimeSpan Lifetime, string? RefreshToken, string Scopes, string SessionKey, string SessionSecret);

/// <summary>Makes the codes and tokens of the Open API. Writes nothing: a credential is its own record.</summary>
internal sealed class OpenIssuer(CredentialSealer sealer, SessionSecrets secrets, IAppClock clock, TimeProvider time, RealmLifetimes realms)
{
    private readonly Lifetimes _lifetimes = realms[CredentialRealm.OpenApi];

    /// <param name="validSince">A moment before anything was looked at on which the code stands.</param>
    public string Code(Consent consent, string scopes, CodeTerms terms, DateTimeOffset validSince) => sealer.Seal(
        New(CredentialKind.Code, consent.AppId, consent.AccountId, NewId(), validSince, scopes, _lifetimes.Code) with { Terms = terms });

    /// <summary>A person's tokens, of a code or of whatever else carries the id of the grant.</summary>
    /// <param name="granted">What the refresh token goes on to grant.</param>
    /// <param name="scopes">What this access token opens.</param>
    /// <param name="validSince">A moment before it was looked whether the grant holds; that of a code is the code's own.</param>
    public OpenTokens Tokens(Credential granted, string scopes, DateTimeOffset validSince)
    {
        var refresh = New(CredentialKind.RefreshToken, granted.AppId, granted.AccountId, granted.GrantId, validSince, granted.Scopes, _lifetimes.RefreshToken) with
        {
            Id = NewId(),
        };
        return Tokens(CredentialKind.AccessToken, granted.AppId, granted.AccountId, granted.GrantId, validSince, scopes, Text(refresh));
    }

    /// <summary>A person's tokens under a grant of their own, with no code before them.</summary>
    public OpenTokens Tokens(Consent consent, string scopes, bool isOffline, DateTimeOffset validSince)
    {
        var refresh = New(CredentialKind.RefreshToken, consent.AppId, consent.AccountId, NewId(), validSince, scopes, _lifetimes.RefreshToken) with { Id = NewId() };
        return Tokens(CredentialKind.AccessToken, consent.AppId, consent.AccountId, refresh.GrantId, validSince, scopes, isOffline ? Text(refresh) : null);
    }

    public OpenTokens AppTokens(long appId, string scopes, DateTimeOffset validSince) =>
        Tokens(CredentialKind.AppToken, appId, accountId: 0, NewId(), validSince, scopes, refreshToken: null);

    private OpenTokens Tokens(CredentialKind kind, long appId, long accountId, Guid grantId, DateTimeOffset validSince, string scopes, string? refreshToken)
    {
        var access = New(kind, appId, accountId, grantId, validSince, scopes, _lifetimes.AccessToken);
        var sessionKey = sealer.Seal(access with { Kind = CredentialKind.SessionKey });
        return new OpenTokens(Text(access), _lifetimes.AccessToken, refreshToken, scopes, sessionKey, secrets.Of(sessionKey));
    }

    private string Text(Credential token) => OpenTokenText.Of(token, sealer.Seal(token));

    // In the order of time, so that the rows of those that are used fall on few pages.
    private Guid NewId() => Guid.CreateVersion7(time.GetUtcNow());

    private Credential New(CredentialKind kind, long appId, long accountId, Guid grantId, DateTimeOffset validSince, string scopes, TimeSpan lifetime)
    {
        var now = clock.NowFor(appId);
        return new Credential(kind, appId, accountId, grantId, validSince, now, now + lifetime, scopes, PhoneId: null) { Realm = CredentialRealm.OpenApi };
    }
}
