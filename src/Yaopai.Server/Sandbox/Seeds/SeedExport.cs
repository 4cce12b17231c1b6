using Yaopai.Server.Accounts;
using Yaopai.Server.Apps;
using Yaopai.Server.Organisations;
using Yaopai.Server.Sandbox.Worlds;
using Yaopai.Server.Stores;

namespace Yaopai.Server.Sandbox.Seeds;

/// <summary>Writes what is there as a seed, but for worlds and for what people did: tokens, consents, messages.</summary>
internal sealed class SeedExport(
    AppSeeds apps, UserSeeds users, TenantSeeds tenants, IAppStore appStore, IAccountStore accounts, ITenantStore tenantStore,
    ISubscriptionStore subscriptions, IFriendStore friends, IWorldStore worlds, SeedSource source, SandboxClock clock, Faults faults,
    TimeProvider time)
{
    private const int Page = 200;
    private const int MostFriends = 500;

    public async Task<SeedFile> WriteAsync(CancellationToken ct)
    {
        var others = await BelongingsOfWorldsAsync(ct);
        var appRows = await AllAsync(appStore.ListAsync, app => app.Id, 0L, others.Apps, ct);
        var people = await AllAsync(accounts.ListAsync, account => account.Id, 0L, others.Accounts, ct);
        var companies = await AllAsync(
            (after, take, ct) => tenantStore.ListAsync(after, take, ct), tenant => tenant.Id, (long?)null, others.Tenants, ct);
        var ofTenants = await AppsOfTenantsAsync(appRows, ct);
        return new()
        {
            Schema = "/sandbox/seed.schema.json",
            Demo = DemoData.Apps.All(demo => appRows.Any(app => app.Id == demo.ClientId))
                && DemoData.Users.All(demo => people.Any(person => person.Id == demo.Id)),
            IdentifierKey = source.File?.IdentifierKey,
            RandomSeed = source.RandomSeed,
            StoppedAt = source.StoppedAt,
            Users = [.. await EachAsync(people, person => DescribeAsync(person, ct))],
            Apps = [.. await EachAsync(appRows, app => apps.DescribeAsync(app, ct))],
            Tenants =
            [
                .. await EachAsync(companies, async tenant =>
                    await tenants.DescribeAsync(tenant, ct) with { Apps = [.. ofTenants[tenant.Id]] }),
            ],
            Friends = await FriendsAsync(people, ct),
            Clock = new(
                clock.Offset == TimeSpan.Zero ? null : Iso8601Duration.Write(clock.Offset),
                Apps: [.. clock.AppOffsets.Select(own => new AppClockSeed(own.AppId, Iso8601Duration.Write(own.Offset - clock.Offset)))]),
            Faults = [.. faults.All.Where(fault => fault.World is null).Select(fault => FaultReader.Write(fault, time.GetUtcNow()))],
        };
    }

    private async Task<UserSeed> DescribeAsync(Account person, CancellationToken ct) =>
        await users.DescribeAsync(person, ct) with { PasswordHash = person.PasswordHash is "" ? null : person.PasswordHash };

    private async Task<Belongings> BelongingsOfWorldsAsync(CancellationToken ct)
    {
        var all = new List<Belongings>();
        var after = "";
        while (await worlds.ListAsync(after, Page, ct) is { Count: > 0 } page)
        {
            all.AddRange(page.Select(stored => World.Of(stored).ToBelongings()));
            after = page[^1].Id;
        }

        return new()
        {
            Apps = [.. all.SelectMany(world => world.Apps)],
            Accounts = [.. all.SelectMany(world => world.Accounts)],
            Tenants = [.. all.SelectMany(world => world.Tenants)],
        };
    }

    private static async Task<List<T>> AllAsync<T, TKey>(
        Func<TKey, int, CancellationToken, Task<IReadOnlyList<T>>> listAsync, Func<T, long> idOf, TKey first, IReadOnlyList<long> but,
        CancellationToken ct)
    {
        var (all, without, after) = (new List<T>(), but.ToHashSet(), first);
        while (await listAsync(after, Page, ct) is { Count: > 0 } page)
        {
            all.AddRange(page.Where(one => !without.Contains(idOf(one))));
            after = (TKey)(object)idOf(page[^1]);
        }

        return all;
    }

    private static async Task<List<TSeed>> EachAsync<T, TSeed>(IEnumerable<T> rows, Func<T, Task<TSeed>> describeAsync)
    {
        var seeds = new List<TSeed>();
        foreach (var row in rows)
            seeds.Add(await describeAsync(row));

        return seeds;
    }

    private async Task<ILookup<long, TenantAppSeed>> AppsOfTenantsAsync(IReadOnlyList<App> all, CancellationToken ct)
    {
        var found = new List<(long TenantId, TenantAppSeed Seed)>();
        foreach (var app in all)
        {
            if (await subscriptions.FindHomeAsync(app.Id, ct) is not { } home)
                continue;

            foreach (var subscription in await subscriptions.ListOfAppAsync(app.Id, after: null, Page, ct))
            {
                found.Add((subscription.TenantId, subscription.IsHome
                    ? new(app.Id, Home: true, home.IsIsv)
                    : new(app.Id, Home: false)));
            }
        }

        return found.ToLookup(one => one.TenantId, one => one.Seed);
    }

    private async Task<IReadOnlyList<FriendSeed>> FriendsAsync(IReadOnlyList<Account> people, CancellationToken ct)
    {
        var seeds = new List<FriendSeed>();
        foreach (var person in people)
        {
            var theirs = await friends.ListAsync(person.Id, FriendOrder.AddedAt, use: null, skip: 0, MostFriends, ct);
            seeds.AddRange(theirs.Select(friend => new FriendSeed(person.Name, friend.Name)).Reverse());
        }

        return seeds;
    }
}
