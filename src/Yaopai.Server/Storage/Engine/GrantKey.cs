using Yaopai.Server.Consents;
using Yaopai.Server.Credentials;

namespace Yaopai.Server.Storage.Engine;

/// <summary>Which grant is looked for.</summary>
internal readonly record struct GrantKey(long AppId, long AccountId, Guid GrantId);

/// <summary>What was found of it: the consent, and the revocations that touch it.</summary>
internal sealed record FoundGrant(Consent? Consent, IReadOnlyList<Revocation> Revocations);
