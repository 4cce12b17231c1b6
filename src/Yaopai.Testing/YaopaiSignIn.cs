namespace Yaopai.Testing;

/// <summary>How a person is signed in: what the app would have asked for at the platform's authorization endpoint.</summary>
public sealed record YaopaiSignIn
{
    /// <summary>One of <see cref="YaopaiSurface"/>.</summary>
    public string Surface { get; init; } = YaopaiSurface.Huawei;

    /// <summary>The app; null for the first.</summary>
    public YaopaiApp? App { get; init; }

    /// <summary>Separated by spaces; null for the surface's least.</summary>
    public string? Scope { get; init; }

    /// <summary>A registered address, which the exchange of the code has to repeat; null for none.</summary>
    public string? RedirectUri { get; init; }

    /// <summary>Comes back in <see cref="YaopaiCode.RedirectTo"/>.</summary>
    public string? State { get; init; }

    /// <summary>Comes back in the ID token.</summary>
    public string? Nonce { get; init; }

    /// <summary>PKCE (RFC 7636).</summary>
    public string? CodeChallenge { get; init; }

    /// <summary><c>S256</c> or <c>plain</c>.</summary>
    public string? CodeChallengeMethod { get; init; }

    /// <summary>At Huawei Account <c>online</c> for no refresh token.</summary>
    public string? AccessType { get; init; }
}

/// <summary>A code that a person's sign-in and consent gave.</summary>
/// <param name="Code">Good once, for some minutes.</param>
/// <param name="RedirectTo">Where the browser would be sent; null without <see cref="YaopaiSignIn.RedirectUri"/>.</param>
public sealed record YaopaiCode(string Code, string? RedirectTo);
