using Yaopai.Server.Accounts;
using Yaopai.Server.Gateway;
using Yaopai.Server.Messages;
using Yaopai.Server.Organisations;
using Yaopai.Server.Stores;

namespace Yaopai.Server.Sandbox.Seeds;

/// <summary>Makes, changes and removes organisations, with their departments and people.</summary>
internal sealed class TenantSeeds(
    ITenantStore tenants, ISubscriptionStore subscriptions, IDepartmentStore departments, IDepartmentTree tree, IMemberStore members,
    IMembershipStore memberships, IPublicAccountStore publicAccounts, IFollowStore follows, IAccountStore accounts,
    TenantDirectory directory, IRemoval removal, TimeProvider time)
{
    private const int MostOfAList = 500;
    private const int Page = 1_000;

    private static readonly (string Name, MemberState State)[] s_states =
    [
        ("without_account", MemberState.WithoutAccount),
        ("opening",         MemberState.Opening),
        ("open",            MemberState.Open),
        ("closed",          MemberState.Closed),
    ];

    public async Task<(Tenant? Tenant, Problem? Problem)> AddAsync(TenantSeed seed, CancellationToken ct)
    {
        if (seed.Domain is null)
            return (null, Problem.Invalid("domain: is missing; it is what follows the @ in the ids of its people."));

        if (FaultOf(seed) is { } fault)
            return (null, Problem.Invalid(fault));

        if (await tenants.FindByDomainAsync(seed.Domain, ct) is not null)
            return (null, Problem.Conflict($"domain: \"{seed.Domain}\" is taken. PUT /sandbox/tenants/{seed.Domain} changes it."));

        var now = time.GetUtcNow();
        var id = seed.Id is { } given && TenantFormats.TryReadId(given, out var read)
            ? read
            : Randomness.GetInt64();
        var tenant = Apply(seed, new Tenant
        {
            Id = id,
            Name = seed.Domain,
            NameEn = seed.Domain,
            Domain = seed.Domain,
            Registered = 50,
            Type = 1,
            LicensedFrom = now,
            LicensedUntil = now.AddYears(1),
            CreatedAt = now,
            ChangedAt = now,
        });
        if (!await tenants.TryAddAsync(tenant, ct))
            return (null, Problem.Conflict($"id: {TenantFormats.WriteId(id)} is an organisation already."));

        if (await PutContentAsync(tenant, seed, ct) is not { } problem)
            return (tenant, null);

        await RemoveAsync(tenant, ct); // nothing of what could not be made as a whole
        return (null, problem);
    }

    /// <summary>Changes what is given; departments and people that are listed are added or changed, and all others stay.</summary>
    public async Task<(Tenant? Tenant, Problem? Problem)> ChangeAsync(Tenant before, TenantSeed seed, CancellationToken ct)
    {
        if (seed.Domain is { } domain && domain != before.Domain)
            return (null, Problem.Invalid("domain: is never changed, because the ids of its people end with it."));
        if (seed.Id is { } id && !(TenantFormats.TryReadId(id, out var read) && read == before.Id))
            return (null, Problem.Invalid("id: is never changed."));
        if (FaultOf(seed) is { } fault)
            return (null, Problem.Invalid(fault));

        var tenant = Apply(seed, before) with { ChangedAt = time.GetUtcNow() };
        await tenants.TryChangeAsync(tenant, ct);
        return await PutContentAsync(tenant, seed, ct) is { } problem ? (null, problem) : (tenant, null);
    }

    public async Task RemoveAsync(Tenant tenant, CancellationToken ct)
    {
        await removal.RemoveAsync(new() { Tenants = [tenant.Id] }, ct);
        directory.Clear(); // apps had a home there
    }

    public async Task<Problem?> RemoveMemberAsync(Tenant tenant, string userId, CancellationToken ct) =>
        TenantFormats.IsKey(userId)
        && await members.DeleteAsync(tenant.Id, userId, time.GetUtcNow(), ct) is MemberOutcome.Done
            ? null
            : Problem.NotFound($"user_id: \"{tenant.Domain}\" has no such member; ids are written like zhangsan@{tenant.Domain}.");

    public async Task<Problem?> RemoveDepartmentAsync(Tenant tenant, string code, CancellationToken ct)
    {
        if (!TenantFormats.IsKey(code) || await departments.FindByCorpCodesAsync(tenant.Id, [code], ct) is not [var department])
            return Problem.NotFound($"code: \"{tenant.Domain}\" has no such department.");

        return await departments.DeleteAsync(tenant.Id, department.Number, ct) is DepartmentOutcome.NotEmpty
            ? Problem.Conflict("code: the department has departments or members; remove those first.")
            : null;
    }

    /// <summary>By its domain, or by its id.</summary>
    public async Task<Tenant?> FindAsync(string which, CancellationToken ct) =>
        TenantFormats.IsDomain(which) && await tenants.FindByDomainAsync(which, ct) is { } named ? named
        : TenantFormats.TryReadId(which, out var id) ? await tenants.FindAsync(id, ct)
        : null;

    /// <summary>As it would be written down.</summary>
    public async Task<TenantSeed> DescribeAsync(Tenant tenant, CancellationToken ct)
    {
        var all = (await tree.ListAsync(tenant.Id, Department.Root, recursive: true, skip: 0, Page, ct)).Departments;
        var codes = all.ToDictionary(one => one.Number, one => one.CorpCode ?? $"{one.Number}");
        var people = await DescribeMembersAsync(tenant, codes, ct);
        return new()
        {
            Id = TenantFormats.WriteId(tenant.Id),
            Domain = tenant.Domain,
            Name = tenant.Name,
            NameEn = tenant.NameEn,
            Contact = tenant.ContactName,
            Scale = tenant.Scale,
            Registered = tenant.Registered,
            Type = tenant.Type,
            LicensedFrom = tenant.LicensedFrom,
            LicensedUntil = tenant.LicensedUntil,
            Enabled = tenant.IsEnabled,
            Departments =
            [
                .. all.Select(one => new DepartmentSeed(
                    codes[one.Number], codes.GetValueOrDefault(one.Parent), one.Name, one.NameEn, one.Manager, one.Position)),
            ],
            Members = people,
            PublicAccounts = await DescribeAccountsAsync(tenant, people, ct),
        };
    }

    private async Task<IReadOnlyList<PublicAccountSeed>> DescribeAccountsAsync(
        Tenant tenant, IReadOnlyList<MemberSeed> people, CancellationToken ct)
    {
        string[] userIds = [.. people.Select(one => Member.UserIdOf(one.CorpUserId!, tenant.Domain))];
        var seeds = new List<PublicAccountSeed>();
        foreach (var account in await publicAccounts.ListAsync(tenant.Id, after: "", Page, ct))
        {
            var followers = await follows.AmongAsync(tenant.Id, account.Id, userIds, ct);
            seeds.Add(new(account.Id, account.Name, [.. followers.Order(StringComparer.Ordinal)]));
        }

        return seeds;
    }

    private static Tenant Apply(TenantSeed seed, Tenant tenant) => tenant with
    {
        Name = seed.Name ?? tenant.Name,
        NameEn = seed.NameEn ?? (seed.Name ?? tenant.NameEn),
        ContactName = seed.Contact ?? tenant.ContactName,
        Scale = seed.Scale ?? tenant.Scale,
        Registered = seed.Registered ?? tenant.Registered,
        Type = seed.Type ?? tenant.Type,
        LicensedFrom = seed.LicensedFrom ?? tenant.LicensedFrom,
        LicensedUntil = seed.LicensedUntil ?? tenant.LicensedUntil,
        DisabledAt = seed.Enabled switch { null => tenant.DisabledAt, true => null, false => tenant.DisabledAt ?? tenant.ChangedAt },
    };

    /// <summary>The first that cannot be put ends it.</summary>
    private async Task<Problem?> PutContentAsync(Tenant tenant, TenantSeed seed, CancellationToken ct)
    {
        directory.OnChanged(new(ChangeKind.Tenant, tenant.Id));
        foreach (var (at, department) in (seed.Departments ?? []).Index())
        {
            if (await PutAsync(tenant, department, $"departments[{at}]", ct) is { } problem)
                return problem;
        }

        foreach (var (at, member) in (seed.Members ?? []).Index())
        {
            if (await PutAsync(tenant, member, $"members[{at}]", ct) is { } problem)
                return problem;
        }

        foreach (var (at, app) in (seed.Apps ?? []).Index())
        {
            if (await PutAsync(tenant, app, $"apps[{at}]", ct) is { } problem)
                return problem;
        }

        foreach (var account in seed.PublicAccounts ?? [])
        {
            await publicAccounts.TryAddAsync(new PublicAccount(tenant.Id, account.Id!, account.Name ?? account.Id!, time.GetUtcNow()), ct);
            foreach (var follower in account.Followers ?? [])
                await follows.TryAddAsync(new Follow(tenant.Id, account.Id!, follower, time.GetUtcNow()), ct);
        }

        return null;
    }

    private async Task<Problem?> PutAsync(Tenant tenant, DepartmentSeed seed, string where, CancellationToken ct)
    {
        string[] asked = [seed.Code!, .. seed.Parent is { } above ? [above] : Array.Empty<string>()];
        var known = (await departments.FindByCorpCodesAsync(tenant.Id, asked, ct)).ToDictionary(one => one.CorpCode!);
        if (seed.Parent is { } parent && !known.ContainsKey(parent))
            return Problem.Invalid($"{where}.parent: there is no department \"{parent}\" yet; list those above before those below.");

        var now = time.GetUtcNow();
        var before = known.GetValueOrDefault(seed.Code!)
            ?? new Department { TenantId = tenant.Id, CorpCode = seed.Code, Name = seed.Code!, CreatedAt = now, ChangedAt = now };
        var (outcome, _) = await departments.PutAsync(
            before with
            {
                Parent = seed.Parent is null ? before.Parent : known[seed.Parent].Number,
                Name = seed.Name ?? before.Name,
                NameEn = seed.NameEn ?? before.NameEn,
                Manager = seed.Manager ?? before.Manager,
                Position = seed.Position ?? before.Position,
                ChangedAt = now,
            }, ct);
        return outcome is DepartmentOutcome.Done ? null : Problem.Conflict($"{where}: {Say(outcome)}.");
    }

    private async Task<Problem?> PutAsync(Tenant tenant, MemberSeed seed, string where, CancellationToken ct)
    {
        var account = seed.User is null ? null : await accounts.FindByNameAsync(seed.User, ct);
        if (seed.User is not null && account is null)
            return Problem.Invalid($"{where}.user: there is nobody called \"{seed.User}\". POST /sandbox/users makes them.");

        var corpUserId = seed.CorpUserId ?? seed.User!;
        var userId = Member.UserIdOf(corpUserId, tenant.Domain);
        if (account is not null && await members.FindByAccountAsync(account.Id, ct) is { } other
            && (other.TenantId, other.UserId) != (tenant.Id, userId))
            return Problem.Conflict($"{where}.user: the account \"{account.Name}\" is that of the member {other.UserId}.");

        var numbers = new List<Membership>();
        if (seed.Departments is { } codes)
        {
            var known = (await departments.FindByCorpCodesAsync(tenant.Id, codes, ct)).ToDictionary(one => one.CorpCode!);
            if (codes.FirstOrDefault(code => !known.ContainsKey(code)) is { } missing)
                return Problem.Invalid($"{where}.departments: there is no department \"{missing}\".");

            numbers.AddRange(codes.Distinct().Select(code => new Membership(known[code].Number, Position: 100)));
        }

        var now = time.GetUtcNow();
        var before = await members.FindAsync(tenant.Id, MemberKey.UserId, userId, ct) ?? new Member
        {
            TenantId = tenant.Id,
            UserId = userId,
            CorpUserId = corpUserId,
            Name = account?.ShownName ?? corpUserId,
            Mobile = account?.BoundPhone is { } phone ? MobileNumber.Write(phone.CallingCode, phone.National) : null,
            Email = account?.Email,
            State = account is null ? MemberState.WithoutAccount : MemberState.Open,
            Memberships = [new(Department.Root, Position: 100)],
            CreatedAt = now,
            ChangedAt = now,
        };
        var outcome = await members.PutAsync(
            before with
            {
                Name = seed.Name ?? before.Name,
                NameEn = seed.NameEn ?? before.NameEn,
                Sex = (Sex)(seed.Sex ?? (int)before.Sex),
                Mobile = seed.Mobile is null ? before.Mobile : MobileNumber.Write(MobileNumber.Read(seed.Mobile)!),
                Email = seed.Email ?? before.Email,
                State = seed.State is null ? before.State : s_states.Single(row => row.Name == seed.State).State,
                IsAdmin = seed.Admin ?? before.IsAdmin,
                AccountId = account?.Id ?? before.AccountId,
                Details = before.Details with
                {
                    EmployeeId = seed.EmployeeId ?? before.Details.EmployeeId,
                    Job = seed.Job ?? before.Details.Job,
                    Secretary = seed.Secretary ?? before.Details.Secretary,
                },
                Memberships = numbers.Count > 0 ? numbers : before.Memberships,
                ChangedAt = now,
            }, ct);
        return outcome is MemberOutcome.Done ? null : Problem.Conflict($"{where}: {Say(outcome)}.");
    }

    private async Task<Problem?> PutAsync(Tenant tenant, TenantAppSeed seed, string where, CancellationToken ct)
    {
        var (appId, now) = (seed.ClientId!.Value, time.GetUtcNow());
        if (await subscriptions.FindAsync(tenant.Id, appId, ct) is null)
        {
            var home = await subscriptions.FindHomeAsync(appId, ct);
            var added = home is null && seed.Home is not false
                ? await subscriptions.TryAddHomeAsync(new AppTenancy(appId, tenant.Id, seed.Isv ?? false), now, ct)
                : await subscriptions.TrySubscribeAsync(tenant.Id, appId, now, ct);
            if (!added)
                return Problem.Conflict($"{where}: app {appId} is at home in another organisation, and \"isv\" is not set there.");
        }

        directory.OnChanged(new(ChangeKind.Tenancy, appId));
        return null;
    }

    private async Task<IReadOnlyList<MemberSeed>> DescribeMembersAsync(
        Tenant tenant, Dictionary<long, string> codes, CancellationToken ct)
    {
        var found = new Dictionary<string, Member>();
        foreach (var number in codes.Keys.Prepend(Department.Root))
        {
            foreach (var member in (await memberships.ListAsync(tenant.Id, number, skip: 0, Page, ct)).Members)
                found[member.UserId] = member;
        }

        var seeds = new List<MemberSeed>();
        foreach (var member in found.Values.OrderBy(one => one.UserId, StringComparer.Ordinal))
        {
            var account = member.AccountId is { } id ? await accounts.FindAsync(id, ct) : null;
            var theirs = member.Memberships.Where(one => one.Department != Department.Root).Select(one => codes[one.Department]).ToArray();
            seeds.Add(new(
                account?.Name, member.CorpUserId, member.Name, member.NameEn, (int)member.Sex, member.Mobile, member.Email,
                s_states.Single(row => row.State == member.State).Name, member.IsAdmin, member.Details.EmployeeId, member.Details.Job,
                member.Details.Secretary, theirs));
        }

        return seeds;
    }

    private static string? FaultOf(TenantSeed seed) => seed switch
    {
        { Id: { } id } when !TenantFormats.TryReadId(id, out _) => "id: 16 hexadecimal digits, or nothing to have one drawn.",
        { Domain: { } domain } when !TenantFormats.IsDomain(domain) =>
            "domain: 1 to 64 lower-case letters and digits, with . or - between them.",
        { Name: { } name } when !AccountFormats.IsName(name) => $"name: 1 to {AccountFormats.LongestName} characters.",
        { NameEn: { } name } when !AccountFormats.IsName(name) => $"name_en: 1 to {AccountFormats.LongestName} characters.",
        { Contact: { } name } when !AccountFormats.IsName(name) => $"contact: 1 to {AccountFormats.LongestName} characters.",
        { Scale: { } name } when !AccountFormats.IsName(name) => $"scale: 1 to {AccountFormats.LongestName} characters.",
        { Registered: < 0 } => "registered: for how many people it registered.",
        { Departments.Count: > MostOfAList } or { Members.Count: > MostOfAList } or { Apps.Count: > MostOfAList }
            or { PublicAccounts.Count: > MostOfAList } =>
            $"departments, members, apps, public_accounts: at most {MostOfAList} of each in one request.",
        _ => First(seed.Departments, "departments", FaultOf)
            ?? First(seed.Members, "members", FaultOf)
            ?? First(seed.Apps, "apps", app => app.ClientId is > 0 ? null : "client_id: is missing, or no number above 0.")
            ?? First(seed.PublicAccounts, "public_accounts", FaultOf),
    };

    private static string? First<T>(IReadOnlyList<T>? list, string member, Func<T, string?> faultOf) => (list ?? [])
        .Select((one, at) => one is null ? $"{member}[{at}]: must be an object."
            : faultOf(one) is { } fault ? $"{member}[{at}].{fault}" : null)
        .FirstOrDefault(fault => fault is not null);

    private static string? FaultOf(DepartmentSeed seed) => seed switch
    {
        _ when !TenantFormats.IsKey(seed.Code ?? "") => $"code: 1 to {TenantFormats.LongestKey} characters without spaces.",
        { Name: { } name } when !AccountFormats.IsName(name) => $"name: 1 to {AccountFormats.LongestName} characters.",
        { NameEn: { Length: > 0 } name } when !AccountFormats.IsName(name) => $"name_en: up to {AccountFormats.LongestName} characters.",
        { Manager: { } manager } when !TenantFormats.IsKey(manager) => "manager: the user id of a member: zhangsan@company.",
        { Position: < 0 } => "position: 0 or more, the lowest first.",
        _ => null,
    };

    private static string? FaultOf(MemberSeed seed) => seed switch
    {
        { User: null, CorpUserId: null } => "user: the name of an account; or \"corp_user_id\" for somebody without one.",
        { User: { } user } when !AccountFormats.IsName(user) => "user: the name of an account.",
        _ when !TenantFormats.IsKey(seed.CorpUserId ?? seed.User!) =>
            $"corp_user_id: 1 to {TenantFormats.LongestKey} characters without spaces.",
        { Name: { } name } when !AccountFormats.IsName(name) => $"name: 1 to {AccountFormats.LongestName} characters.",
        { NameEn: { Length: > 0 } name } when !AccountFormats.IsName(name) => $"name_en: up to {AccountFormats.LongestName} characters.",
        { Sex: < 0 or > 2 } => "sex: 0 untold, 1 male, 2 female.",
        { Mobile: { } mobile } when MobileNumber.Read(mobile) is null => "mobile: a number with its calling code: +86-13900000000.",
        { Email: { } email } when !AccountFormats.IsMail(email) => "email: a mail address: name@example.com.",
        { State: { } state } when !s_states.Any(row => row.Name == state) =>
            $"state: one of {string.Join(", ", s_states.Select(row => row.Name))}.",
        { EmployeeId.Length: > TenantFormats.LongestKey } or { Job.Length: > TenantFormats.LongestKey }
            or { Secretary.Length: > TenantFormats.LongestKey } =>
            $"employee_id, job, secretary: up to {TenantFormats.LongestKey} characters.",
        { Departments.Count: > 50 } => "departments: at most 50.",
        { Departments: { } codes } when codes.Any(code => !TenantFormats.IsKey(code ?? "")) => "departments: codes of departments.",
        _ => null,
    };

    private static string? FaultOf(PublicAccountSeed seed) => seed switch
    {
        _ when !TenantFormats.IsKey(seed.Id ?? "") => $"id: 1 to {TenantFormats.LongestKey} characters without spaces.",
        { Name: { } name } when !AccountFormats.IsName(name) => $"name: 1 to {AccountFormats.LongestName} characters.",
        { Followers.Count: > MostOfAList } => $"followers: at most {MostOfAList}.",
        { Followers: { } ids } when ids.Any(id => !TenantFormats.IsKey(id ?? "")) => "followers: user ids of members: zhangsan@company.",
        _ => null,
    };

    private static string Say(DepartmentOutcome outcome) => outcome switch
    {
        DepartmentOutcome.InCircle => "it would be below itself",
        DepartmentOutcome.CodeTaken => "another department has the code",
        _ => "the organisation or the department above went away meanwhile",
    };

    private static string Say(MemberOutcome outcome) => outcome switch
    {
        MemberOutcome.UserIdTaken => "user_id: somebody had it once, and ids of members are not used again",
        MemberOutcome.CorpUserIdTaken => "corp_user_id: another member has it",
        MemberOutcome.MobileTaken => "mobile: another member has it",
        MemberOutcome.MobileMissing => "mobile: is missing; an account needs a number",
        _ => "user: the account is another member's, or a department went away meanwhile",
    };
}
