using System.Collections.Frozen;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Yaopai.Server.Accounts;
using Yaopai.Server.Accounts.RealNames;
using Yaopai.Server.Apps;
using Yaopai.Server.OAuth;
using Yaopai.Server.Sandbox.WeChat;
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
        long Id, string Name, string Region, string? Nickname, string? CallingCode, string? National, string Note);

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
        DemoOrganisations Organisations, DemoMarket Market, TimeProvider Time);

    /// <summary>Stores what is missing. Ten nodes may do so at once.</summary>
    public static async Task AddAsync(Stores stores, CancellationToken ct)
    {
        var (groups, developers, apps, accounts, friends, realNames, secrets, surfaces, weChat, organisations, market, time) = stores;
        var now = time.GetUtcNow();
        await groups.TryAddAsync(new AccountGroup(501, "demo group", now, null), ct);
        await developers.TryAddAsync(new Developer(1001, "demo developer", 501, now, null), ct);
        await developers.TryAddAsync(new Developer(2001, "another developer", null, now, null), ct);
        // Everybody knows this password; iterations would protect nothing, and cost a newcomer a second at the first start.
        var quick = new PasswordHasher<DemoUser>(Options.Create(new PasswordHasherOptions { IterationCount = 1_000 }));
        foreach (var user in Users)
            await accounts.TryAddAsync(AccountOf(user, quick.HashPassword(user, Password), now), ct);

        foreach (var (user, name, number, level, state) in RealNames)
            await realNames.PutAsync(new RealName(IdOf(user), name, number, level, state, now), ct);

        foreach (var (user, friend, days) in Friends)
            await friends.TryAddAsync(IdOf(user), IdOf(friend), now.AddDays(-days), ct);

        foreach (var account in WeChatPeople.Accounts)
            await weChat.TryPutAsync(account, ct);

        await organisations.AddAsync(now, ct);
        await market.AddAsync(now, ct);

        // Last, because a database without apps counts as empty.
        foreach (var app in Apps)
            await apps.TryAddAsync(AppOf(app, surfaces, secrets, now), ct);
    }

    /// <summary>What the platforms approve a demo app for.</summary>
    public static IReadOnlyList<string> ScopesOf(DemoApp app, SurfaceProfiles surfaces) =>
        [.. surfaces.All.SelectMany(surface => surface.DemoScopesOf(app.Name)).Distinct()];

    private static long IdOf(string user) => Users.Single(one => one.Name == user).Id;

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

    private static Account AccountOf(DemoUser user, string passwordHash, DateTimeOffset now) => new()
    {
        Id = user.Id,
        Name = user.Name,
        PasswordHash = passwordHash,
        Region = user.Region,
        Nickname = user.Nickname,
        AvatarUrl = user.Nickname is null ? null : $"https://demo.example/avatars/{user.Name}.png",
        Email = user.Name is "risky" ? "risky@mailinator.com" : $"{user.Name}@demo.example",
        EmailVerified = user.Name is not "risky",
        Profile = user.Name is "mainland"
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
                VerifiedAt: user.Name is "unverified" ? now.AddDays(-120) : now)],
        CreatedAt = now,
        DisabledAt = user.Name is "locked" ? now : null,
        RecycledAt = user.Name is "recycled" ? now : null,
    };
}
