using System.Net;
using Yaopai.Server.Apps;
using Yaopai.Server.Storage.Sql;
using Yaopai.Server.Storage.Sql.Apps;
using Yaopai.Server.Stores;
using Yaopai.Server.Surfaces.OpenApi;

namespace Yaopai.Tests.Storage;

public sealed class SqliteAppStoreTests(OnSqlite engine) : AppStoreContract(engine), IClassFixture<OnSqlite>;

public sealed class PostgresAppStoreTests(OnPostgres engine) : AppStoreContract(engine), IClassFixture<OnPostgres>;

public abstract class AppStoreContract(Engine engine)
{
    private readonly SqlAppStore _apps = new(engine.Database);
    private readonly SqlDeveloperStore _developers = new(engine.Database);
    private readonly SqlAccountGroupStore _groups = new(engine.Database);

    [Fact]
    public async Task An_app_reads_back_with_all_its_fields()
    {
        var developer = await AddDeveloperAsync();
        var app = Samples.NewApp(developer.Id) with
        {
            Name = "腰牌",
            IsPublic = true,
            SecretHashes = [[1, 2, 3], [4]],
            RedirectUris = ["https://example.com/a?b=\"c\"", "app://back"],
            AppliedScopes = ["openid", "email"],
            ApprovedScopes = ["openid"],
            GrantTypes = [OpenApiGrantTypes.Code, OpenApiGrantTypes.Password],
            ServiceAccounts = [new("123456789", "0a1b", [1, 2, 3]), new("987654321", "ff", [])],
            Allowlist = [IPNetwork.Parse("10.0.0.0/8"), IPNetwork.Parse("2001:db8::/32")],
            IsSigning = true,
            SigningSecrets = [[9, 8], [7]],
            Referers = ["app.example", "localhost"],
            WritesWithoutSecret = true,
            RequiresHttps = false,
            RefreshNeedsSecret = true,
            QuotaPerMinute = 60,
            DisabledAt = Samples.Noon,
        };

        Assert.True(await _apps.TryAddAsync(app, default));

        Equal(app, await _apps.FindAsync(app.Id, default));
    }

    [Fact]
    public async Task A_taken_id_and_an_unknown_app_are_refused()
    {
        var app = Samples.NewApp((await AddDeveloperAsync()).Id);
        Assert.False(await _apps.TryChangeAsync(app, default));
        Assert.True(await _apps.TryAddAsync(app, default));
        Assert.False(await _apps.TryAddAsync(app with { Name = "another" }, default));

        Equal(app, await _apps.FindAsync(app.Id, default));
        Assert.Null(await _apps.FindAsync(Samples.NewId(), default));
    }

    [Fact]
    public async Task A_freeze_is_announced_and_outlives_a_change()
    {
        var app = Samples.NewApp((await AddDeveloperAsync()).Id);
        Assert.True(await _apps.TryAddAsync(app, default));

        await _apps.FreezeAsync(app.Id, Samples.Noon, default);

        Assert.Contains(new Change(ChangeKind.App, app.Id), await ChangesAsync());
        Assert.True(await _apps.TryChangeAsync(app with { Name = "renamed" }, default));
        Equal(app with { Name = "renamed", FrozenUntil = Samples.Noon }, await _apps.FindAsync(app.Id, default));
    }

    [Fact]
    public async Task A_change_replaces_the_secrets_and_is_announced()
    {
        var app = Samples.NewApp((await AddDeveloperAsync()).Id) with { SecretHashes = [[1]] };
        Assert.True(await _apps.TryAddAsync(app, default));

        var changed = app with { SecretHashes = [[2], [1]], QuotaPerMinute = 0, WritesWithoutSecret = true, RequiresHttps = true };
        Assert.True(await _apps.TryChangeAsync(changed, default));

        Equal(changed, await _apps.FindAsync(app.Id, default));
        Assert.Contains(new Change(ChangeKind.App, app.Id), await ChangesAsync());
    }

    [Fact]
    public async Task An_app_knows_the_group_of_its_developer_while_the_group_is_enabled()
    {
        var group = new AccountGroup(Samples.NewId(), "group", Samples.Noon, null);
        var developer = await AddDeveloperAsync();
        var app = Samples.NewApp(developer.Id);
        Assert.True(await _apps.TryAddAsync(app, default));
        Assert.True(await _groups.TryAddAsync(group, default));
        Assert.Null((await _apps.FindAsync(app.Id, default))!.GroupId);

        Assert.True(await _developers.TryChangeAsync(developer with { GroupId = group.Id }, default));
        Assert.Equal(group.Id, (await _apps.FindAsync(app.Id, default))!.GroupId);

        Assert.True(await _groups.TryChangeAsync(group with { DisabledAt = Samples.Noon }, default));
        Assert.Null((await _apps.FindAsync(app.Id, default))!.GroupId);
    }

    [Fact]
    public async Task An_app_of_a_disabled_developer_is_not_enabled()
    {
        var developer = await AddDeveloperAsync();
        var app = Samples.NewApp(developer.Id);
        Assert.True(await _apps.TryAddAsync(app, default));
        Assert.True((await _apps.FindAsync(app.Id, default))!.IsEnabled);

        Assert.True(await _developers.TryChangeAsync(developer with { DisabledAt = Samples.Noon }, default));

        Assert.False((await _apps.FindAsync(app.Id, default))!.IsEnabled);
    }

    [Fact]
    public async Task Apps_are_listed_by_id()
    {
        var developer = await AddDeveloperAsync();
        var apps = Enumerable.Range(0, 3).Select(_ => Samples.NewApp(developer.Id) with { Id = long.MaxValue - Samples.NewId() })
            .OrderBy(app => app.Id).ToArray();
        foreach (var app in apps)
            Assert.True(await _apps.TryAddAsync(app, default));

        Assert.Equal([apps[1].Id, apps[2].Id], (await _apps.ListAsync(apps[0].Id, 2, default)).Select(app => app.Id));
        Assert.Equal([apps[1].Id], (await _apps.ListAsync(apps[0].Id, 1, default)).Select(app => app.Id));
    }

    [Fact]
    public async Task Developers_and_groups_read_back_as_given_and_are_announced()
    {
        var developer = new Developer(Samples.NewId(), "dev", GroupId: 5, Samples.Noon, Samples.Noon.AddDays(1));
        var group = new AccountGroup(Samples.NewId(), "group", Samples.Noon, Samples.Noon.AddDays(1));
        Assert.False(await _developers.TryChangeAsync(developer, default));
        Assert.False(await _groups.TryChangeAsync(group, default));

        Assert.True(await _developers.TryAddAsync(developer, default));
        Assert.True(await _groups.TryAddAsync(group, default));

        Assert.False(await _developers.TryAddAsync(developer, default));
        Assert.False(await _groups.TryAddAsync(group, default));
        Assert.Equal(developer, await _developers.FindAsync(developer.Id, default));
        Assert.Equal(group, await _groups.FindAsync(group.Id, default));
        Assert.Equal([developer], await _developers.ListAsync(developer.Id - 1, 1, default));
        Assert.Equal([group], await _groups.ListAsync(group.Id - 1, 1, default));
        Assert.Contains(new Change(ChangeKind.Developer, developer.Id), await ChangesAsync());
        Assert.Contains(new Change(ChangeKind.AccountGroup, group.Id), await ChangesAsync());
    }

    private async Task<IReadOnlyList<Change>> ChangesAsync() =>
        [.. (await new SqlChangeFeed(engine.Database).SinceAsync(DateTimeOffset.UnixEpoch, default)).Select(recorded => recorded.Change)];

    private async Task<Developer> AddDeveloperAsync()
    {
        var developer = new Developer(Samples.NewId(), "dev", GroupId: null, Samples.Noon, DisabledAt: null);
        Assert.True(await _developers.TryAddAsync(developer, default));
        return developer;
    }

    private static void Equal(App expected, App? actual)
    {
        Assert.NotNull(actual);
        Assert.Equal(expected.SecretHashes, actual.SecretHashes);
        Assert.Equal(expected.RedirectUris, actual.RedirectUris);
        Assert.Equal(expected.AppliedScopes, actual.AppliedScopes);
        Assert.Equal(expected.ApprovedScopes, actual.ApprovedScopes);
        Assert.Equal(expected.GrantTypes, actual.GrantTypes);
        Assert.Equal(expected.Allowlist, actual.Allowlist);
        Assert.Equal(expected.EventKinds, actual.EventKinds);
        Assert.Equal(expected.SigningSecrets, actual.SigningSecrets);
        Assert.Equal(expected.Referers, actual.Referers);
        Assert.Equal(expected.ServiceAccounts.Select(Text), actual.ServiceAccounts.Select(Text));
        Assert.Equal(WithoutLists(expected), WithoutLists(actual));
    }

    private static App WithoutLists(App app) => app with
    {
        SecretHashes = [],
        RedirectUris = [],
        AppliedScopes = [],
        ApprovedScopes = [],
        GrantTypes = null,
        ServiceAccounts = [],
        Allowlist = [],
        EventKinds = [],
        SigningSecrets = [],
        Referers = [],
    };

    private static string Text(ServiceAccount account) => $"{account.ClientId} {account.KeyId} {Convert.ToHexString(account.PublicKey)}";
}
