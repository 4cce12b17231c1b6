namespace Yaopai.Server.Keys;

/// <summary>How far a text, or the bytes that it stands for, came on its way to what was sealed.</summary>
internal enum UnsealResult
{
    Unsealed = 1,

    /// <summary>Not of the alphabet that it should be written in.</summary>
    NotEncoded,

    /// <summary>Bytes, but not laid out like anything of ours.</summary>
    NotSealed,

    /// <summary>Not sealed by the key it names, or not for this purpose, or changed since.</summary>
    Unverified,

    /// <summary>Sealed by a key that is not in memory: made by another node a moment ago, or long gone, or never ours.</summary>
    UnknownKey,

    /// <summary>Sealed by a key that is stored and does not open.</summary>
    LostKey,
}
