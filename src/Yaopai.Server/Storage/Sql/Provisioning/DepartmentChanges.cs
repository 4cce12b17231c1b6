using System.Globalization;
using Yaopai.Server.Organisations;
using Yaopai.Server.Provisioning;
using Yaopai.Server.Storage.Engine;
using Yaopai.Server.Storage.Sql.Organisations;

namespace Yaopai.Server.Storage.Sql.Provisioning;

/// <summary>Applies items about departments.</summary>
internal static class DepartmentChanges
{
    public static async Task<ItemResult> ApplyAsync(
        Session session, long tenantId, ItemAction action, DepartmentChange change, DirectoryNews news, DateTimeOffset now)
    {
        var domain = await TenantTurn.TakeAsync(session, tenantId);
        var number = (await NumbersAsync(session, tenantId, [change.Key])).GetValueOrDefault(change.Key);
        var known = number is Department.Root ? null : await DepartmentRows.FindAsync(session, tenantId, number);
        var result = action switch
        {
            ItemAction.Create when known is not null => ItemResult.Failed(ItemFault.KeyTaken),
            ItemAction.Create or ItemAction.Put => await PutAsync(session, tenantId, known, domain!, change, now),
            _ when known is null => ItemResult.Failed(ItemFault.DepartmentMissing),
            ItemAction.Update => await PutAsync(session, tenantId, known, domain!, change, now),
            ItemAction.Delete => ResultOf(await DepartmentRows.DeleteAsync(session, tenantId, number)),
            ItemAction.ChangeKey =>
                ResultOf((await DepartmentRows.PutAsync(session, known with { CorpCode = change.NewKey, ChangedAt = now })).Outcome),
            _ => throw new ArgumentOutOfRangeException(nameof(action), action, null),
        };
        if (result.State is ItemState.Done)
        {
            var made = known?.Number ?? (await NumbersAsync(session, tenantId, [change.Key]))[change.Key];
            news.Add(ItemSubject.Department, action, made.ToString(CultureInfo.InvariantCulture));
        }

        return result;
    }

    /// <summary>The numbers of those of the keys that are departments, or the root.</summary>
    public static async Task<IReadOnlyDictionary<string, long>> NumbersAsync(Session session, long tenantId, IReadOnlyList<string> keys)
    {
        var found = new Dictionary<string, long>();
        var codes = new List<string>();
        foreach (var key in keys.Distinct())
        {
            if (key is DepartmentChange.Root)
                found[key] = Department.Root;
            else if (key is [DepartmentChange.NumberSign, .. var digits])
                found[key] = long.Parse(digits, CultureInfo.InvariantCulture);
            else
                codes.Add(key);
        }

        if (found.Count > 0)
        {
            var known = await DepartmentRows.KnownAsync(session, tenantId, [.. found.Values]);
            foreach (var (key, number) in found.ToArray())
            {
                if (!known.Contains(number))
                    found.Remove(key);
            }
        }

        if (codes.Count > 0)
        {
            foreach (var department in await DepartmentRows.FindByCorpCodesAsync(session, tenantId, codes))
                found[department.CorpCode!] = department.Number;
        }

        return found;
    }

    private static async Task<ItemResult> PutAsync(
        Session session, long tenantId, Department? known, string domain, DepartmentChange change, DateTimeOffset now)
    {
        var parent = known?.Parent ?? Department.Root;
        if (change.ParentKey is { } parentKey
            && !(await NumbersAsync(session, tenantId, [parentKey])).TryGetValue(parentKey, out parent))
            return new(ItemState.ParentMissing);

        var department = known ?? new Department
        {
            TenantId = tenantId,
            CorpCode = change.Key,
            Name = change.Name ?? change.Key,
            CreatedAt = now,
            ChangedAt = now,
        };

        // Departments come before their people: the leader may be among those that are still queued.
        return ResultOf((await DepartmentRows.PutAsync(session, department with
        {
            Parent = parent,
            Name = change.Name ?? department.Name,
            NameEn = change.NameEn ?? department.NameEn,
            Manager = change.Manager is { } manager ? Member.UserIdOf(manager, domain) : department.Manager,
            Position = change.Position ?? department.Position,
            VisibleRange = change.VisibleRange ?? department.VisibleRange,
            ChangedAt = now,
        })).Outcome);
    }

    private static ItemResult ResultOf(DepartmentOutcome outcome) => outcome switch
    {
        DepartmentOutcome.Done => new(ItemState.Done),
        DepartmentOutcome.Missing => ItemResult.Failed(ItemFault.DepartmentMissing),
        DepartmentOutcome.ParentMissing => new(ItemState.ParentMissing),
        DepartmentOutcome.InCircle => ItemResult.Failed(ItemFault.DepartmentInCircle),
        DepartmentOutcome.CodeTaken => ItemResult.Failed(ItemFault.KeyTaken),
        DepartmentOutcome.NotEmpty => ItemResult.Failed(ItemFault.DepartmentNotEmpty),
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, null),
    };
}
