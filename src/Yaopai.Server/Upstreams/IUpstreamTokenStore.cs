namespace Yaopai.Server.Upstreams;

/// <param name="Sealed">The token, sealed.</param>
/// <param name="ExpiresAt">As the platform said, on the clock of the installation.</param>
internal sealed record StoredUpstreamToken(byte[] Sealed, DateTimeOffset ExpiresAt);

/// <summary>The nodes' common token of each account. The node that holds the lease gets the next one;
/// leases are of the wall clock.</summary>
internal interface IUpstreamTokenStore
{
    Task<StoredUpstreamToken?> FindAsync(long appId, string kind, CancellationToken ct);

    /// <summary>False while another node holds the lease.</summary>
    Task<bool> TryLeaseAsync(long appId, string kind, Guid owner, TimeSpan lease, CancellationToken ct);

    /// <summary>Stores the token and ends the lease. False when the lease ran out and another node took it.</summary>
    Task<bool> TryPutAsync(long appId, string kind, Guid owner, StoredUpstreamToken token, CancellationToken ct);

    /// <summary>Ends the lease, if it still is this owner's.</summary>
    Task ReleaseAsync(long appId, string kind, Guid owner, CancellationToken ct);
}
