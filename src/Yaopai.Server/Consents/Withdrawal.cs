using Yaopai.Server.Credentials;

namespace Yaopai.Server.Consents;

/// <summary>Takes back what a person allowed an app, and everything that the app holds for the person.</summary>
internal sealed class Withdrawal(IConsentStore consents, Revoker revoker)
{
    /// <summary>The whole consent. False, and nothing ends, when there is none.</summary>
    public Task<bool> TryWithdrawAsync(long accountId, long appId, CancellationToken ct) =>
        revoker.TryRevokeHoldAsync(appId, accountId, revocation => consents.TryWithdrawAsync(revocation, ct), ct);

    /// <summary>
    /// These scopes of it, and still everything that the app holds: that was given for more than is left.
    /// False, and nothing ends, when the app was allowed none of them.
    /// </summary>
    public Task<bool> TryWithdrawAsync(long accountId, long appId, IReadOnlyCollection<string> scopes, CancellationToken ct) =>
        revoker.TryRevokeHoldAsync(appId, accountId, revocation => consents.TryWithdrawAsync(revocation, scopes, ct), ct);
}
