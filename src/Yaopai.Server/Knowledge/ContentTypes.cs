using System.Text.Unicode;

namespace Yaopai.Server.Knowledge;

/// <summary>Tells what a file is by its first bytes: a name may say anything.</summary>
internal static class ContentTypes
{
    public const string Unknown = "application/octet-stream";
    public const string Text = "text/plain";

    /// <summary>How many of the first bytes are looked at.</summary>
    public const int Looked = 512;

    /// <summary>Where the bytes stand, the bytes, and what has them.</summary>
    private static readonly (int At, byte[] Bytes, string Type)[] s_table =
    [
        (0, "%PDF-"u8.ToArray(),                                 "application/pdf"),
        (0, [0x89, .. "PNG\r\n\x1a\n"u8],                        "image/png"),
        (0, [0xff, 0xd8, 0xff],                                  "image/jpeg"),
        (0, "GIF87a"u8.ToArray(),                                "image/gif"),
        (0, "GIF89a"u8.ToArray(),                                "image/gif"),
        (8, "WEBP"u8.ToArray(),                                  "image/webp"),
        (8, "WAVE"u8.ToArray(),                                  "audio/wav"),
        (8, "AVI "u8.ToArray(),                                  "video/x-msvideo"),
        (0, "BM"u8.ToArray(),                                    "image/bmp"),
        (0, "II*\0"u8.ToArray(),                                 "image/tiff"),
        (0, "MM\0*"u8.ToArray(),                                 "image/tiff"),
        (0, "PK\x03\x04"u8.ToArray(),                            "application/zip"), // the newer formats of Office are zips
        (0, "PK\x05\x06"u8.ToArray(),                            "application/zip"),
        (0, "Rar!\x1a\x07"u8.ToArray(),                          "application/vnd.rar"),
        (0, [.. "7z"u8, 0xbc, 0xaf, 0x27, 0x1c],                 "application/x-7z-compressed"),
        (0, [0x1f, 0x8b],                                        "application/gzip"),
        (0, [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1],    "application/x-ole-storage"), // the older formats of Office
        (4, "ftyp"u8.ToArray(),                                  "video/mp4"),
        (0, "ID3"u8.ToArray(),                                   "audio/mpeg"),
        (0, "OggS"u8.ToArray(),                                  "application/ogg"),
        (0, "{\\rtf"u8.ToArray(),                                "application/rtf"),
    ];

    public static string Of(ReadOnlySpan<byte> first)
    {
        foreach (var (at, bytes, type) in s_table)
        {
            if (first.Length >= at + bytes.Length && first[at..].StartsWith(bytes))
                return type;
        }

        return IsText(first) ? Text : Unknown;
    }

    // The last character may be cut: up to three of its bytes may be missing.
    private static bool IsText(ReadOnlySpan<byte> first)
    {
        foreach (var octet in first)
        {
            if (octet is < 0x20 and not (byte)'\t' and not (byte)'\n' and not (byte)'\r' and not (byte)'\f')
                return false;
        }

        for (var cut = 0; cut <= Math.Min(first.Length < Looked ? 0 : 3, first.Length); cut++)
        {
            if (Utf8.IsValid(first[..^cut]))
                return true;
        }

        return false;
    }
}
