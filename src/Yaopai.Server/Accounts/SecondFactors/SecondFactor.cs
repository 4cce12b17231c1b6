namespace Yaopai.Server.Accounts.SecondFactors;

/// <summary>What a person shows beside their password: codes of an app that shares a secret with this server.</summary>
/// <param name="Secret">Sealed.</param>
/// <param name="RecoveryCodes">How many are left.</param>
internal sealed record SecondFactor(long AccountId, byte[] Secret, DateTimeOffset Since, int RecoveryCodes)
{
    /// <summary>Says no secret.</summary>
    public override string ToString() => nameof(SecondFactor);
}

/// <summary>Second factors: each account has one at most.</summary>
internal interface ISecondFactorStore
{
    Task<SecondFactor?> FindAsync(long accountId, CancellationToken ct);

    /// <summary>Stores it with hashes of its recovery codes. False when there is one, or no account.</summary>
    /// <param name="step">That of the code by which it was confirmed, which is used up.</param>
    Task<bool> TryAddAsync(SecondFactor factor, IReadOnlyList<byte[]> recoveryCodes, long step, CancellationToken ct);

    /// <summary>Uses up a step, and all before it: exact, however many come at once. False when it is used up, or the secret is
    /// another by now.</summary>
    /// <param name="furthest">A step that was used beyond this one was used before a clock was put back.</param>
    Task<bool> TryUseStepAsync(SecondFactor factor, long step, long furthest, CancellationToken ct);

    /// <summary>Uses up a recovery code. False when there is none of that hash.</summary>
    Task<bool> TryUseRecoveryCodeAsync(long accountId, byte[] hash, CancellationToken ct);

    /// <summary>Those before are worth nothing from then on. False when there is no second factor.</summary>
    Task<bool> TryReplaceRecoveryCodesAsync(long accountId, IReadOnlyList<byte[]> recoveryCodes, CancellationToken ct);

    /// <summary>False when there is none.</summary>
    Task<bool> TryRemoveAsync(long accountId, CancellationToken ct);
}
