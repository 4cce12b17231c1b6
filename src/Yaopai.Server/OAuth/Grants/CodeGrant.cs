using Yaopai.Server.Credentials;
using Yaopai.Server.Gateway;

namespace Yaopai.Server.OAuth.Grants;

/// <summary>RFC 6749 §4.1.3: a code, traded once for tokens.</summary>
internal class CodeGrant(Call call, GrantKit kit, SurfaceProfile profile) : TokenRequest(call, kit, profile)
{
    public Credential Code { get; private set; } = null!;

    public bool IsOfClient => Code.AppId == App!.Id;

    public bool IsExpired => Code.IsExpiredAt(Now);

    /// <summary>A redirect URI that the authorization request named has to come again, the same.</summary>
    public bool RedirectUriMatches => Code.Terms!.RedirectUriHash is not { } expected || Hashes.Match(expected, this["redirect_uri"]);

    /// <summary>
    /// RFC 7636 §4.6. A verifier where no challenge was given means that somebody took the challenge away (RFC 9700 §2.1.1); and a public
    /// client without a challenge has proved nothing.
    /// </summary>
    public bool VerifierMatches => Code.Terms!.ChallengeHash is { } expected
        ? CodeVerifier.IsWellFormed(this["code_verifier"]) && CodeVerifier.Matches(expected, this["code_verifier"])
        : this["code_verifier"] is "" && !App!.IsPublic;

    public async ValueTask<bool> ReadCodeAsync() => (Code = (await ReadAsync("code", CredentialKind.Code))!) is not null;

    public async ValueTask<bool> GrantHoldsAsync() => await Kit.Reader.GrantHoldsAsync(Code, Call.Ct);

    /// <summary>False for a code that was used before: then the tokens that came of it are revoked all the same.</summary>
    public async ValueTask<bool> IsUnusedAsync() => !await Kit.Codes.WasUsedAsync(Code, Call.Ct);

    public async ValueTask<bool> TryUseAsync()
    {
        await PrepareAsync();
        return await Kit.Codes.TryUseAsync(Code, Call.Ct);
    }

    public virtual IssuedTokens Issue() => Kit.Issuer.Tokens(
        Credentials, Grant.Of(Code), IssuedOn(Code.ValidSince), withRefreshToken: Code.Terms is not { IsOffline: false },
        secretWasShown: !IsPublicClient);

    public Reason WhyExpired() =>
        new($"the code was issued at {Code.IssuedAt:O} and expired at {Code.ExpiresAt:O}; it is {Now:O} for app {App!.Id}")
        {
            Expected = $"before {Code.ExpiresAt:O}",
            Actual = $"{Now:O}",
        };

    public Reason WhyOfAnotherClient() => new($"the code was given to app {Code.AppId}; app {App!.Id} asks")
    {
        Expected = $"{Code.AppId}",
        Actual = $"{App.Id}",
    };

    public string WhyVerifierIsWrong() => Code.Terms!.ChallengeHash is null
        ? "no code_challenge was sent when the code was asked for"
        : CodeVerifier.IsWellFormed(this["code_verifier"])
            ? "the hash of code_verifier is not the code_challenge"
            : $"code_verifier has to have 43 to 128 unreserved characters; {this["code_verifier"].Length} characters came";

    /// <summary>Loads what the answer needs: whatever can fail fails before the code is used.</summary>
    protected virtual ValueTask PrepareAsync() => default;
}
