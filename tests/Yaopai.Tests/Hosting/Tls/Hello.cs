using System.Buffers.Binary;

namespace Yaopai.Tests.Hosting.Tls;

/// <summary>The first bytes of a caller (RFC 5246 §7.4.1.2), so that a test may say what no library would.</summary>
internal static class Hello
{
    public const ushort EcdsaAes128Gcm = 0xc02b;
    public const ushort RsaAes128Gcm = 0xc02f;
    public const ushort EcdsaP256 = 0x0403;
    public const ushort RsaPkcs1 = 0x0401;
    public const ushort P256 = 0x0017;
    public const ushort X25519 = 0x001d;

    public static byte[] Of(ushort version, ushort[] suites, ushort[] signatures, ushort[] curves, ushort[]? versions = null)
    {
        byte[] extensions =
        [
            .. Extension(10, Sized(2, Numbers(curves))),
            .. Extension(11, [1, 0]),
            .. Extension(13, Sized(2, Numbers(signatures))),
            .. versions is null ? [] : Extension(43, Sized(1, Numbers(versions))),
        ];
        byte[] body =
        [
            .. Numbers([version]), .. new byte[32], 0, .. Sized(2, Numbers(suites)), 1, 0, .. Sized(2, extensions),
        ];
        return [22, 3, 1, .. Sized(2, [1, 0, .. Sized(2, body)])];
    }

    private static byte[] Extension(ushort type, byte[] content) => [.. Numbers([type]), .. Sized(2, content)];

    private static byte[] Sized(int lengthBytes, byte[] content) =>
        [.. lengthBytes == 1 ? [(byte)content.Length] : Numbers([(ushort)content.Length]), .. content];

    private static byte[] Numbers(ushort[] numbers)
    {
        var bytes = new byte[numbers.Length * 2];
        for (var i = 0; i < numbers.Length; i++)
            BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(2 * i), numbers[i]);

        return bytes;
    }
}
