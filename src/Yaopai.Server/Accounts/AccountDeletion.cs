using Yaopai.Server.Credentials;

namespace Yaopai.Server.Accounts;

/// <summary>Removes an account for good, and everything that was signed in to or given with it.</summary>
internal sealed class AccountDeletion(IAccountStore accounts, Revoker revoker)
{
    /// <summary>False when there is no such account.</summary>
    public Task<bool> TryDeleteAsync(long accountId, CancellationToken ct) =>
        revoker.TryRevokeAccountAsync(accountId, revocation => accounts.TryDeleteAsync(revocation, ct), ct);
}
