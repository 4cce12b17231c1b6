using Yaopai.Server.Accounts;
using Yaopai.Server.Apps;
using Yaopai.Server.Gateway;

namespace Yaopai.Server.Sandbox.Seeds;

/// <summary>Makes what a seed says. What is there already is changed, so that doing it twice does no harm.</summary>
internal sealed class SeedPlanter(
    AppSeeds apps, UserSeeds users, TenantSeeds tenants, IAppStore appStore, IFriendStore friends,
    SandboxClock clock, Faults faults, IEnumerable<ISurface> surfaces, TimeProvider time)
{
    private const int MostOfAList = 10_000;

    /// <summary>What is wrong first, with the way to it: <c>apps[1].redirect_uris[0]: …</c>. Null when nothing is.</summary>
    public async Task<string?> PlantAsync(SeedFile seed, CancellationToken ct) =>
        await EachAsync(seed.Users, "users", one => PutUserAsync(one, ct))
        ?? await EachAsync(seed.Tenants, "tenants", one => PutTenantAsync(one with { Apps = null }, ct))
        ?? await EachAsync(seed.Apps, "apps", one => PutAppAsync(one, ct))
        ?? await EachAsync(seed.Tenants, "tenants", one => PutAppsAsync(one, isHome: true, ct)) // an app has a home before it is subscribed
        ?? await EachAsync(seed.Tenants, "tenants", one => PutAppsAsync(one, isHome: false, ct))
        ?? await EachAsync(seed.Friends, "friends", one => BefriendAsync(one, ct));

    /// <summary>The same for what is kept in memory alone.</summary>
    public string? Set(SeedFile seed)
    {
        if (seed.Clock is { } moved)
        {
            if (!Move(moved.Advance, moved.Set, appId: null))
                return $"clock: {WrongClock}";

            foreach (var (at, one) in (moved.Apps ?? []).Index())
            {
                if (one?.ClientId is not { } appId || !Move(one.Advance, one.Set, appId))
                    return $"clock.apps[{at}]: \"client_id\", and {WrongClock}";
            }
        }

        foreach (var (at, request) in (seed.Faults ?? []).Index())
        {
            if (request is null || request.World is not null)
                return $"faults[{at}].world: worlds are made later; leave it out.";

            var (fault, problem) = FaultReader.Read(request, [.. surfaces], world: null, time.GetUtcNow());
            if (problem is not null)
                return $"faults[{at}].{problem.Detail}";

            faults.Add(fault!);
        }

        return null;
    }

    private const string WrongClock = "either \"advance\": a duration such as P180D, or \"set\": an instant such as 2026-01-01T00:00:00Z.";

    private bool Move(string? advance, DateTimeOffset? instant, long? appId)
    {
        var whose = appId is { } id ? new SandboxClock.Apps([id], AreWorld: false) : null;
        return (advance, instant) switch
        {
            ({ } text, null) => Iso8601Duration.TryRead(text, out var by) && clock.TryAdvance(by, whose),
            (null, { } set) => clock.TrySet(set, whose),
            _ => advance is null && instant is null && appId is null, // only apps have clocks of their own
        };
    }

    private static async Task<string?> EachAsync<T>(IReadOnlyList<T>? list, string member, Func<T, Task<Problem?>> putAsync)
    {
        if (list?.Count > MostOfAList)
            return $"{member}: at most {MostOfAList}.";

        foreach (var (at, one) in (list ?? []).Index())
        {
            if (one is null)
                return $"{member}[{at}]: must be an object.";
            if (await putAsync(one) is { } problem)
                return $"{member}[{at}].{problem.Detail}";
        }

        return null;
    }

    private async Task<Problem?> PutUserAsync(UserSeed seed, CancellationToken ct) =>
        seed.Name is { } name && await users.FindAsync(name, ct) is { } known && known.Name == name
            ? (await users.ChangeAsync($"{known.Id}", seed, ct)).Problem
            : (await users.AddAsync(seed, ct)).Problem;

    private async Task<Problem?> PutAppAsync(AppSeed seed, CancellationToken ct) =>
        seed.ClientId is { } id && await appStore.FindAsync(id, ct) is not null
            ? (await apps.ChangeAsync(id, seed, ct)).Problem
            : (await apps.AddAsync(seed, ct)).Problem;

    private async Task<Problem?> PutTenantAsync(TenantSeed seed, CancellationToken ct) =>
        seed.Domain is { } domain && await tenants.FindAsync(domain, ct) is { } known
            ? (await tenants.ChangeAsync(known, seed, ct)).Problem
            : (await tenants.AddAsync(seed, ct)).Problem;

    private async Task<Problem?> PutAppsAsync(TenantSeed seed, bool isHome, CancellationToken ct)
    {
        TenantAppSeed[] theirs = [.. (seed.Apps ?? []).Where(app => app?.Home is not false == isHome)];
        return theirs.Length > 0 && seed.Domain is { } domain && await tenants.FindAsync(domain, ct) is { } known
            ? (await tenants.ChangeAsync(known, new TenantSeed { Apps = theirs }, ct)).Problem
            : null;
    }

    private async Task<Problem?> BefriendAsync(FriendSeed seed, CancellationToken ct)
    {
        if (await users.FindAsync(seed.User ?? "", ct) is not { } user)
            return Problem.Invalid($"user: there is nobody called \"{seed.User}\".");
        if (await users.FindAsync(seed.Friend ?? "", ct) is not { } friend || friend.Id == user.Id)
            return Problem.Invalid($"friend: there is nobody else called \"{seed.Friend}\".");

        await friends.TryAddAsync(user.Id, friend.Id, time.GetUtcNow(), ct);
        return null;
    }
}
