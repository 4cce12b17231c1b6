using Microsoft.Extensions.Options;

namespace Yaopai.Server.Recognition;

/// <summary>A picture that an engine may be given: of a known format, and not too large for it.</summary>
internal sealed record Picture(ReadOnlyMemory<byte> Bytes, int Width, int Height)
{
    /// <summary>By how many degrees (0, 90, 180, 270) it has to be turned clockwise to stand upright, as far as that is known.</summary>
    public int Rotation { get; init; }
}

/// <summary>Lets in what is a picture and within the limits, before anything unpacks it.</summary>
internal sealed class Pictures(IOptions<RecognitionOptions> options)
{
    /// <summary>Nothing that can be read is smaller.</summary>
    private const int ShortestEdge = 15;

    private const int LongestEdge = 8192;

    /// <summary>Null for what is none, or too small or too large.</summary>
    public Picture? Open(ReadOnlyMemory<byte> bytes) =>
        PictureHeader.Read(bytes.Span) is ( >= ShortestEdge and <= LongestEdge, >= ShortestEdge and <= LongestEdge) size
            && size.Width * size.Height <= options.Value.MaxPixels
            ? new(bytes, (int)size.Width, (int)size.Height)
            : null;
}
