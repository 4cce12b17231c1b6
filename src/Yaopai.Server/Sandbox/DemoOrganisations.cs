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

    public const string WelinkDomain = "welink";

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

    public async Task AddAsync(DateTimeOffset now, CancellationToken ct)
    {
        await tenants.TryAddAsync(TenantOf(Welink, WelinkDomain, "腰牌示例公司", "Yaopai Demo", now), ct);
        await tenants.TryAddAsync(TenantOf(Stranger, "stranger", "另一家公司", "Another Company", now), ct);

        await subscriptions.TryAddHomeAsync(new AppTenancy(AppOf("demo"), Welink, IsIsv: false), now, ct);
        await subscriptions.TryAddHomeAsync(new AppTenancy(AppOf("demo-sibling"), Welink, IsIsv: true), now, ct);
        await subscriptions.TryAddHomeAsync(new AppTenancy(AppOf("demo-stranger"), Stranger, IsIsv: false), now, ct);
        await subscriptions.TrySubscribeAsync(Stranger, AppOf("demo-sibling"), now, ct);

        foreach (var (code, parent, name, nameEn) in Departments)
        {
            await departments.PutAsync(new Department
            {
                TenantId = Welink,
                Parent = parent is null ? Department.Root : await NumberOfAsync(parent, ct),
                CorpCode = code,
                Name = name,
                NameEn = nameEn,
                Manager = code is "research" ? "mainland@welink" : null,
                CreatedAt = now,
                ChangedAt = now,
            }, ct);
        }

        var (research, backend, sales) = (
            await NumberOfAsync("research", ct), await NumberOfAsync("backend", ct), await NumberOfAsync("sales", ct));
        await members.PutAsync(MemberOf("mainland", Welink, "小明", "Ming", now, research, sales) with { IsAdmin = true }, ct);
        await members.PutAsync(MemberOf("hongkong", Welink, "阿明", "Ah Ming", now, backend) with
        {
            Details = new() { Secretary = "mainland@welink", Job = "工程师" },
        }, ct);
        await members.PutAsync(MemberOf("unverified", Welink, "小红", "Hong", now, sales) with { Sex = Sex.Female }, ct);
        await members.PutAsync(MemberOf("former", Welink, "老王", "Wang", now, sales) with { State = MemberState.Closed }, ct);
        await members.PutAsync(MemberOf("russia", Stranger, "Миша", "Misha", now, Department.Root), ct);
        await publicAccounts.TryAddAsync(new PublicAccount(Welink, PublicAccountId, "公司新闻", now), ct);
        foreach (var follower in new[] { "mainland@welink", "hongkong@welink" })
            await follows.TryAddAsync(new Follow(Welink, PublicAccountId, follower, now), ct);
    }

    private async Task<long> NumberOfAsync(string code, CancellationToken ct) =>
        (await departments.FindByCorpCodesAsync(Welink, [code], ct))[0].Number;

    private static long AppOf(string name) => DemoData.Apps.Single(app => app.Name == name).ClientId;

    /// <summary>A demo user is a member of the same name; another has no account.</summary>
    private static Member MemberOf(string name, long tenantId, string shown, string nameEn, DateTimeOffset now, params long[] departments)
    {
        var user = DemoData.Users.FirstOrDefault(user => user.Name == name);
        return new()
        {
            TenantId = tenantId,
            UserId = Member.UserIdOf(name, tenantId is Welink ? "welink" : "stranger"),
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

    private static Tenant TenantOf(long id, string domain, string name, string nameEn, DateTimeOffset now) => new()
    {
        Id = id,
        Name = name,
        NameEn = nameEn,
        Domain = domain,
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
