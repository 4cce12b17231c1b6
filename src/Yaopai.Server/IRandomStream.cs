namespace Yaopai.Server;

/// <summary>Values that look random, and are the same again under the same seed.</summary>
internal interface IRandomStream
{
    /// <summary>False where no seed is set for what is under way.</summary>
    bool TryFill(Span<byte> bytes);

    /// <summary>Says for which app something is under way, where that is found out later.</summary>
    void Concern(long appId)
    {
    }
}
