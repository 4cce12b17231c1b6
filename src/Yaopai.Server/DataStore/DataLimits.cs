namespace Yaopai.Server.DataStore;

/// <summary>How many things an app may define, and name in one call.</summary>
internal static class DataLimits
{
    public const int Types = 200;
    public const int PropertiesOfType = 200;
    public const int Associations = 200;

    /// <summary>Ids, keys, values or associations in one call.</summary>
    public const int InOneCall = 200;

    public static bool Fit<T>(IReadOnlyCollection<T> some) => some.Count <= InOneCall;
}
