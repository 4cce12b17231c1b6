namespace Yaopai.Server.Keys;

/// <summary>What became of opening a sealed credential.</summary>
internal enum OpenResult
{
    Opened = 1,

    /// <summary>Not sealed by the key it names, or not for this purpose, or changed since.</summary>
    Unverified,

    /// <summary>Sealed by a key that is not in memory: made by another node a moment ago, or long gone, or never ours.</summary>
    UnknownKey,
}
