using System.Security.Cryptography;
using System.Text;
using Yaopai.Server.Accounts.RealNames;

namespace Yaopai.Server.Surfaces.HuaweiAccount.People;

/// <summary>How name and number compare, in the numbers of the documents.</summary>
internal enum VerifyResult
{
    Match = 0,
    NameMismatch = 1,
    NumberMismatch = 2,
}

/// <summary>Compares what an app hashed with what is known, and takes the same time whatever comes out.</summary>
internal static class RealNameHashes
{
    /// <param name="name">SHA-512 of the name in UTF-8, as hex in any case.</param>
    /// <param name="number">The same of the number.</param>
    public static VerifyResult Compare(RealName realName, string name, string number)
    {
        var (nameHash, numberHash) = (Convert.FromHexString(name), Convert.FromHexString(number));
        var nameMatches = IsHashOf(realName.Name, nameHash);

        // The documents' text has a final x in upper case, their example in lower case.
        var numberMatches = IsHashOf(realName.Number, numberHash) | IsHashOf(realName.Number.ToLowerInvariant(), numberHash);

        return !numberMatches ? VerifyResult.NumberMismatch : !nameMatches ? VerifyResult.NameMismatch : VerifyResult.Match;
    }

    private static bool IsHashOf(string text, ReadOnlySpan<byte> hash) =>
        CryptographicOperations.FixedTimeEquals(SHA512.HashData(Encoding.UTF8.GetBytes(text)), hash);
}
