using Yaopai.Server.Grants;

namespace Yaopai.Server.Storage;

/// <summary>Which grant is looked for.</summary>
internal readonly record struct GrantKey(long AppId, long AccountId, Guid PairId);

/// <summary>What was found of it: the consent, and the revocations that touch it.</summary>
internal sealed record FoundGrant(Consent? Consent, IReadOnlyList<Revocation> Revocations);
