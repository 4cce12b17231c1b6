using System.Security.Cryptography;
using System.Text;

namespace Yaopai.Server.Marketplace;

/// <summary>How a marketplace and an app's server prove to each other who speaks.</summary>
internal static class MarketSignature
{
    /// <summary>HMAC-SHA256 under key and instant of the parameters, in the order of their names, as <c>k=v</c>
    /// joined by <c>&amp;</c>.</summary>
    public static string OfCall(string key, string instant, IEnumerable<KeyValuePair<string, string>> parameters) => Of(
        key + instant,
        Encoding.UTF8.GetBytes(string.Join('&', parameters
            .OrderBy(parameter => parameter.Key, StringComparer.Ordinal)
            .Select(parameter => $"{parameter.Key}={parameter.Value}"))));

    /// <summary>HMAC-SHA256 under the key of the bytes of an answer.</summary>
    public static string OfAnswer(string key, ReadOnlySpan<byte> body) => Of(key, body);

    public static bool Matches(string expected, string came) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(came));

    private static string Of(string key, ReadOnlySpan<byte> message) =>
        Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), message));
}
