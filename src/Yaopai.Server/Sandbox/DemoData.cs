using System.Collections.Frozen;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Yaopai.Server.Accounts;
using Yaopai.Server.Accounts.RealNames;
using Yaopai.Server.Apps;
using Yaopai.Server.OAuth;
using Yaopai.Server.Sandbox.WeChat;
using Yaopai.Server.Stores;
using Yaopai.Server.Upstreams.WeChat;

namespace Yaopai.Server.Sandbox;

/// <summary>People and apps to begin with, with fixed values, so that a test against them can be written down.</summary>
internal static class DemoData
{
    public const string Password = "yaopai-demo";

    public sealed record DemoApp(string Name, long ClientId, string ClientSecret, string RedirectUri, long DeveloperId);

    /// <param name="User">The name of a demo user.</param>
    public sealed record DemoRealName(string User, string Name, string Number, int Level, RealNameState State);

    public sealed record DemoUser(
        long Id, string Name, string Region, string? Nickname, string? CallingCode, string? National, string Note)
    {
        /// <summary>The name without what a world adds to it.</summary>
        public string Role { get; init; } = Name;
    }

    public static IReadOnlyList<DemoApp> Apps { get; } =
    [
        new("demo",          100000001, "d3100000000000000000000000000000000000000000000000000000000000d1", "https://demo.example/callback",
            1001),
        new("demo-sibling",  100000002, "d3100000000000000000000000000000000000000000000000000000000000d2",
            "https://sibling.example/callback",  1001),
        new("demo-stranger", 200000001, "d3200000000000000000000000000000000000000000000000000000000000d3",
            "https://stranger.example/callback", 2001),
    ];

    public static IReadOnlyList<DemoUser> Users { get; } =
    [
        new(900001, "mainland",   "CN", "小明",   "86",  "11136000008", "mainland account with a mainland number"),
        new(900002, "hongkong",   "HK", "阿明",   "852", "61234567",    "Hong Kong account with a Hong Kong number"),
        new(900003, "russia",     "RU", "Миша",   "7",   "9871234560",  "Russian account with a Russian number"),
        new(900004, "nophone",    "CN", null,     null,  null,          "no phone number, no nickname"),
        new(900005, "unverified", "CN", "小红",   "86",  "11136000009", "number last proved reachable more than 90 days ago"),
        new(900006, "risky",      "CN", "小刚",   "86",  "11136000010", "mail address of a disposable domain"),
        new(900007, "locked",     "CN", "小锁",   "86",  "11136000011", "locked out: cannot sign in"),
        new(900008, "recycled",   "CN", "小收",   "86",  "11136000012", "recycled by the system: cannot sign in"),
    ];

    /// <summary>The demo itself; a world has a cast of its own.</summary>
    public static DemoCast Cast => new()
    {
        Apps = Apps,
        Users = Users,
        GroupId = 501,
        Welink = new(DemoOrganisations.Welink, DemoOrganisations.WelinkDomain),
        Stranger = new(DemoOrganisations.Stranger, DemoOrganisations.StrangerDomain),
        WeChat = WeChatPeople.Accounts,
    };

    /// <summary>Nobody's: the numbers that GB 11643 itself shows as examples, and one of a person who would be older than anyone.</summary>
    public static IReadOnlyList<DemoRealName> RealNames { get; } =
    [
        new("mainland",   "张三", "11010519491231002X", 20, RealNameState.Verified),
        new("nophone",    "李四", "440524188001010014", 40, RealNameState.Verified),
        new("unverified", "王五", "31010118990101006X", 0,  RealNameState.InProgress),
    ];

    /// <summary>Friendships, and for how many days they have been.</summary>
    public static IReadOnlyList<(string User, string Friend, int Days)> Friends { get; } =
    [
        ("mainland",   "hongkong", 30),
        ("hongkong",   "mainland", 30),
        ("mainland",   "russia",   10),
        ("unverified", "mainland", 5),
    ];

    /// <summary>Where everything is stored.</summary>
    internal sealed record Stores(
        IAccountGroupStore Groups, IDeveloperStore Developers, IAppStore Apps, IAccountStore Accounts, IFriendStore Friends,
        RealNameDirectory RealNames, SigningSecrets Secrets, SurfaceProfiles Surfaces, WeChatAccounts WeChat,
        DemoOrganisations Organisations, DemoMarket Market, WriteOrder Order, TimeProvider Time);

    /// <summary>Everybody knows this password; iterations would protect nothing, and cost a newcomer a second at the first start.
    /// Hashed once for all.</summary>
    private static readonly Lazy<string> s_passwordHash = new(() =>
        new PasswordHasher<object>(Options.Create(new PasswordHasherOptions { IterationCount = 1_000 })).HashPassword(new(), Password));

    public static string PasswordHash => s_passwordHash.Value;

    /// <summary>Stores what is missing. Ten nodes may do so at once.</summary>
    public static Task AddAsync(Stores stores, CancellationToken ct) => AddAsync(stores, Cast, new WriteTurns(isOrdered: false), ct);

    /// <summary>The same for a cast of which nothing is there yet: where writes keep their order, in two or three commits.</summary>
    /// <returns>False when an id or number was somebody's.</returns>
    public static Task<bool> AddNewAsync(Stores stores, DemoCast cast, CancellationToken ct) =>
        AddAsync(stores, cast, new WriteTurns(stores.Order.IsKept), ct);

    private static async Task<bool> AddAsync(Stores stores, DemoCast cast, WriteTurns turns, CancellationToken ct)
    {
        var now = stores.Time.GetUtcNow();
        Task<bool>[] people =
        [
            stores.Groups.TryAddAsync(new AccountGroup(cast.GroupId, "demo group", now, null), ct),
            .. cast.Apps.DistinctBy(app => app.DeveloperId).Select(app =>
                stores.Developers.TryAddAsync(DeveloperOf(app, cast, now), ct)),
            .. cast.Users.Select(user => stores.Accounts.TryAddAsync(AccountOf(user, now), ct)),
        ];
        await turns.TakeAsync(people);
        await turns.TakeAsync(
        [
            .. RealNames.Select(one => stores.RealNames.PutAsync(
                new RealName(cast.IdOf(one.User), one.Name, one.Number, one.Level, one.State, now), ct)),
            .. Friends.Select(one => stores.Friends.TryAddAsync(cast.IdOf(one.User), cast.IdOf(one.Friend), now.AddDays(-one.Days), ct)),
            .. cast.WeChat.Select(account => stores.WeChat.TryPutAsync(account, ct)),
            stores.Organisations.AddAsync(cast, now, turns, ct),
            stores.Market.AddAsync(cast, now, ct),
        ]);

        // Last, because a database without apps counts as empty.
        Task<bool>[] apps =
        [
            .. cast.Apps.Select(app => stores.Apps.TryAddAsync(AppOf(app, stores.Surfaces, stores.Secrets, now), ct)),
        ];
        await turns.TakeAsync(apps);
        await turns.EndAsync();
        return (await Task.WhenAll(people)).All(added => added) && (await Task.WhenAll(apps)).All(added => added);
    }

    /// <summary>What the platforms approve a demo app for.</summary>
    public static IReadOnlyList<string> ScopesOf(DemoApp app, SurfaceProfiles surfaces) =>
        [.. surfaces.All.SelectMany(surface => surface.DemoScopesOf(app.Name)).Distinct()];

    /// <summary>The developer of the first app is in the group, and nobody else is.</summary>
    private static Developer DeveloperOf(DemoApp app, DemoCast cast, DateTimeOffset now) => app.DeveloperId == cast.Apps[0].DeveloperId
        ? new(app.DeveloperId, "demo developer", cast.GroupId, now, null)
        : new(app.DeveloperId, "another developer", null, now, null);

    private static App AppOf(DemoApp app, SurfaceProfiles surfaces, SigningSecrets secrets, DateTimeOffset now) => new()
    {
        Id = app.ClientId,
        DeveloperId = app.DeveloperId,
        ProjectId = app.DeveloperId * 1_000,
        Name = app.Name,
        SecretHashes = [ClientSecret.Hash(app.ClientSecret)],
        IsSigning = true,
        SigningSecrets = [secrets.Seal(app.ClientId, app.ClientSecret)],
        RedirectUris = [app.RedirectUri, RedirectUri.OutOfBand],
        AppliedScopes = ScopesOf(app, surfaces),
        ApprovedScopes = ScopesOf(app, surfaces),
        GrantTypes = surfaces.All.Select(surface => surface.DemoGrantTypesOf(app.Name)).FirstOrDefault(types => types is not null),
        CreatedAt = now,
    };

    private static Account AccountOf(DemoUser user, DateTimeOffset now) => new()
    {
        Id = user.Id,
        Name = user.Name,
        PasswordHash = PasswordHash,
        Region = user.Region,
        Nickname = user.Nickname,
        AvatarUrl = user.Nickname is null ? null : $"https://demo.example/avatars/{user.Role}.png",
        Email = user.Role is "risky" ? "risky@mailinator.com" : $"{user.Name}@demo.example",
        EmailVerified = user.Role is not "risky",
        Profile = user.Role is "mainland"
            ? new Dictionary<string, string>
            {
                ["realname"] = "小明同学",
                [ProfileFields.Birthday] = "1990-05-01",
                ["sex"] = "1",
                ["job"] = "teacher",
            }
            : FrozenDictionary<string, string>.Empty,
        Phones = user.CallingCode is null
            ? []
            : [new PhoneNumber(user.Id * 10, user.CallingCode, user.National!, user.Region, IsBound: true,
                VerifiedAt: user.Role is "unverified" ? now.AddDays(-120) : now)],
        CreatedAt = now,
        DisabledAt = user.Role is "locked" ? now : null,
        RecycledAt = user.Role is "recycled" ? now : null,
    };
}
