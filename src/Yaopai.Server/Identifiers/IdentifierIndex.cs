using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics;

namespace Yaopai.Server.Identifiers;

/// <summary>From the identifiers that an app was given back to the accounts, of which it knows those that once consented.</summary>
internal sealed class IdentifierIndex(PairwiseIdentifiers identifiers, IIdentifierStore store)
{
    private const int Slice = 500;

    /// <summary>The accounts behind these OpenIDs of one app, as far as it was given them: one round trip.</summary>
    public Task<IReadOnlyDictionary<string, long>> FindByOpenIdAsync(long appId, IReadOnlySet<string> openIds, CancellationToken ct) =>
        FindAsync(openIds, tags => store.FindByOpenIdAsync(appId, tags, ct), account => identifiers.OpenId(appId, account));

    /// <summary>The accounts behind these UnionIDs of one developer, as far as an app of theirs was given them: one round trip.</summary>
    public Task<IReadOnlyDictionary<string, long>> FindByUnionIdAsync(
        long developerId, IReadOnlySet<string> unionIds, CancellationToken ct) =>
        FindAsync(unionIds, tags => store.FindByUnionIdAsync(developerId, tags, ct), account => identifiers.UnionId(developerId, account));

    /// <summary>Makes the people of an app known to the developer who owns it from now on.</summary>
    public async Task FollowAsync(long appId, long developerId, CancellationToken ct)
    {
        var after = new IdentifierTag(long.MinValue, 0);
        while (await store.ListOpenIdsAsync(appId, after, Slice, ct) is { Count: > 0 } people)
        {
            var unionIds = people.Select(person => person with { Tag = Tag(identifiers.UnionId(developerId, person.AccountId)) });
            await store.AddUnionIdsAsync(developerId, [.. unionIds], ct);
            after = people[^1];
        }
    }

    /// <summary>Enters the consents that were given before there was a way back, slice by slice.
    /// Nodes that do so at once disturb nothing.</summary>
    public async Task EnterBacklogAsync(CancellationToken ct)
    {
        while (await store.BacklogAsync(Slice, ct) is { } consents)
        {
            if (consents.Count == 0)
                await store.EndBacklogAsync(ct);
            else
                await store.EnterAsync(
                    [.. consents.Select(consent => Enter(identifiers, consent.AccountId, consent.AppId, consent.DeveloperId))], ct);
        }
    }

    public static EnteredConsent Enter(PairwiseIdentifiers identifiers, long accountId, long appId, long developerId) => new(
        accountId, appId, Tag(identifiers.OpenId(appId, accountId)), developerId, Tag(identifiers.UnionId(developerId, accountId)));

    private static async Task<IReadOnlyDictionary<string, long>> FindAsync(
        IReadOnlySet<string> asked, Func<long[], Task<IReadOnlyList<long>>> findAsync, Func<long, string> derive)
    {
        var found = new Dictionary<string, long>(StringComparer.Ordinal);
        long[] tags = [.. asked.Select(identifier => TryTag(identifier, out var tag) ? tag : (long?)null).OfType<long>().Distinct()];
        if (tags.Length == 0)
            return found;

        foreach (var account in await findAsync(tags))
        {
            // A tag is only the beginning, and its row may be older than the key: what counts is what the account is called today.
            var identifier = derive(account);
            if (asked.Contains(identifier))
                found[identifier] = account;
        }

        return found;
    }

    private static long Tag(string identifier) => TryTag(identifier, out var tag) ? tag : throw new UnreachableException();

    /// <summary>The first 64 bits. False for a text that cannot be an identifier of ours.</summary>
    private static bool TryTag(string identifier, out long tag)
    {
        const int Characters = 12, Bytes = 9; // whole groups of four, and eight of their bytes
        Span<byte> bytes = stackalloc byte[Bytes];
        tag = 0;
        if (identifier.Length < Characters
            || Base64Url.DecodeFromChars(identifier.AsSpan(0, Characters), bytes, out _, out var written) is not OperationStatus.Done
            || written != Bytes)
            return false;

        tag = System.Buffers.Binary.BinaryPrimitives.ReadInt64BigEndian(bytes);
        return true;
    }
}
