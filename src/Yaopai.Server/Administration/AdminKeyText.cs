using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Yaopai.Server.Administration;

/// <summary>An admin key as it is shown: a word by which tools that look for leaked secrets find it, the id, and 32 random bytes.</summary>
/// <remarks>A slow hash would protect nothing that so much chance does not.</remarks>
internal static class AdminKeyText
{
    public const string Prefix = "yaopai_";

    private const int IdLength = 16;
    private const int SecretLength = 64;

    /// <summary>What a key is compared with that there is not, so that looking for one takes the same work.</summary>
    private static readonly byte[] s_nobody = RandomNumberGenerator.GetBytes(SHA256.HashSizeInBytes);

    public static string Id(long id) => id.ToString("x16", CultureInfo.InvariantCulture);

    public static bool TryReadId(string text, out long id)
    {
        id = 0;
        return text.Length == IdLength && text.All(char.IsAsciiHexDigitLower)
            && long.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out id) && id > 0;
    }

    public static long NewId() => RandomNumberGenerator.GetInt32(1, int.MaxValue) * (1L << 32)
        | (uint)RandomNumberGenerator.GetInt32(int.MinValue, int.MaxValue);

    public static string NewSecret() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(SecretLength / 2));

    public static string Write(long id, string secret) => $"{Prefix}{Id(id)}_{secret}";

    public static byte[] Hash(string secret) => SHA256.HashData(Encoding.ASCII.GetBytes(secret));

    /// <summary>False for what no key looks like.</summary>
    public static bool TryRead(string text, out long id, out string secret)
    {
        (id, secret) = (0, "");
        if (text.Length != Prefix.Length + IdLength + 1 + SecretLength || !text.StartsWith(Prefix, StringComparison.Ordinal)
            || text[Prefix.Length + IdLength] is not '_' || !TryReadId(text.Substring(Prefix.Length, IdLength), out id))
            return false;

        secret = text[^SecretLength..];
        return true;
    }

    /// <summary>Whether it is the key's secret, or the one before while that holds. Takes the same time whichever it is, and whether
    /// any is; also where there is no key.</summary>
    public static bool Matches(AdminKey? key, string secret, DateTimeOffset now)
    {
        var shown = Hash(secret);
        var isCurrent = CryptographicOperations.FixedTimeEquals(key?.Hash ?? s_nobody, shown);
        var isPrevious = CryptographicOperations.FixedTimeEquals(key?.PreviousHash ?? s_nobody, shown) & now < key?.PreviousUntil;
        return key is not null & (isCurrent | isPrevious);
    }
}
