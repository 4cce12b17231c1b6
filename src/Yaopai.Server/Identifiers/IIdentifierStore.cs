namespace Yaopai.Server.Identifiers;

/// <summary>The way back from identifiers to accounts, by tags: what an identifier begins with.
/// More than one account may have the same.</summary>
internal interface IIdentifierStore
{
    /// <summary>How many tags may be looked for at once.</summary>
    const int MostTags = 100;

    Task<IReadOnlyList<long>> FindByOpenIdAsync(long appId, IReadOnlyList<long> tags, CancellationToken ct);

    Task<IReadOnlyList<long>> FindByUnionIdAsync(long developerId, IReadOnlyList<long> tags, CancellationToken ct);

    /// <summary>The accounts that an app has ever had the consent of, by the tags of their OpenIDs: up to so many after this one.</summary>
    Task<IReadOnlyList<IdentifierTag>> ListOpenIdsAsync(long appId, IdentifierTag after, int take, CancellationToken ct);

    Task AddUnionIdsAsync(long developerId, IReadOnlyList<IdentifierTag> unionIds, CancellationToken ct);

    /// <summary>The next consents that were given before there was a way back, none when all are entered;
    /// null when the backlog has ended.</summary>
    Task<IReadOnlyList<BackloggedConsent>?> BacklogAsync(int take, CancellationToken ct);

    /// <summary>Enters consents of the backlog and takes them from it, up to the last.</summary>
    Task EnterAsync(IReadOnlyList<EnteredConsent> consents, CancellationToken ct);

    /// <summary>Ends the backlog.</summary>
    Task EndBacklogAsync(CancellationToken ct);
}

internal readonly record struct IdentifierTag(long Tag, long AccountId);

/// <param name="DeveloperId">Whose app it is.</param>
internal sealed record BackloggedConsent(long AccountId, long AppId, long DeveloperId);

/// <summary>A consent with the tags of the identifiers that it makes known.</summary>
internal sealed record EnteredConsent(long AccountId, long AppId, long OpenTag, long DeveloperId, long UnionTag);
