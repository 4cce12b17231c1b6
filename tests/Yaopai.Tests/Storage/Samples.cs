using Yaopai.Server.Accounts;
using Yaopai.Server.Apps;
using Yaopai.Server.Consents;
using Yaopai.Server.Identifiers;
using Yaopai.Server.Organisations;
using Yaopai.Tests.Keys;

namespace Yaopai.Tests.Storage;

/// <summary>Values that tests need and do not care about.</summary>
internal static class Samples
{
    private static long s_last = 10_000_000; // nothing of the demo data has an id beyond this one and below a hundred million

    public static DateTimeOffset Noon { get; } = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Of an installation of its own.</summary>
    public static PairwiseIdentifiers Identifiers { get; } = new(new Rings().StartAsync().GetAwaiter().GetResult());

    /// <summary>Tests of one class share a database: each takes ids of its own.</summary>
    public static long NewId() => Interlocked.Increment(ref s_last);

    public static App NewApp(long developerId) => new()
    {
        Id = NewId(),
        DeveloperId = developerId,
        ProjectId = 7,
        Name = "App",
        CreatedAt = Noon,
    };

    public static DeviceAuthorization NewDevice(string userCode) => new(
        NewId(), Guid.NewGuid(), userCode, ["openid"], DeviceState.Waiting, AccountId: null, PhoneId: null,
        CreatedAt: Noon, ScanUntil: Noon.AddMinutes(2), ExpiresAt: Noon.AddMinutes(30), ConfirmedAt: null, Polls: 0);

    public static Tenant NewTenant() => new()
    {
        Id = -NewId(), // ids of tenants have any sign
        Name = "公司",
        NameEn = "Company",
        Domain = $"domain-{Guid.NewGuid():n}",
        CreatedAt = Noon,
        ChangedAt = Noon,
    };

    /// <summary>In no department but the root.</summary>
    public static Member NewMember(Tenant tenant)
    {
        var corpUserId = $"u{NewId()}";
        return new()
        {
            TenantId = tenant.Id,
            UserId = Member.UserIdOf(corpUserId, tenant.Domain),
            CorpUserId = corpUserId,
            Name = "张三",
            Memberships = [new(Department.Root, 1)],
            CreatedAt = Noon,
            ChangedAt = Noon,
        };
    }

    public static Account NewAccount() => new()
    {
        Id = NewId(),
        Name = $"name-{Guid.NewGuid():n}",
        PasswordHash = "hash",
        Region = "CN",
        CreatedAt = Noon,
    };
}
