using Yaopai.Server.Credentials;

namespace Yaopai.Server.Consents;

/// <summary>What a person allowed an app: one row a person and app, for as long as it holds.</summary>
/// <param name="PhoneId">The phone number chosen to be shared; null for none.</param>
internal sealed record Consent(long AccountId, long AppId, IReadOnlyList<string> Scopes, long? PhoneId, DateTimeOffset GrantedAt)
{
    /// <summary>Whether the person was asked for a phone number to share, so that <see cref="PhoneId"/> is a choice. Not stored.</summary>
    public bool AskedForPhone { get; init; }

    public bool Covers(IEnumerable<string> scopes) => scopes.All(Scopes.Contains);

    /// <summary>What holds once a person agreed to this too: nothing that they allowed before is lost,
    /// and no choice that they were not asked for.</summary>
    public Consent After(Consent? before) => this with
    {
        Scopes = [.. (before?.Scopes ?? []).Union(Scopes)],
        PhoneId = AskedForPhone ? PhoneId : before?.PhoneId,
    };
}

/// <summary>Consents that hold.</summary>
internal interface IConsentStore
{
    Task<Consent?> FindAsync(long accountId, long appId, CancellationToken ct);

    Task<IReadOnlyList<Consent>> ListAsync(long accountId, CancellationToken ct);

    /// <summary>Stores or replaces the consent of this person to this app.</summary>
    Task PutAsync(Consent consent, CancellationToken ct);

    /// <summary>Adds to what the person allowed this app before, as it is at that moment. Answers what holds now.</summary>
    Task<Consent> AddAsync(Consent consent, CancellationToken ct);

    /// <summary>Removes the consent, stores the revocation and tells the app, in one transaction.
    /// False, and nothing is stored, when there was no consent.</summary>
    Task<bool> TryWithdrawAsync(Revocation revocation, CancellationToken ct);

    /// <summary>
    /// Takes these scopes out of the consent, and removes it when none is left; stores the revocation and tells the app, in one
    /// transaction. False when the consent has none of them: then nothing is stored.
    /// </summary>
    Task<bool> TryWithdrawAsync(Revocation revocation, IReadOnlyCollection<string> scopes, CancellationToken ct);
}
