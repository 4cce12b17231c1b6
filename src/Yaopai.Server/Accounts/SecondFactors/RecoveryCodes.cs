using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Yaopai.Server.Keys;

namespace Yaopai.Server.Accounts.SecondFactors;

/// <summary>Codes that a person keeps on paper for the day on which their phone is gone. Each is good once.</summary>
internal static class RecoveryCodes
{
    public const int Count = 10;

    private const string Letters = "abcdefghjkmnpqrstuvwxyz23456789"; // nothing that reads like something else
    private const int Half = 5; // 49 bits in all
    private const int LengthOfHash = 16;

    public static IReadOnlyList<string> New() =>
        [.. Enumerable.Range(0, Count).Select(_ => $"{NewHalf()}-{NewHalf()}")];

    /// <summary>Without what people leave out or add: <c>ABCDE fghjk</c> is <c>abcde-fghjk</c>. Null for what can be none.</summary>
    public static string? Read(string typed)
    {
        var plain = string.Concat(typed.Where(c => c is not ('-' or ' '))).ToLowerInvariant();
        return plain.Length is 2 * Half && plain.All(Letters.Contains) ? $"{plain[..Half]}-{plain[Half..]}" : null;
    }

    private static string NewHalf() => Randomness.GetString(Letters, Half);

    /// <summary>Keyed, so that whoever has the database alone has nothing to try codes against.</summary>
    public static byte[] HashOf(KeyRing keys, long accountId, string code)
    {
        var text = Encoding.UTF8.GetBytes(code);
        var owned = new byte[sizeof(long) + text.Length];
        BinaryPrimitives.WriteInt64BigEndian(owned, accountId);
        text.CopyTo(owned, sizeof(long));
        Span<byte> derived = stackalloc byte[IdentifierKey.DerivedLength];
        keys.Derive("recovery code"u8, SHA256.HashData(owned), derived);
        return derived[..LengthOfHash].ToArray();
    }
}
