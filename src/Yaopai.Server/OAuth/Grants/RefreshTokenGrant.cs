using Yaopai.Server.Credentials;
using Yaopai.Server.Gateway;
using Yaopai.Server.Keys;

namespace Yaopai.Server.OAuth.Grants;

/// <summary>RFC 6749 §6: a refresh token, traded for an access token; where the platform rotates refresh tokens, once.</summary>
internal class RefreshTokenGrant(Call call, GrantKit kit, SurfaceProfile profile) : TokenRequest(call, kit, profile)
{
    private string[]? _scopes;
    private RefreshTokenUsage _use;

    /// <summary>How far the text came on its way to being a credential.</summary>
    public UnsealResult Result { get; private set; }

    /// <summary>Null for a text that is no refresh token.</summary>
    public Credential? RefreshToken { get; private set; }

    public bool IsOfClient => RefreshToken!.AppId == App!.Id;

    public bool IsExpired => RefreshToken!.IsExpiredAt(Now);

    /// <summary>What the access token shall open: the grant, or some of it.</summary>
    public string[] Scopes => _scopes ??= ScopeText.Split(this["scope"] is "" ? RefreshToken!.Scopes : Profile.WithSpaces(this["scope"]));

    public bool ScopesAreGranted => Array.TrueForAll(Scopes, RefreshToken!.Covers);

    /// <summary>Reads the token; false only for a text of another alphabet, so that a surface can tell the steps apart.</summary>
    public async ValueTask<bool> DecodeAsync()
    {
        (Result, var credential) = await Kit.Reader.ReadAsync(Credentials, this["refresh_token"], Call.Ct);
        RefreshToken = credential is { Kind: CredentialKind.RefreshToken } ? credential : null;
        return Result is not UnsealResult.NotEncoded;
    }

    public async ValueTask<bool> ReadAsync() => await DecodeAsync() && RefreshToken is not null;

    /// <summary>The consent stands, and nothing was revoked since.</summary>
    public async ValueTask<bool> GrantHoldsAsync()
    {
        var token = RefreshToken!;
        var (consent, revocations) = await Kit.Grants.FindAsync(token.AppId, token.AccountId, token.GrantId, Call.Ct);
        return consent is not null && !Kit.Reader.IsVoid(token) && revocations.All(revocation => token.ValidSince > revocation.Before);
    }

    /// <remarks>
    /// Rules look whether the grant holds before this looks for the use: a second use revokes the grant when the first is written, so a
    /// request that sees the revocation sees the use too.
    /// </remarks>
    public async ValueTask<bool> IsUnusedAsync() => !await Kit.RefreshTokens.WasUsedAsync(RefreshToken!, Call.Ct);

    public async ValueTask<bool> TryUseAsync() =>
        (_use = await Kit.RefreshTokens.TryUseAsync(RefreshToken!, Call.Ct)) is not RefreshTokenUsage.Refused;

    /// <summary>The new access token; and a new refresh token for the whole grant, where they rotate.</summary>
    public IssuedTokens Issue() => Kit.Issuer.Tokens(
        Credentials, Grant.Of(RefreshToken!), IssuedOn(ValidSince), Credentials.RotatesRefreshTokens, secretWasShown: !IsPublicClient,
        string.Join(' ', Scopes), replaced: _use is RefreshTokenUsage.First ? RefreshToken!.Id : null);

    /// <summary>Not before the token that it comes of: what revoked that token's forerunners may not be known here yet.</summary>
    private DateTimeOffset ValidSince => Call.ReceivedAt > RefreshToken!.ValidSince ? Call.ReceivedAt : RefreshToken.ValidSince;

    public Reason WhyExpired() => new($"the refresh token expired at {RefreshToken!.ExpiresAt:O}; it is {Now:O} for app {App!.Id}")
    {
        Expected = $"before {RefreshToken.ExpiresAt:O}",
        Actual = $"{Now:O}",
    };

    public Reason WhyScopesAreWrong() => new($"granted: {RefreshToken!.Scopes}")
    {
        Expected = RefreshToken.Scopes,
        Actual = this["scope"],
    };
}
