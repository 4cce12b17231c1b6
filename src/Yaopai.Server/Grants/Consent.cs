namespace Yaopai.Server.Grants;

/// <summary>What a person allowed an app: one row a person and app, for as long as it holds.</summary>
/// <param name="PhoneId">The phone number chosen to be shared; null for none.</param>
internal sealed record Consent(long AccountId, long AppId, IReadOnlyList<string> Scopes, long? PhoneId, DateTimeOffset GrantedAt)
{
    public bool Covers(IEnumerable<string> scopes) => scopes.All(Scopes.Contains);
}

/// <summary>Consents that hold.</summary>
internal interface IConsentStore
{
    Task<Consent?> FindAsync(long accountId, long appId, CancellationToken ct);

    Task<IReadOnlyList<Consent>> ListAsync(long accountId, CancellationToken ct);

    /// <summary>Stores or replaces the consent of this person to this app.</summary>
    Task PutAsync(Consent consent, CancellationToken ct);

    /// <summary>Removes the consent and stores the revocation in one transaction. False when there was none; the revocation is stored all the same.</summary>
    Task<bool> TryWithdrawAsync(Revocation revocation, CancellationToken ct);
}
