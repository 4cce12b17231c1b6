namespace Yaopai.Server.Consents.Scans;

internal enum ScanState
{
    Waiting = 0,

    /// <summary>Another platform said who scanned the QR code.</summary>
    Scanned = 1,

    /// <summary>Whoever showed the QR code has taken what came of it.</summary>
    Taken = 2,
}

/// <summary>A QR code that waits until another platform tells us who scanned it.</summary>
/// <param name="Key">What the QR code carries. It takes nothing: that takes the secret of which it is the hash.</param>
/// <param name="AppId">The app whose page shows it.</param>
/// <param name="OpenId">Who scanned it, as the other platform says; null while it waits.</param>
/// <param name="ExpiresAt">By the clock of the app.</param>
internal sealed record ScanScene(
    string Key, long AppId, ScanState State, string? OpenId, string? UnionId, DateTimeOffset ExpiresAt);

/// <summary>QR codes that wait to be scanned: the same for all nodes.</summary>
internal interface IScanSceneStore
{
    Task AddAsync(ScanScene scene, DateTimeOffset keepUntil, CancellationToken ct);

    Task<ScanScene?> FindAsync(string key, CancellationToken ct);

    /// <summary>Notes who scanned it. False when it is not the app's, is over, or somebody scanned it before.</summary>
    Task<bool> TryScanAsync(string key, long appId, string openId, string? unionId, DateTimeOffset now, CancellationToken ct);

    /// <summary>Takes what came of it. False when nobody has scanned it, or another request was first.</summary>
    Task<bool> TryTakeAsync(string key, CancellationToken ct);
}
