using System.Security.Cryptography;
using System.Text;

namespace Yaopai.Server.Surfaces.OpenApi.Calls;

/// <summary>How a signature over the parameters of a call is made.</summary>
internal enum SignatureMethod
{
    /// <summary>MD5 of the base string with the secret behind it: what the platform's published clients send.</summary>
    Md5,

    /// <summary>HMAC-SHA-256 of the base string, keyed with the secret.</summary>
    HmacSha256,
}

/// <summary>Signatures over parameters: sorted by name, <c>name=value</c> one after the other, raw UTF-8, no separator.</summary>
internal static class Signature
{
    private static readonly HashSet<string> s_secret =
        ["access_token", "session_key", "client_secret", "refresh_token", "code", "password"];

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

    /// <summary>What is signed. Some clients leave parameters without a value out, others sign them.</summary>
    public static string BaseString(IEnumerable<KeyValuePair<string, string>> parameters, string signatureName, bool withEmpty)
    {
        var text = new StringBuilder();
        foreach (var (name, value) in parameters
            .Where(parameter => parameter.Key is not "" && parameter.Key != signatureName && (withEmpty || parameter.Value is not ""))
            .OrderBy(parameter => parameter.Key, Utf8Order.Instance))
            text.Append(name).Append('=').Append(value);

        return text.ToString();
    }

#pragma warning disable CA5351 // MD5 is what the platform's contract asks for; hmac-sha256 is offered beside it
    /// <summary>In lower-case hex.</summary>
    public static string Sign(SignatureMethod method, string baseString, string secret) => method switch
    {
        SignatureMethod.HmacSha256 =>
            Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(baseString))),
        _ => Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(baseString + secret))),
    };
#pragma warning restore CA5351

    /// <summary>In constant time, whichever of the two readings of empty values the caller signed.</summary>
    public static bool Holds(
        SignatureMethod method, IReadOnlyCollection<KeyValuePair<string, string>> parameters, string signatureName, string signature,
        string secret)
    {
        var hasEmpty = parameters.Any(parameter => parameter.Value is "" && parameter.Key is not "" && parameter.Key != signatureName);
        var holds = Matches(withEmpty: false);
        return hasEmpty ? holds | Matches(withEmpty: true) : holds;

        bool Matches(bool withEmpty) => CryptographicOperations.FixedTimeEquals(
            Encoding.UTF8.GetBytes(Sign(method, BaseString(parameters, signatureName, withEmpty), secret)),
            Encoding.UTF8.GetBytes(signature));
    }

    /// <summary>By the bytes of UTF-8: what PHP, Java and C# clients agree on,
    /// and what ordinal UTF-16 is not beyond the basic plane.</summary>
    private sealed class Utf8Order : IComparer<string>
    {
        public static readonly Utf8Order Instance = new();

        public int Compare(string? left, string? right)
        {
            var l = left.AsSpan();
            var r = right.AsSpan();
            var common = l.CommonPrefixLength(r);
            if (common == l.Length || common == r.Length)
                return l.Length - r.Length;

            // Surrogates stand below U+E000 in UTF-16, but above it in UTF-8.
            var (a, b) = (l[common], r[common]);
            return char.IsSurrogate(a) == char.IsSurrogate(b) ? a - b : char.IsSurrogate(a) ? 1 : -1;
        }
    }
}
