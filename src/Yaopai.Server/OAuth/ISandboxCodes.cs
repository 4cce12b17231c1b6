using Yaopai.Server.Credentials;
using Yaopai.Server.Gateway;

namespace Yaopai.Server.OAuth;

/// <summary>What signing in and consenting would give at one surface, without a browser:
/// a real consent, and real codes or tokens.</summary>
internal interface ISandboxCodes
{
    /// <summary>The surface, as addresses name it.</summary>
    string Slug { get; }

    Task<(SandboxTokens? Tokens, Problem? Problem)> IssueTokensAsync(SandboxTokensRequest request, CancellationToken ct);

    Task<(SandboxCode? Code, Problem? Problem)> IssueCodeAsync(SandboxCodeRequest request, CancellationToken ct);
}

/// <summary>Who signs in to which app, and what they agree to.</summary>
internal sealed record SandboxCodeRequest(
    string? Surface, long ClientId, string? User, string? Scope, string? RedirectUri, string? State, string? Nonce,
    string? CodeChallenge, string? CodeChallengeMethod, string? Component, string? Phone, string? AccessType)
{
    public static Problem ChallengeMalformed { get; } = Problem.Invalid(
        "code_challenge: 43 characters of base64url for S256, 43 to 128 for plain; code_challenge_method: S256 or plain.");

    /// <summary>Whether the SHA-256 of a code verifier can be read of it; so it can where there is no challenge.</summary>
    public bool TryHashChallenge(out byte[]? hash)
    {
        var method = CodeChallengeMethod ?? "";
        hash = null;
        return OAuth.CodeChallenge.IsMethod(method) && OAuth.CodeChallenge.TryHash(CodeChallenge ?? "", method, out hash);
    }

    /// <summary>The address that the browser would be sent to; null where no redirect URI was named.</summary>
    public string? RedirectTo(string code)
    {
        if (RedirectUri is not { } uri)
            return null;

        return State is { } state
            ? OAuth.RedirectUri.With(uri, ("code", code), ("state", state))
            : OAuth.RedirectUri.With(uri, ("code", code));
    }
}

internal sealed record SandboxCode(string Value, string? RedirectTo);

/// <param name="User">Nobody for tokens of the app alone.</param>
internal sealed record SandboxTokensRequest(string? Surface, long ClientId, string? User, string? Scope);

internal sealed record SandboxTokens(
    string AccessToken, long ExpiresIn, string? RefreshToken, string Scope, string? SessionKey, string? SessionSecret)
{
    /// <param name="sessionSecret">Where the platform has session keys.</param>
    public static SandboxTokens Of(IssuedTokens tokens, string? sessionSecret = null) => new(
        tokens.AccessToken, (long)tokens.Lifetime.TotalSeconds, tokens.RefreshToken, tokens.Scopes,
        sessionSecret is null ? null : tokens.SessionKey, sessionSecret);
}

/// <summary>Says why a signed call is refused; no secret is ever in the answer. A surface that takes signed calls brings one.</summary>
internal interface ISignatureExplanation
{
    Task<(SignatureExplained? Explanation, Problem? Problem)> ExplainAsync(SignatureQuestion question, CancellationToken ct);
}

/// <param name="Parameters">Of query and form together, as they were sent.</param>
/// <param name="BaseString">What the caller put together, without the secret; nothing where only the server's is asked for.</param>
internal sealed record SignatureQuestion(Dictionary<string, string>? Parameters, string? BaseString);

/// <param name="SignedWith">Whose secret made the signature: the app's, the session's, or none of this call.</param>
/// <param name="FirstDifference">Where the two base strings part; null where they do not.</param>
internal sealed record SignatureExplained(
    string SignatureName, string SignMethod, string BaseString, IReadOnlyList<string> LeftOut, string SignedWith,
    TextDifference? FirstDifference);
