using System.Buffers.Binary;

namespace Yaopai.Server.Credentials;

/// <summary>The id of a refresh token that is replaced whenever it is used: a chain, and the place in it.</summary>
/// <remarks>
/// A token whose place is not above the last one that was used was used before, so that one row a chain is enough for all of its uses.
/// It is a UUID of version 8, the last 24 bits of which are the place; those of version 7 were made by an older server, and have a row
/// each.
/// </remarks>
internal static class RefreshTokenId
{
    private const int PlaceBytes = 3;
    private const int LastPlace = (1 << (8 * PlaceBytes)) - 1;
    private const byte Version = 0x80;

    /// <summary>Of a new chain. In the order of time, as other ids are.</summary>
    public static Guid First(DateTimeOffset now)
    {
        Span<byte> id = stackalloc byte[16];
        Randomness.NewGuidAt(now).TryWriteBytes(id, bigEndian: true, out _);
        id[6] = (byte)(Version | (id[6] & 0x0f));
        return At(id, 1);
    }

    /// <summary>The next in the chain; the first of a new one where there is no next.</summary>
    public static Guid After(Guid id, DateTimeOffset now) =>
        TryRead(id, out var chain, out var place) && place < LastPlace ? At(chain.ToByteArray(bigEndian: true), place + 1) : First(now);

    /// <summary>False for one that is in no chain.</summary>
    public static bool TryRead(Guid id, out Guid chain, out int place)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        place = BinaryPrimitives.ReadInt32BigEndian(bytes[^4..]) & LastPlace;
        chain = At(bytes, 0);
        return (bytes[6] & 0xf0) == Version;
    }

    private static Guid At(Span<byte> id, int place)
    {
        (id[^3], id[^2], id[^1]) = ((byte)(place >> 16), (byte)(place >> 8), (byte)place);
        return new Guid(id, bigEndian: true);
    }
}
