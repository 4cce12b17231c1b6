using Yaopai.Server.Gateway.Signing;

namespace Yaopai.Server.Surfaces.OpenApi.Calls;

/// <summary>Signatures of calls, as this platform's clients make them: no separator, the secret directly behind.</summary>
internal static class Signature
{
    private static readonly HashSet<string> s_secret =
        ["access_token", "session_key", "client_secret", "refresh_token", "code", "password"];

    public static SignatureScheme Scheme { get; } = new() { Separator = "", BeforeSecret = "", MaySignEmpty = true };

    /// <summary>Null for a method that is not offered; nothing named means MD5.</summary>
    public static SignatureMethod? MethodOf(string signMethod) => signMethod switch
    {
        "" or "md5" => SignatureMethod.Md5,
        "hmac-sha256" => SignatureMethod.HmacSha256,
        _ => null,
    };

    public static string Describe(SignatureMethod method) =>
        method is SignatureMethod.Md5 ? "md5: the secret is appended" : "hmac-sha256: the secret is the key";

    /// <summary>The parameters without what opens something, for a log.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Masked(IEnumerable<KeyValuePair<string, string>> parameters) =>
        parameters.Select(parameter => s_secret.Contains(parameter.Key) ? KeyValuePair.Create(parameter.Key, "…") : parameter);
}
