namespace Yaopai.Testing;

/// <summary>Tokens, as the exchange of a code would have given them.</summary>
/// <param name="AccessToken">For the calls of the surface.</param>
/// <param name="ExpiresIn">Seconds.</param>
/// <param name="RefreshToken">Null where the surface gives none.</param>
/// <param name="Scope">Separated by spaces.</param>
/// <param name="SessionKey">At the Open API alone.</param>
/// <param name="SessionSecret">At the Open API alone.</param>
public sealed record YaopaiTokens(
    string AccessToken, long ExpiresIn, string? RefreshToken, string Scope, string? SessionKey, string? SessionSecret);
