using System.Buffers;
using System.Buffers.Binary;

namespace Yaopai.Server.Hosting.Tls;

/// <summary>What a caller says it can do (RFC 8446 §4.1.2), as far as the choice between RSA and ECDSA needs it.</summary>
/// <param name="TakesEcdsa">It offers TLS 1.3, where suites do not name the kind of key, or one of our two ECDSA suites.</param>
internal sealed record ClientHello(bool TakesEcdsa, IReadOnlyList<ushort> Signatures, IReadOnlyList<ushort> Curves)
{
    private const int Headers = 5 + 4 + 2 + 32; // of the record, of the message; version, random
    private const ushort SupportedGroups = 10;
    private const ushort SignatureAlgorithms = 13;
    private const ushort SupportedVersions = 43;
    private const ushort Tls13 = 0x0304;
    private const ushort EcdsaAes128Gcm = 0xc02b;
    private const ushort EcdsaAes256Gcm = 0xc02c;

    public static readonly ClientHello Unknown = new(false, [], []);

    /// <summary>Reads the first record of a connection; <see cref="Unknown"/> where it is cut or is something else.</summary>
    public static ClientHello Read(in ReadOnlySequence<byte> record)
    {
        var rest = (ReadOnlySpan<byte>)record.ToArray();
        if (rest.Length < Headers)
            return Unknown;

        rest = rest[Headers..];
        if (!TryTake(ref rest, 1, out _) || !TryTake(ref rest, 2, out var suites)
            || !TryTake(ref rest, 1, out _) || !TryTake(ref rest, 2, out var extensions))
            return Unknown;

        ushort[] signatures = [], curves = [], versions = [];
        while (TryTakeNumber(ref extensions, out var type) && TryTake(ref extensions, 2, out var content))
        {
            switch (type)
            {
                case SupportedGroups when TryTake(ref content, 2, out var list):
                    curves = Numbers(list);
                    break;
                case SignatureAlgorithms when TryTake(ref content, 2, out var list):
                    signatures = Numbers(list);
                    break;
                case SupportedVersions when TryTake(ref content, 1, out var list):
                    versions = Numbers(list);
                    break;
            }
        }

        var offered = Numbers(suites);
        return new ClientHello(
            versions.Contains(Tls13) || offered.Contains(EcdsaAes128Gcm) || offered.Contains(EcdsaAes256Gcm), signatures, curves);
    }

    /// <summary>A vector: its length in one or two bytes, then its content.</summary>
    private static bool TryTake(ref ReadOnlySpan<byte> rest, int lengthBytes, out ReadOnlySpan<byte> content)
    {
        content = default;
        if (rest.Length < lengthBytes)
            return false;

        var length = lengthBytes == 1 ? rest[0] : BinaryPrimitives.ReadUInt16BigEndian(rest);
        if (rest.Length < lengthBytes + length)
            return false;

        content = rest.Slice(lengthBytes, length);
        rest = rest[(lengthBytes + length)..];
        return true;
    }

    private static bool TryTakeNumber(ref ReadOnlySpan<byte> rest, out ushort number)
    {
        if (!BinaryPrimitives.TryReadUInt16BigEndian(rest, out number))
            return false;

        rest = rest[2..];
        return true;
    }

    private static ushort[] Numbers(ReadOnlySpan<byte> list)
    {
        var numbers = new ushort[list.Length / 2];
        for (var i = 0; i < numbers.Length; i++)
            numbers[i] = BinaryPrimitives.ReadUInt16BigEndian(list[(2 * i)..]);

        return numbers;
    }
}
