namespace Yaopai.Server.DataStore;

/// <summary>How many things an app may define, and name in one call.</summary>
internal static class DataLimits
{
    public const int Types = 200;
    public const int PropertiesOfType = 200;
    public const int Associations = 200;

    /// <summary>Ids, keys, values or associations in one call.</summary>
    public const int InOneCall = 200;

    /// <summary>Bytes of the values in one answer, as they are counted for the quota.</summary>
    public const int BytesOfAnswer = 1024 * 1024;

    /// <summary>Associated objects in one answer.</summary>
    public const int LargestPage = 1000;

    public const int LastPage = 1_000_000;

    public static bool Fit<T>(IReadOnlyCollection<T> some) => some.Count <= InOneCall;
}
