namespace Yaopai.Server.Upstreams;

/// <summary>An app's account with another platform, as it is stored.</summary>
/// <param name="Kind">The name that the platform's folder gives it; an app has at most one of each.</param>
/// <param name="Address">By which the platform names the account in what it sends us; of one app alone.
/// Null where it sends nothing.</param>
/// <param name="Settings">Sealed: secrets are among them.</param>
internal sealed record StoredUpstreamAccount(long AppId, string Kind, string? Address, byte[] Settings);

/// <summary>Accounts with other platforms. Every change is announced as one of the app, and drops the token that was got before.</summary>
internal interface IUpstreamAccountStore
{
    Task<IReadOnlyList<StoredUpstreamAccount>> ListAsync(long appId, CancellationToken ct);

    Task<StoredUpstreamAccount?> FindByAddressAsync(string kind, string address, CancellationToken ct);

    /// <summary>Stores the app's account of that kind, instead of the one before. False when another app has the address.</summary>
    Task<bool> TryPutAsync(StoredUpstreamAccount account, CancellationToken ct);

    /// <summary>False when there is none.</summary>
    Task<bool> TryRemoveAsync(long appId, string kind, CancellationToken ct);
}
