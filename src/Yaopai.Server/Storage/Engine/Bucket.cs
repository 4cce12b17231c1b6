namespace Yaopai.Server.Storage.Engine;

/// <summary>Ten minutes in which rows expire together, so that they can leave together.</summary>
internal static class Bucket
{
    private const long Seconds = 600;

    /// <summary>The bucket at whose end a row that is needed until <paramref name="keepUntil"/> may leave.</summary>
    public static long Of(DateTimeOffset keepUntil) => (keepUntil.ToUnixTimeMilliseconds() + (Seconds * 1000) - 1) / (Seconds * 1000);

    /// <summary>The last bucket whose rows may leave.</summary>
    public static long LastPassed(DateTimeOffset now) => now.ToUnixTimeSeconds() / Seconds;

    public static DateTimeOffset EndOf(long bucket) =>
        bucket >= Of(DateTimeOffset.MaxValue) ? DateTimeOffset.MaxValue : DateTimeOffset.FromUnixTimeSeconds(bucket * Seconds);
}
