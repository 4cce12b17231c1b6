namespace Yaopai.Server.Keys;

internal enum KeyState
{
    /// <summary>Made ahead of its day.</summary>
    Prepared = 1,

    /// <summary>Seals, signs or derives now.</summary>
    Active,

    /// <summary>Signs no more, but is published so that what it signed can be verified.</summary>
    Published,

    /// <summary>Replaced. A sealing key still opens what it sealed.</summary>
    Retired,

    /// <summary>The master key does not open it.</summary>
    Lost,
}

/// <summary>A key as the operator sees it.</summary>
/// <param name="Id">The kid of a signing key, the key id of a sealing key, empty for the identifier key.</param>
internal sealed record KeyDescription(KeyKind Kind, string Slot, DateTimeOffset ValidFrom, string Id, KeyState State);
