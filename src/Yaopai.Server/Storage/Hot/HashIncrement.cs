namespace Yaopai.Server.Storage.Hot;

/// <summary>What to add to a number in an app's hash values.</summary>
/// <param name="Property">A name, or "" for the value of the key itself.</param>
internal readonly record struct HashIncrement(long AppId, string Type, string Key, string Property, long By)
{
    /// <summary>The least number that does not underflow.</summary>
    public long Least => long.MinValue - Math.Min(By, 0);

    /// <summary>The greatest number that does not overflow.</summary>
    public long Most => long.MaxValue - Math.Max(By, 0);
}
