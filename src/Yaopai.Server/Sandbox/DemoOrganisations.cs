using Yaopai.Server.Messages;
using Yaopai.Server.Organisations;

namespace Yaopai.Server.Sandbox;

/// <summary>Two organisations with some of the demo people, and where the demo apps are at home.</summary>
internal sealed class DemoOrganisations(
    ITenantStore tenants, ISubscriptionStore subscriptions, IDepartmentStore departments, IMemberStore members,
    IPublicAccountStore publicAccounts, IFollowStore follows)
{
    public const long Welink = unchecked((long)0x8C10000000000001);
    public const long Stranger = unchecked((long)0x8C10000000000002);

    private const long FirstNumber = 1001;

    public const string WelinkDomain = "welink", StrangerDomain = "stranger";

    /// <summary>By the customer's own codes, those above before those below; the numbers follow the order: 1001 is the first.</summary>
    public static IReadOnlyList<(string Code, string? Parent, string Name, string NameEn)> Departments { get; } =
    [
        ("research", null,       "研发部", "Research"),
        ("backend",  "research", "后端组", "Backend"),
        ("frontend", "research", "前端组", "Frontend"),
        ("sales",    null,       "销售部", "Sales"),
    ];

    /// <summary>A public account of the first of them.</summary>
    public const string PublicAccountId = "news";

    public async Task AddAsync(DemoCast cast, DateTimeOffset now, WriteTurns turns, CancellationToken ct)
    {
        var (welink, stranger) = (cast.Welink, cast.Stranger);
        await turns.TakeAsync(
        [
            tenants.TryAddAsync(TenantOf(welink, "腰牌示例公司", "Yaopai Demo", now), ct),
            tenants.TryAddAsync(TenantOf(stranger, "另一家公司", "Another Company", now), ct),
        ]);
        await Task.WhenAll(AddAppsAsync(cast, now, turns, ct), AddPeopleAsync(cast, now, turns, ct));
    }

    private async Task AddAppsAsync(DemoCast cast, DateTimeOffset now, WriteTurns turns, CancellationToken ct)
    {
        var (demo, sibling, alien) = (cast.Apps[0].ClientId, cast.Apps[1].ClientId, cast.Apps[2].ClientId);
        await turns.TakeAsync(
        [
            subscriptions.TryAddHomeAsync(new AppTenancy(demo, cast.Welink.Id, IsIsv: false), now, ct),
            subscriptions.TryAddHomeAsync(new AppTenancy(sibling, cast.Welink.Id, IsIsv: true), now, ct),
            subscriptions.TryAddHomeAsync(new AppTenancy(alien, cast.Stranger.Id, IsIsv: false), now, ct),
        ]);
        await turns.TakeAsync([subscriptions.TrySubscribeAsync(cast.Stranger.Id, sibling, now, ct)]);
    }

    private async Task AddPeopleAsync(DemoCast cast, DateTimeOffset now, WriteTurns turns, CancellationToken ct)
    {
        var (welink, stranger) = (cast.Welink, cast.Stranger);
        var numbers = new Dictionary<string, long>();
        foreach (var (at, (code, parent, name, nameEn)) in Departments.Index())
        {
            var put = departments.PutAsync(new Department
            {
                TenantId = welink.Id,
                Parent = parent is null ? Department.Root : numbers[parent],
                CorpCode = code,
                Name = name,
                NameEn = nameEn,
                Manager = code is "research" ? welink.UserIdOf("mainland") : null,
                CreatedAt = now,
                ChangedAt = now,
            }, ct);
            await turns.TakeAsync([put]);
            numbers[code] = turns.IsOrdered ? FirstNumber + at // of an organisation that has none yet
                : (await put).Number is not 0 and var number ? number
                : (await departments.FindByCorpCodesAsync(welink.Id, [code], ct))[0].Number;
        }

        var (research, backend, sales) = (numbers["research"], numbers["backend"], numbers["sales"]);
        await turns.TakeAsync(
        [
            PutAsync(MemberOf(cast, "mainland", welink, "小明", "Ming", now, research, sales) with { IsAdmin = true }),
            PutAsync(MemberOf(cast, "hongkong", welink, "阿明", "Ah Ming", now, backend) with
            {
                Details = new() { Secretary = welink.UserIdOf("mainland"), Job = "工程师" },
            }),
            PutAsync(MemberOf(cast, "unverified", welink, "小红", "Hong", now, sales) with { Sex = Sex.Female }),
            PutAsync(MemberOf(cast, "former", welink, "老王", "Wang", now, sales) with { State = MemberState.Closed }),
            PutAsync(MemberOf(cast, "russia", stranger, "Миша", "Misha", now, Department.Root)),
            publicAccounts.TryAddAsync(new PublicAccount(welink.Id, PublicAccountId, "公司新闻", now), ct),
        ]);
        await turns.TakeAsync(
        [
            follows.TryAddAsync(new Follow(welink.Id, PublicAccountId, welink.UserIdOf("mainland"), now), ct),
            follows.TryAddAsync(new Follow(welink.Id, PublicAccountId, welink.UserIdOf("hongkong"), now), ct),
        ]);

        Task PutAsync(Member member) => members.PutAsync(member, ct);
    }

    /// <summary>A demo user is a member of the same name; another has no account.</summary>
    private static Member MemberOf(
        DemoCast cast, string name, DemoCast.Organisation tenant, string shown, string nameEn, DateTimeOffset now,
        params long[] departments)
    {
        var user = cast.Users.FirstOrDefault(user => user.Role == name);
        return new()
        {
            TenantId = tenant.Id,
            UserId = tenant.UserIdOf(name),
            CorpUserId = name,
            Name = shown,
            NameEn = nameEn,
            Sex = Sex.Male,
            Mobile = user?.CallingCode is { } code ? MobileNumber.Write(code, user.National!) : null,
            Email = $"{name}@demo.example",
            State = user is null ? MemberState.WithoutAccount : MemberState.Open,
            AccountId = user?.Id,
            Memberships = [.. departments.Select(department => new Membership(department, Position: 100))],
            CreatedAt = now,
            ChangedAt = now,
        };
    }

    private static Tenant TenantOf(DemoCast.Organisation tenant, string name, string nameEn, DateTimeOffset now) => new()
    {
        Id = tenant.Id,
        Name = name,
        NameEn = nameEn,
        Domain = tenant.Domain,
        ContactName = "张三",
        Scale = "1-50",
        Registered = 50,
        Type = 1,
        LicensedFrom = now,
        LicensedUntil = now.AddYears(1),
        CreatedAt = now,
        ChangedAt = now,
    };
}
