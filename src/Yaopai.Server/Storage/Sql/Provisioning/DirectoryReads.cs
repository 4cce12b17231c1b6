using Yaopai.Server.Organisations;
using Yaopai.Server.Provisioning;
using Yaopai.Server.Storage.Engine;
using Yaopai.Server.Storage.Sql.Organisations;

namespace Yaopai.Server.Storage.Sql.Provisioning;

/// <summary>What items about members find in the directory: read for all of a list at once, where none of them can change what another
/// finds, else for each when its turn comes.</summary>
internal sealed class DirectoryReads
{
    private readonly Dictionary<string, Member> _members = [];
    private IReadOnlyDictionary<string, long> _numbers = new Dictionary<string, long>();
    private bool _isAhead;

    /// <summary>Reads for each item.</summary>
    public static DirectoryReads Fresh { get; } = new();

    /// <remarks>Keys in a list are different, and nobody else writes to the tenant in its turn: so what was read stays true, but for a
    /// list that gives keys to others, or names people in two ways.</remarks>
    public static async Task<DirectoryReads> AheadAsync(Session session, long tenantId, IReadOnlyList<ItemChange> changes)
    {
        if (changes.Count < 2 || !changes.All(change => change is { Action: not ItemAction.ChangeKey, Member: not null })
            || changes.Any(change => change.Key is [MemberChange.UserIdSign, ..]))
            return Fresh;

        await TenantTurn.TakeAsync(session, tenantId);
        var reads = new DirectoryReads { _isAhead = true };
        foreach (var member in await MemberRows.ListAsync(
            session, tenantId, MemberKey.CorpUserId, [.. changes.Select(change => change.Key)]))
            reads._members[member.CorpUserId] = member;
        reads._numbers = await DepartmentChanges.NumbersAsync(
            session, tenantId, [.. changes.SelectMany(change => change.Member!.Departments ?? []).Distinct()]);
        return reads;
    }

    public async Task<Member?> FindMemberAsync(Session session, long tenantId, string key) =>
        _isAhead ? _members.GetValueOrDefault(key)
            : key is [MemberChange.UserIdSign, .. var userId] ? await MemberRows.FindAsync(session, tenantId, MemberKey.UserId, userId)
            : await MemberRows.FindAsync(session, tenantId, MemberKey.CorpUserId, key);

    /// <summary>The numbers of those of the keys that are departments, or the root.</summary>
    public async Task<IReadOnlyDictionary<string, long>> FindNumbersAsync(
        Session session, long tenantId, IReadOnlyList<string> keys) =>
        _isAhead ? _numbers : await DepartmentChanges.NumbersAsync(session, tenantId, keys);
}
