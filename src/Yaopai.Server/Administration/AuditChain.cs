using System.Security.Cryptography;
using System.Text;

namespace Yaopai.Server.Administration;

/// <summary>How the entries of the audit log hold each other.</summary>
internal static class AuditChain
{
    public const int HashLength = SHA256.HashSizeInBytes;

    private static readonly UTF8Encoding s_utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: false);

    /// <summary>SHA-256 of the hash before, and of each value as a netstring (<c>5:hello,</c>) of its UTF-8; of null as <c>-,</c>. So no
    /// two entries have the same bytes, and a few lines of any language compute it.</summary>
    public static byte[] HashOf(long sequence, AuditRecord record, byte[] previous)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(previous);
        foreach (var value in ValuesOf(sequence, record))
            hash.AppendData(Netstring(value));

        return hash.GetHashAndReset();
    }

    private static IEnumerable<string?> ValuesOf(long sequence, AuditRecord record) =>
    [
        $"{sequence}",
        $"{record.At.ToUnixTimeMilliseconds()}",
        record.Actor.Kind, record.Actor.Id, record.Actor.Name, record.Actor.Address,
        record.Action, record.ObjectKind, record.ObjectId,
        OutcomeOf(record.Outcome),
        record.Before, record.After,
    ];

    public static string OutcomeOf(AuditOutcome outcome) => outcome.ToString().ToLowerInvariant();

    private static byte[] Netstring(string? value) => value is null
        ? "-,"u8.ToArray()
        : s_utf8.GetBytes($"{s_utf8.GetByteCount(value)}:{value},");
}
