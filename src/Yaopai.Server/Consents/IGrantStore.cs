using Yaopai.Server.Credentials;

namespace Yaopai.Server.Consents;

/// <summary>What a refresh token still stands on, read at once.</summary>
internal interface IGrantStore
{
    /// <summary>The consent (null when withdrawn), and every revocation that touches the pair: one round trip.</summary>
    Task<(Consent? Consent, IReadOnlyList<Revocation> Revocations)> FindAsync(
        long appId, long accountId, Guid grantId, CancellationToken ct);
}
