using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Yaopai.Server;

/// <summary>Where ids, codes, secrets and nonces come from: the system's generator, and in a sandbox with a random seed the stream of the
/// request under way.</summary>
/// <remarks>Static, because it is asked from deep inside; the stream belongs to the context of the caller, so that several servers in one
/// process do not meet.</remarks>
internal static class Randomness
{
    private const string HexDigits = "0123456789abcdef";

    private static readonly AsyncLocal<IRandomStream?> s_stream = new();

    /// <summary>Never set outside a sandbox with a random seed: everywhere else nobody looks for a stream.</summary>
    private static volatile bool s_mayBeSeeded;

    public static void Fill(Span<byte> bytes)
    {
        if (!s_mayBeSeeded || s_stream.Value?.TryFill(bytes) is not true)
            RandomNumberGenerator.Fill(bytes);
    }

    public static byte[] GetBytes(int count)
    {
        var bytes = new byte[count];
        Fill(bytes);
        return bytes;
    }

    public static int GetInt32(int toExclusive) => GetInt32(0, toExclusive);

    public static int GetInt32(int fromInclusive, int toExclusive)
    {
        if (!s_mayBeSeeded)
            return RandomNumberGenerator.GetInt32(fromInclusive, toExclusive);

        Span<byte> drawn = stackalloc byte[sizeof(ulong)];
        Fill(drawn);
        return (int)(fromInclusive + (long)(BinaryPrimitives.ReadUInt64LittleEndian(drawn) % (ulong)((long)toExclusive - fromInclusive)));
    }

    public static string GetString(ReadOnlySpan<char> letters, int length)
    {
        if (!s_mayBeSeeded)
            return RandomNumberGenerator.GetString(letters, length);

        Span<char> text = stackalloc char[length];
        for (var at = 0; at < length; at++)
            text[at] = letters[GetInt32(letters.Length)];
        return new string(text);
    }

    /// <summary>Lower-case hexadecimal digits.</summary>
    public static string GetHexString(int length) => GetString(HexDigits, length);

    /// <summary>53 bits, which JSON numbers hold exactly.</summary>
    public static long GetInt53()
    {
        Span<byte> drawn = stackalloc byte[sizeof(long)];
        Fill(drawn);
        return BinaryPrimitives.ReadInt64LittleEndian(drawn) & ((1L << 53) - 1);
    }

    public static long GetInt64()
    {
        Span<byte> drawn = stackalloc byte[sizeof(long)];
        Fill(drawn);
        return BinaryPrimitives.ReadInt64LittleEndian(drawn);
    }

    /// <summary>A UUID of version 4 (RFC 9562 §5.4).</summary>
    public static Guid NewGuid() => s_mayBeSeeded ? Drawn(4) : Guid.NewGuid();

    /// <summary>A UUID of version 7, in the order of time (RFC 9562 §5.7).</summary>
    public static Guid NewGuidAt(DateTimeOffset now)
    {
        if (!s_mayBeSeeded)
            return Guid.CreateVersion7(now);

        Span<byte> bytes = stackalloc byte[16];
        Drawn(7).TryWriteBytes(bytes, bigEndian: true, out _);
        Span<byte> instant = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(instant, now.ToUnixTimeMilliseconds());
        instant[2..].CopyTo(bytes);
        return new Guid(bytes, bigEndian: true);
    }

    /// <summary>From here on, in this context and what it calls; null for the system's generator.</summary>
    public static void DrawFrom(IRandomStream? stream)
    {
        if (stream is not null)
            s_mayBeSeeded = true;
        if (s_mayBeSeeded)
            s_stream.Value = stream;
    }

    /// <summary>What is drawn from a stream of its own, in the middle of something else.</summary>
    public static T Draw<T>(IRandomStream? stream, Func<T> draw)
    {
        if (stream is null)
            return draw();

        var before = s_stream.Value;
        DrawFrom(stream);
        try
        {
            return draw();
        }
        finally
        {
            DrawFrom(before);
        }
    }

    /// <summary>Says for which app the request under way is.</summary>
    public static void Concern(long appId)
    {
        if (s_mayBeSeeded)
            s_stream.Value?.Concern(appId);
    }

    private static Guid Drawn(byte version)
    {
        Span<byte> bytes = stackalloc byte[16];
        Fill(bytes);
        bytes[6] = (byte)((bytes[6] & 0x0f) | (version << 4));
        bytes[8] = (byte)((bytes[8] & 0x3f) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }
}
