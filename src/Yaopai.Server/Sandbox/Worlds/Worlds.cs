using Yaopai.Server.Accounts;
using Yaopai.Server.Apps;
using Yaopai.Server.Credentials;
using Yaopai.Server.Gateway;
using Yaopai.Server.Journal;
using Yaopai.Server.Organisations;
using Yaopai.Server.Sandbox.Chance;
using Yaopai.Server.Stores;
using Yaopai.Server.Upstreams.WeChat;

namespace Yaopai.Server.Sandbox.Worlds;

/// <summary>Makes worlds and ends them: a copy of the demo data each, which no other test can meet.</summary>
internal sealed class Worlds(
    IWorldStore store, WorldDirectory directory, WorldCast casts, DemoData.Stores demo, IRemoval removal, Revoker revoker,
    SandboxClock clock, RandomStreams chance, Faults faults, AppDirectory apps,
    AccountDirectory accounts, TenantDirectory tenants, WeChatAccounts weChat,
    RequestJournal journal, MetErrors met, TimeProvider time)
{
    public const int Most = 10_000;

    private const int Slice = 100;
    private const int Tries = 5;

    /// <summary>How long a world stays that nobody removes.</summary>
    public static TimeSpan Lifetime { get; } = TimeSpan.FromDays(1);

    /// <param name="randomSeed">Of which the world's ids are drawn, and all that its apps are given later; null for real chance.</param>
    public async Task<(World? World, Problem? Problem)> AddAsync(string? randomSeed, CancellationToken ct)
    {
        var stream = randomSeed is null ? null : RandomStreams.OfWorld(randomSeed);
        for (var tries = 1; tries <= Tries; tries++)
        {
            // Before anything of it is there: what breaks off half made is found again, and removed in a day.
            var world = Randomness.Draw(stream, () => WorldCast.Draw(time.GetUtcNow(), Lifetime));
            var row = store.TryAddAsync(world.ToStored(), Most, ct);
            if (!demo.Order.IsKept && !await row)
                continue;

            clock.Separate(world.Apps);
            var isNew = await DemoData.AddNewAsync(demo, casts.Of(world), ct);
            if (await row && isNew)
            {
                if (randomSeed is not null)
                    chance.Add(randomSeed, world.Apps);
                return (world, null);
            }

            if (isNew)
                await removal.RemoveAsync(world.ToBelongings(), ct); // there are as many worlds as may be
            else if (await row)
                await store.RemoveAsync(world.Id, ct); // and nothing else: an id of it is somebody's
            clock.Forget(world.Apps);
        }

        return (null, new Problem(409, "There are too many worlds",
            $"A server has up to {Most} at a time. DELETE /sandbox/worlds/{{id}} removes one; forgotten ones go after a day."));
    }

    public async Task RemoveAsync(World world, CancellationToken ct)
    {
        faults.Clear(world.Id);
        await Task.WhenAll(world.Apps.Select(app => revoker.RevokeAppAsync(app, ct)));
        await removal.RemoveAsync(world.ToBelongings(), ct);
        await store.RemoveAsync(world.Id, ct);
        directory.Forget(world.Id);
        journal.Remove(world.Apps.ToHashSet());
        met.Remove(world.Apps);
        clock.Forget(world.Apps);
        chance.Forget(world.Apps);
        Tell(ChangeKind.App, world.Apps);
        Tell(ChangeKind.Tenancy, world.Apps);
        Tell(ChangeKind.Account, world.Users);
        Tell(ChangeKind.Tenant, world.Tenants);
    }

    public async Task RemoveExpiredAsync(CancellationToken ct)
    {
        IReadOnlyList<StoredWorld> expired;
        do
        {
            expired = await store.ListExpiredAsync(time.GetUtcNow(), Slice, ct);
            foreach (var world in expired)
                await RemoveAsync(World.Of(world), ct);
        }
        while (expired.Count == Slice);
    }

    public async Task<IReadOnlyList<World>> ListAsync(string after, CancellationToken ct) =>
        [.. (await store.ListAsync(after, Slice, ct)).Select(World.Of)];

    /// <summary>Here at once, elsewhere within a second.</summary>
    private void Tell(ChangeKind kind, IReadOnlyList<long> ids)
    {
        foreach (var change in ids.Select(id => new Change(kind, id)))
        {
            apps.OnChanged(change);
            accounts.OnChanged(change);
            tenants.OnChanged(change);
            weChat.OnChanged(change);
        }
    }
}
