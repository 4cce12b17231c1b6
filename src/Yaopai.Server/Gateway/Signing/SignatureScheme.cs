using System.Security.Cryptography;
using System.Text;

namespace Yaopai.Server.Gateway.Signing;

/// <summary>How callers of one platform sign the parameters of a call: <c>name=value</c>, sorted by name, raw UTF-8.</summary>
internal sealed record SignatureScheme
{
    /// <summary>What stands between two parameters.</summary>
    public required string Separator { get; init; }

    /// <summary>What stands between the last parameter and the secret, where the secret is appended.</summary>
    public required string BeforeSecret { get; init; }

    /// <summary>HMAC is made of the text with the secret behind it too, and not only keyed with it.</summary>
    public bool AppendsSecretToHmac { get; init; }

    /// <summary>Callers may have signed parameters without a value: some clients leave them out, others do not.</summary>
    public bool MaySignEmpty { get; init; }

    /// <summary>The hexadecimal digits of a signature may be of either case.</summary>
    public bool IgnoresCase { get; init; }

    /// <summary>What is signed, before the secret comes to it.</summary>
    public string BaseString(IEnumerable<KeyValuePair<string, string>> parameters, string signatureName, bool withEmpty = false)
    {
        var text = new StringBuilder();
        foreach (var (name, value) in parameters
            .Where(parameter => parameter.Key is not "" && parameter.Key != signatureName && (withEmpty || parameter.Value is not ""))
            .OrderBy(parameter => parameter.Key, Utf8Order.Instance))
            text.Append(text.Length > 0 ? Separator : "").Append(name).Append('=').Append(value);

        return text.ToString();
    }

#pragma warning disable CA5351 // MD5 is what contracts of platforms ask for; HMAC-SHA-256 is offered beside it
    /// <summary>In lower-case hex.</summary>
    public string Sign(SignatureMethod method, string baseString, string secret) => Convert.ToHexStringLower(method switch
    {
        SignatureMethod.HmacSha256 => HMACSHA256.HashData(
            Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(AppendsSecretToHmac ? WithSecret(baseString, secret) : baseString)),
        _ => MD5.HashData(Encoding.UTF8.GetBytes(WithSecret(baseString, secret))),
    });
#pragma warning restore CA5351

    /// <summary>In constant time, whichever reading of empty values the caller signed.</summary>
    public bool Holds(
        SignatureMethod method, IReadOnlyCollection<KeyValuePair<string, string>> parameters, string signatureName, string signature,
        string secret)
    {
        var sent = Encoding.UTF8.GetBytes(IgnoresCase ? signature.ToLowerInvariant() : signature);
        var hasEmpty = MaySignEmpty
            && parameters.Any(parameter => parameter.Value is "" && parameter.Key is not "" && parameter.Key != signatureName);
        var holds = Matches(withEmpty: false);
        return hasEmpty ? holds | Matches(withEmpty: true) : holds;

        bool Matches(bool withEmpty) => CryptographicOperations.FixedTimeEquals(
            Encoding.UTF8.GetBytes(Sign(method, BaseString(parameters, signatureName, withEmpty), secret)), sent);
    }

    /// <summary>What the server signed; and what the caller did instead, where the signature shows that it is one of the common slips:
    /// another separator, parameters without a value, values as a query has them, the order in which they were sent.</summary>
    /// <param name="shown">The same parameters as they may be shown.</param>
    public (string Expected, string? Actual) Explain(
        SignatureMethod method, IReadOnlyList<KeyValuePair<string, string>> parameters,
        IReadOnlyList<KeyValuePair<string, string>> shown, string signatureName, string signature, IEnumerable<string> secrets)
    {
        var sent = Encoding.UTF8.GetBytes(IgnoresCase ? signature.ToLowerInvariant() : signature);
        var slip = (from secret in secrets
                    from reading in Reading.All(Separator)
                    where CryptographicOperations.FixedTimeEquals(
                        Encoding.UTF8.GetBytes(Sign(method, reading.Read(parameters, signatureName), secret)), sent)
                    select reading).FirstOrDefault();
        return (BaseString(shown, signatureName), slip?.Read(shown, signatureName));
    }

    private string WithSecret(string baseString, string secret) => string.Concat(baseString, BeforeSecret, secret);

    /// <summary>A way in which callers put together what they sign.</summary>
    private sealed record Reading(string Separator, bool WithEmpty, bool IsEncoded, bool IsSorted)
    {
        private static readonly bool[] s_either = [false, true];

        public static IEnumerable<Reading> All(string separator) =>
            from between in new[] { separator, separator is "" ? "&" : "" }
            from withEmpty in s_either
            from isEncoded in s_either
            from isAsSent in s_either
            select new Reading(between, withEmpty, isEncoded, IsSorted: !isAsSent);

        public string Read(IEnumerable<KeyValuePair<string, string>> parameters, string signatureName)
        {
            var signed = parameters.Where(one => one.Key is not "" && one.Key != signatureName && (WithEmpty || one.Value is not ""));
            return string.Join(Separator, (IsSorted ? signed.OrderBy(one => one.Key, Utf8Order.Instance) : signed)
                .Select(one => $"{one.Key}={(IsEncoded && one.Value is not "…" ? Uri.EscapeDataString(one.Value) : one.Value)}"));
        }
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
