using Yaopai.Server.Storage.Engine;

namespace Yaopai.Server.Storage.Sql.DataStore;

/// <summary>Ids of what an app stores: the millisecond, and 21 random bits below it. Positive until the year 2109.</summary>
/// <remarks>Two of one app may be equal; then another one is made when the object is stored.</remarks>
internal static class DataId
{
    private const int RandomBits = 21;

    public static long New(DateTimeOffset now) =>
        (now.ToMilliseconds() << RandomBits) | (long)Randomness.GetInt32(1 << RandomBits);
}
