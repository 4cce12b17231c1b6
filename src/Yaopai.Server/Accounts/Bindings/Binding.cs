namespace Yaopai.Server.Accounts.Bindings;

/// <summary>A person as another platform knows them.</summary>
/// <param name="Provider">The platform.</param>
/// <param name="ProviderAppId">The app there, to which the OpenID belongs.</param>
/// <param name="UnionId">The same at all apps of one developer there; null where the platform says none.</param>
internal sealed record ThirdPartyIdentity(string Provider, string ProviderAppId, string OpenId, string? UnionId);

/// <summary>That such a person is one of our accounts.</summary>
/// <param name="DeveloperId">Whose app bound them: within one developer a UnionID will do.</param>
internal sealed record Binding(ThirdPartyIdentity Identity, long AccountId, long DeveloperId, DateTimeOffset BoundAt);

/// <summary>Bindings: an identity has at most one, and an account one at each app of another platform.</summary>
internal interface IBindingStore
{
    /// <summary>By the OpenID, or else by the UnionID among what the developer's apps bound; null where neither is bound.</summary>
    Task<Binding?> FindAsync(ThirdPartyIdentity identity, long developerId, CancellationToken ct);

    Task<IReadOnlyList<Binding>> ListAsync(long accountId, CancellationToken ct);

    /// <summary>False when the identity is bound already, to whomever, or somebody else of that app is bound to the account.</summary>
    Task<bool> TryAddAsync(Binding binding, CancellationToken ct);

    /// <summary>False when the account has no such binding.</summary>
    Task<bool> TryRemoveAsync(long accountId, ThirdPartyIdentity identity, CancellationToken ct);
}
