using System.Text.Json;
using Yaopai.Server.Messages;
using Yaopai.Server.Organisations;

namespace Yaopai.Bench;

/// <summary>An organisation with a hundred departments and people who follow its public account.</summary>
internal static class SeedTenant
{
    public const long Id = 0x8C;

    private const string Domain = "bench", News = "news";
    private const int Departments = 100;

    public static string UserIdOf(int user) => Member.UserIdOf($"u{user}", Domain);

    /// <summary>A message to all of them by name.</summary>
    public static string Message(int users) => JsonSerializer.Serialize(new
    {
        publicAccID = News,
        msgRange = "0",
        toUserList = Enumerable.Range(1, users).Select(UserIdOf),
        msgTitle = "Canteen",
        msgContent = "Fish today",
        urlType = "html",
        urlPath = "https://bench.example/menu",
        msgOwner = "Canteen",
    });

    public static async Task AddAsync(IServiceProvider services, long appId, int users, DateTimeOffset now)
    {
        var ct = CancellationToken.None;
        await services.GetRequiredService<ITenantStore>().TryAddAsync(
            new Tenant { Id = Id, Name = "bench", NameEn = "bench", Domain = Domain, CreatedAt = now, ChangedAt = now }, ct);
        await services.GetRequiredService<ISubscriptionStore>().TryAddHomeAsync(new AppTenancy(appId, Id, IsIsv: false), now, ct);
        await services.GetRequiredService<IPublicAccountStore>().TryAddAsync(new PublicAccount(Id, News, "news", now), ct);
        var (departments, members, follows) = (services.GetRequiredService<IDepartmentStore>(),
            services.GetRequiredService<IMemberStore>(), services.GetRequiredService<IFollowStore>());
        var numbers = new List<long>();
        for (var i = 0; i < Departments; i++)
        {
            numbers.Add((await departments.PutAsync(new Department
            {
                TenantId = Id,
                CorpCode = $"d{i}",
                Name = $"部门{i}",
                NameEn = $"Department {i}",
                CreatedAt = now,
                ChangedAt = now,
            }, ct)).Number);
        }

        await Parallel.ForAsync(1, users + 1, ct, async (i, ct) =>
        {
            await members.PutAsync(new Member
            {
                TenantId = Id,
                UserId = UserIdOf(i),
                CorpUserId = $"u{i}",
                Name = $"员工{i}",
                Mobile = $"+86-139{i:D8}",
                Email = $"u{i}@bench.example",
                Memberships = [new Membership(numbers[i % Departments], 1)],
                CreatedAt = now,
                ChangedAt = now,
            }, ct);
            await follows.TryAddAsync(new Follow(Id, News, UserIdOf(i), now), ct);
        });
    }
}
