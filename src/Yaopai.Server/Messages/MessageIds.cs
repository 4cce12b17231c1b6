namespace Yaopai.Server.Messages;

/// <summary>Ids that grow with the time, so that the latest of an inbox are the last of an index.</summary>
internal static class MessageIds
{
    /// <summary>Beside the milliseconds: enough that two messages hardly meet, few enough for eighteen digits until 2090.</summary>
    private const int RandomBits = 18;

    /// <summary>The lowest id that a message of this moment can have.</summary>
    public static long FirstAt(DateTimeOffset moment) => moment.ToUnixTimeMilliseconds() << RandomBits;

    public static long NewId(DateTimeOffset now) => FirstAt(now) + Randomness.GetInt32(1 << RandomBits);
}
