using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Yaopai.Server.Apps;

namespace Yaopai.Server.Consents.Scans;

/// <summary>QR codes for signing in: shown by whoever holds the secret, scanned by whoever stands before it.</summary>
internal sealed class ScanScenes(IScanSceneStore store, IAppClock clock, TimeProvider time)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    private const int BytesOfSecret = 24;
    private const int BytesOfKey = 24;

    /// <summary>How much longer than it can be scanned it is kept: clocks of nodes differ, and the sandbox moves them.</summary>
    private static readonly TimeSpan s_margin = TimeSpan.FromHours(1);

    /// <summary>A secret for whoever shows the QR code; what the QR code carries is its <see cref="KeyOf"/>.</summary>
    public static string NewSecret() => Base64Url.EncodeToString(Randomness.GetBytes(BytesOfSecret));

    public static string KeyOf(string secret) =>
        Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes("scan scene\0" + secret)).AsSpan(0, BytesOfKey));

    public Task BeginAsync(string secret, long appId, CancellationToken ct) => store.AddAsync(
        new ScanScene(KeyOf(secret), appId, ScanState.Waiting, OpenId: null, UnionId: null, clock.NowFor(appId) + Lifetime),
        time.GetUtcNow() + Lifetime + s_margin, ct);

    /// <summary>Null for a secret that was never given out, or whose QR code is over: it expired, or was taken.</summary>
    public async Task<ScanScene?> FindAsync(string secret, CancellationToken ct) =>
        secret.Length is > 0 and <= 64 && await store.FindAsync(KeyOf(secret), ct) is { State: not ScanState.Taken } scene
            && clock.NowFor(scene.AppId) < scene.ExpiresAt
            ? scene
            : null;

    /// <summary>Notes who scanned the QR code that carries the key.
    /// False when it is not the app's, is over, or was scanned before.</summary>
    public Task<bool> TryScanAsync(string key, long appId, string openId, string? unionId, CancellationToken ct) =>
        store.TryScanAsync(key, appId, openId, unionId, clock.NowFor(appId), ct);

    /// <summary>Null for a key that is not the app's, or whose QR code is over.</summary>
    public async Task<ScanScene?> FindByKeyAsync(string key, long appId, CancellationToken ct) =>
        await store.FindAsync(key, ct) is { } scene && scene.AppId == appId && clock.NowFor(appId) < scene.ExpiresAt ? scene : null;

    public Task<bool> TryTakeAsync(ScanScene scene, CancellationToken ct) => store.TryTakeAsync(scene.Key, ct);
}
