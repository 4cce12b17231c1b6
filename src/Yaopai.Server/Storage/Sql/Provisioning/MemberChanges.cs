using Yaopai.Server.Organisations;
using Yaopai.Server.Provisioning;
using Yaopai.Server.Storage.Engine;
using Yaopai.Server.Storage.Sql.Organisations;

namespace Yaopai.Server.Storage.Sql.Provisioning;

/// <summary>Applies items about members.</summary>
internal static class MemberChanges
{
    public static async Task<ItemResult> ApplyAsync(
        Session session, long tenantId, ItemAction action, MemberChange change, DirectoryReads reads, DirectoryNews news,
        DateTimeOffset now)
    {
        var domain = await TenantTurn.TakeAsync(session, tenantId);
        var known = await reads.FindMemberAsync(session, tenantId, change.Key);
        var result = action switch
        {
            ItemAction.Create when known is not null => ItemResult.Failed(ItemFault.KeyTaken),
            ItemAction.Create or ItemAction.Put => await PutAsync(session, tenantId, known, domain!, change, reads, now),
            _ when known is null => new(ItemState.MemberMissing),
            ItemAction.Update => await PutAsync(session, tenantId, known, domain!, change, reads, now),
            ItemAction.Delete => ResultOf(await MemberRows.DeleteAsync(session, tenantId, known.UserId, now)),
            ItemAction.ChangeMobile => ResultOf(await MemberRows.ChangeMobileAsync(session, tenantId, known.UserId, change.Mobile!, now)),
            ItemAction.ChangeKey =>
                ResultOf(await MemberRows.PutAsync(session, known with { CorpUserId = change.NewKey!, ChangedAt = now })),
            _ => throw new ArgumentOutOfRangeException(nameof(action), action, null),
        };
        if (result.State is ItemState.Done or ItemState.Saved or ItemState.Opening)
            news.Add(ItemSubject.Member, action, known?.UserId ?? Member.UserIdOf(change.Key, domain!));
        return result;
    }

    /// <summary>Opens the account of a member who was saved. One that cannot be opened leaves the member saved.</summary>
    public static async Task<ItemResult> OpenAsync(
        Session session, long tenantId, MemberChange change, DirectoryReads reads, DateTimeOffset now)
    {
        await TenantTurn.TakeAsync(session, tenantId);
        if (await reads.FindMemberAsync(session, tenantId, change.Key) is not { } member)
            return new(ItemState.MemberMissing);

        var outcome = await MemberAccounts.OpenAsync(session, member, now);
        if (outcome is MemberOutcome.Done)
            return new(ItemState.Opened);

        await MemberRows.PutAsync(session, member with { State = MemberState.WithoutAccount, ChangedAt = now });
        return ResultOf(outcome);
    }

    private static async Task<ItemResult> PutAsync(
        Session session, long tenantId, Member? known, string domain, MemberChange change, DirectoryReads reads, DateTimeOffset now)
    {
        if (await MembershipsAsync(session, tenantId, known, change, reads) is not { } memberships)
            return new(ItemState.ParentMissing);

        Member? secretary = null;
        if (change.Secretary is { Length: > 0 } key
            && (secretary = await MemberRows.FindAsync(session, tenantId, MemberKey.CorpUserId, key)) is null)
            return new(ItemState.SecretaryMissing);

        if (change.Roles is { } asked && !await RoleRows.AreKnownAsync(session, tenantId, asked))
            return ItemResult.Failed(ItemFault.RoleMissing);

        // Counted, and told to the account: it is more than another text in the row.
        if (known is { Mobile: not null } && change.Mobile is { } mobile
            && await MemberRows.ChangeMobileAsync(session, tenantId, known.UserId, mobile, now) is var changed and not MemberOutcome.Done)
            return ResultOf(changed);

        var opens = change.OpensAccount && change.IsValid is not false && known?.State is not MemberState.Open;
        var member = With(known, tenantId, domain, change, now) with
        {
            Memberships = memberships,
            State = opens ? MemberState.Opening : known?.State ?? MemberState.WithoutAccount,
        };
        if (secretary is not null)
            member = member with { Details = member.Details with { Secretary = secretary.UserId } };

        var outcome = await MemberRows.PutCheckedAsync(session, member, isNew: known is null);
        if (outcome is MemberOutcome.Done && change.Roles is { } roles)
            await RoleRows.AssignCheckedAsync(session, tenantId, member.UserId, roles);
        if (outcome is MemberOutcome.Done && change.IsValid is false)
            outcome = await MemberAccounts.CloseAsync(session, member, now);
        return outcome is not MemberOutcome.Done ? ResultOf(outcome) : new(
            change.IsValid is false ? ItemState.Done
                : opens ? ItemState.Opening
                : member.State is MemberState.Open ? ItemState.Opened
                : ItemState.Saved);
    }

    private static Member With(Member? known, long tenantId, string domain, MemberChange change, DateTimeOffset now)
    {
        var member = known ?? new Member
        {
            TenantId = tenantId,
            UserId = Member.UserIdOf(change.Key, domain),
            CorpUserId = change.Key,
            Name = change.Name ?? change.Key,
            Memberships = [],
            CreatedAt = now,
            ChangedAt = now,
        };
        return member with
        {
            Name = change.Name ?? member.Name,
            NameEn = change.NameEn ?? member.NameEn,
            Sex = change.Sex ?? member.Sex,
            Mobile = change.Mobile ?? member.Mobile,
            Email = change.Email ?? member.Email,
            Details = With(member.Details, change),
            ChangedAt = now,
        };
    }

    private static MemberDetails With(MemberDetails details, MemberChange change) => details with
    {
        Phones = change.Phones ?? details.Phones,
        EmployeeId = change.EmployeeId ?? details.EmployeeId,
        Landline = change.Landline ?? details.Landline,
        Job = change.Job ?? details.Job,
        Address = change.Address ?? details.Address,
        AddressCode = change.AddressCode ?? details.AddressCode,
        BaseLocation = change.BaseLocation ?? details.BaseLocation,
        Remark = change.Remark ?? details.Remark,
        PersonType = change.PersonType ?? details.PersonType,
        TimeZone = change.TimeZone ?? details.TimeZone,
        IsMobileHidden = change.HidesMobile ?? details.IsMobileHidden,
        IsSenior = change.IsSenior ?? details.IsSenior,
        More = change.More ?? details.More,
    };

    /// <summary>Where the member is to be; null when one of the departments is not there.</summary>
    private static async Task<IReadOnlyList<Membership>?> MembershipsAsync(
        Session session, long tenantId, Member? known, MemberChange change, DirectoryReads reads)
    {
        if (change.Departments is not { Count: > 0 } keys)
            return known?.Memberships ?? [new Membership(Department.Root, Department.LastPosition)];

        var found = await reads.FindNumbersAsync(session, tenantId, keys);
        var memberships = new List<Membership>();
        foreach (var key in keys)
        {
            if (!found.TryGetValue(key, out var number))
                return null;

            var before = known?.Memberships.FirstOrDefault(one => one.Department == number)?.Position;
            memberships.Add(new(number, change.Positions?.GetValueOrDefault(key) is > 0 and var position
                ? position
                : before ?? Department.LastPosition));
        }

        return [.. memberships.DistinctBy(one => one.Department)];
    }

    private static ItemResult ResultOf(MemberOutcome outcome) => outcome switch
    {
        MemberOutcome.Done => new(ItemState.Done),
        MemberOutcome.Missing => new(ItemState.MemberMissing),
        MemberOutcome.UserIdTaken or MemberOutcome.CorpUserIdTaken => ItemResult.Failed(ItemFault.KeyTaken),
        MemberOutcome.MobileTaken => ItemResult.Failed(ItemFault.MobileTaken),
        MemberOutcome.MobileChangedTooOften => ItemResult.Failed(ItemFault.MobileChangedTooOften),
        MemberOutcome.MobileMissing => ItemResult.Failed(ItemFault.MobileMissing),
        MemberOutcome.DepartmentMissing => new(ItemState.ParentMissing),
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, null),
    };
}
