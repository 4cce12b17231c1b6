using System.Buffers.Binary;

namespace Yaopai.Server.Recognition;

/// <summary>Finds out how large a picture is before anything unpacks it.</summary>
/// <remarks>It also keeps everything else from the program that reads pictures, which takes a text for a list of files to read.</remarks>
internal static class PictureHeader
{
    private static readonly byte[] s_png = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>Null for what is no PNG, JPEG, GIF, BMP or WebP, or ends within its header.</summary>
    public static (long Width, long Height)? Read(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith(s_png) ? Png(bytes)
        : bytes is [0xFF, 0xD8, 0xFF, ..] ? Jpeg(bytes)
        : bytes.StartsWith("GIF87a"u8) || bytes.StartsWith("GIF89a"u8) ? Gif(bytes)
        : bytes.StartsWith("BM"u8) ? Bmp(bytes)
        : bytes.Length > 30 && bytes.StartsWith("RIFF"u8) && bytes[8..12].SequenceEqual("WEBP"u8) ? WebP(bytes)
        : null;

    private static (long, long)? Png(ReadOnlySpan<byte> bytes) =>
        bytes.Length >= 24 && bytes[12..16].SequenceEqual("IHDR"u8)
            ? (BinaryPrimitives.ReadUInt32BigEndian(bytes[16..]), BinaryPrimitives.ReadUInt32BigEndian(bytes[20..]))
            : null;

    /// <summary>ITU T.81: segments up to the one that begins a frame.</summary>
    private static (long, long)? Jpeg(ReadOnlySpan<byte> bytes)
    {
        var at = 2;
        while (at + 9 <= bytes.Length && bytes[at] is 0xFF)
        {
            var marker = bytes[at + 1];
            if (marker is 0xFF or 0x01 or (>= 0xD0 and <= 0xD7))
            {
                at += marker is 0xFF ? 1 : 2; // filling, or a marker without a segment
                continue;
            }

            if (marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC))
                return (BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 7)..]), BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 5)..]));

            at += 2 + BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 2)..]);
        }

        return null;
    }

    /// <summary>The larger of the screen and its first picture, which need not lie within it.</summary>
    private static (long, long)? Gif(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 13)
            return null;

        var (width, height) = (ReadSmall(bytes, 6), ReadSmall(bytes, 8));
        var at = 13 + Colours(bytes[10]);
        while (at + 10 <= bytes.Length && bytes[at] is 0x21)
        {
            at += 2;
            while (at < bytes.Length && bytes[at] is not 0)
                at += bytes[at] + 1;
            at++;
        }

        return at + 10 <= bytes.Length && bytes[at] is 0x2C
            ? (Math.Max(width, ReadSmall(bytes, at + 5)), Math.Max(height, ReadSmall(bytes, at + 7)))
            : null;

        static int Colours(byte flags) => (flags & 0x80) is 0 ? 0 : 3 << ((flags & 7) + 1);
    }

    private static (long, long)? Bmp(ReadOnlySpan<byte> bytes) =>
        bytes.Length < 26 ? null
        : BinaryPrimitives.ReadUInt32LittleEndian(bytes[14..]) is 12 ? (ReadSmall(bytes, 18), ReadSmall(bytes, 20))
        : (BinaryPrimitives.ReadInt32LittleEndian(bytes[18..]), Math.Abs((long)BinaryPrimitives.ReadInt32LittleEndian(bytes[22..])));

    private static (long, long)? WebP(ReadOnlySpan<byte> bytes)
    {
        if (bytes[12..16].SequenceEqual("VP8 "u8))
            return (ReadSmall(bytes, 26) & 0x3FFF, ReadSmall(bytes, 28) & 0x3FFF);

        if (bytes[12..16].SequenceEqual("VP8L"u8))
        {
            var sizes = BinaryPrimitives.ReadUInt32LittleEndian(bytes[21..]);
            return ((sizes & 0x3FFF) + 1, ((sizes >> 14) & 0x3FFF) + 1);
        }

        return bytes[12..16].SequenceEqual("VP8X"u8) ? (ReadMedium(bytes[24..]) + 1, ReadMedium(bytes[27..]) + 1) : null;

        static long ReadMedium(ReadOnlySpan<byte> at) => at[0] | (at[1] << 8) | (at[2] << 16);
    }

    private static long ReadSmall(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);
}
