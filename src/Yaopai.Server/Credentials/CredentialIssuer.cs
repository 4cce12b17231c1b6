namespace Yaopai.Server.Credentials;

/// <summary>What a credential is issued on.</summary>
/// <param name="ValidSince">By <see cref="HybridClock"/>: before anything was looked at on which the credential stands.</param>
/// <param name="Now">The app's time.</param>
internal readonly record struct IssuedOn(DateTimeOffset ValidSince, DateTimeOffset Now);

/// <summary>What a person gave an app: what its code and all its tokens carry.</summary>
/// <param name="Id">What revoking it is done by.</param>
/// <param name="Scopes">As in the wire format, separated by single spaces.</param>
/// <param name="PhoneId">The phone number that the person chose to share; null for none.</param>
internal sealed record Grant(long AppId, long AccountId, Guid Id, string Scopes, long? PhoneId = null)
{
    /// <summary>The organisation whose data it opens; 0 where the platform has none.</summary>
    public long TenantId { get; init; }

    /// <summary>The one that a code, a device code or a refresh token stands for.</summary>
    public static Grant Of(Credential credential) =>
        new(credential.AppId, credential.AccountId, credential.GrantId, credential.Scopes, credential.PhoneId)
        {
            TenantId = credential.TenantId,
        };
}

/// <summary>What an app gets for a grant.</summary>
/// <param name="RefreshToken">Null where none was agreed.</param>
/// <param name="SessionKey">Stands for the access token in signed requests, and lives as long; null where the platform has none.</param>
/// <param name="Lifetime">Of the access token.</param>
/// <param name="Scopes">What the access token opens.</param>
internal sealed record IssuedTokens(string AccessToken, string? RefreshToken, string? SessionKey, TimeSpan Lifetime, string Scopes);

/// <summary>Makes codes, tokens and sessions. Writes nothing: a credential is its own record.</summary>
internal sealed class CredentialIssuer(CredentialSealer sealer, TimeProvider time)
{
    /// <summary>An id for a grant, or for a credential that is used once.</summary>
    /// <remarks>In the order of time: what is made together is used together, so that the rows of its use fall on few pages.</remarks>
    public Guid NewId() => Randomness.NewGuidAt(time.GetUtcNow());

    /// <param name="lifetime">Where it is shorter than of other codes of the platform.</param>
    public string Code(CredentialProfile profile, Grant grant, CodeTerms terms, IssuedOn on, TimeSpan? lifetime = null) =>
        sealer.Seal(New(profile, CredentialKind.Code, grant, on, lifetime ?? profile.Lifetimes.Code) with { Terms = terms });

    /// <summary>A person's tokens.</summary>
    /// <param name="secretWasShown">Whether the app showed its secret for them.</param>
    /// <param name="accessScopes">What the access token opens, where it is less than the grant; null for all of it.</param>
    /// <param name="replaced">The id of the refresh token that is replaced; null where none is.</param>
    public IssuedTokens Tokens(
        CredentialProfile profile, Grant grant, IssuedOn on, bool withRefreshToken, bool secretWasShown, string? accessScopes = null,
        Guid? replaced = null)
    {
        var refresh = withRefreshToken
            ? sealer.Seal(New(profile, CredentialKind.RefreshToken, grant, on, profile.Lifetimes.RefreshToken) with
            {
                Id = profile.RotatesRefreshTokens ? NewRefreshTokenId(replaced) : default,
            })
            : null;
        return Tokens(profile, CredentialKind.AccessToken, accessScopes is null ? grant : grant with { Scopes = accessScopes }, on,
            secretWasShown, refresh);
    }

    /// <summary>A ticket for the grant that an access token stands for.</summary>
    public string Ticket(CredentialProfile profile, Grant grant, IssuedOn on) =>
        sealer.Seal(New(profile, CredentialKind.Ticket, grant, on, profile.Lifetimes.Ticket) with { Id = NewId() });

    /// <summary>The token of an app that speaks for itself.</summary>
    public IssuedTokens AppTokens(CredentialProfile profile, long appId, string scopes, IssuedOn on, long tenantId = 0) =>
        Tokens(profile, CredentialKind.AppToken, new Grant(appId, AccountId: 0, NewId(), scopes) { TenantId = tenantId }, on,
            secretWasShown: true, refreshToken: null);

    /// <summary>A new session of a person.</summary>
    /// <param name="id">Drawn for this sign-in: never one that was there before.</param>
    public string Session(CredentialProfile profile, long accountId, Guid id, IssuedOn on) => sealer.Seal(
        New(profile, CredentialKind.Session, new Grant(AppId: 0, accountId, id, Scopes: ""), on, profile.Lifetimes.AccessToken));

    private Guid NewRefreshTokenId(Guid? replaced) =>
        replaced is { } before ? RefreshTokenId.After(before, time.GetUtcNow()) : RefreshTokenId.First(time.GetUtcNow());

    private IssuedTokens Tokens(
        CredentialProfile profile, CredentialKind kind, Grant grant, IssuedOn on, bool secretWasShown, string? refreshToken)
    {
        var access = New(profile, kind, grant, on, profile.Lifetimes.AccessToken) with { SecretWasShown = secretWasShown };
        return new IssuedTokens(
            sealer.Seal(access),
            refreshToken,
            profile.Kinds.Contains(CredentialKind.SessionKey) ? sealer.Seal(access with { Kind = CredentialKind.SessionKey }) : null,
            profile.Lifetimes.AccessToken,
            grant.Scopes);
    }

    private static Credential New(CredentialProfile profile, CredentialKind kind, Grant grant, IssuedOn on, TimeSpan lifetime) =>
        new(kind, grant.AppId, grant.AccountId, grant.Id, on.ValidSince, on.Now, on.Now + lifetime, grant.Scopes, grant.PhoneId)
        {
            Profile = profile,
            TenantId = grant.TenantId,
        };
}
