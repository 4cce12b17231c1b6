namespace Yaopai.Server.Surfaces.HuaweiAccount.Tokens;

/// <summary>The token of an Authorization header (RFC 6750 §2.1).</summary>
internal static class BearerToken
{
    private const string Scheme = "Bearer ";

    /// <summary>Empty where there is none. Of two headers neither counts.</summary>
    public static string Of(HttpRequest request) =>
        request.Headers.Authorization is [{ } header] && header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? header[Scheme.Length..].Trim() : "";
}
