using Yaopai.Server.Attendance;
using Yaopai.Server.Storage.Sql.Attendance;

namespace Yaopai.Tests.Storage;

public sealed class SqliteCheckInStoreTests(OnSqlite engine) : CheckInStoreContract(engine), IClassFixture<OnSqlite>;

public sealed class PostgresCheckInStoreTests(OnPostgres engine) : CheckInStoreContract(engine), IClassFixture<OnPostgres>;

public abstract class CheckInStoreContract(Engine engine)
{
    private readonly SqlCheckInStore _store = new(engine.Database);
    private readonly long _tenant = Samples.NewId();

    [Fact]
    public async Task Check_ins_of_some_members_are_listed_the_earliest_first_and_paged()
    {
        var late = await AddAsync("b@example", Samples.Noon.AddHours(1));
        var early = await AddAsync("a@example", Samples.Noon);
        await AddAsync("c@example", Samples.Noon);

        var all = await ListAsync(["a@example", "b@example"]);
        Assert.Equal([early, late], all.CheckIns);
        Assert.Equal(2, all.Total);

        var second = await ListAsync(["a@example", "b@example"], skip: 1, take: 1);
        Assert.Equal([late], second.CheckIns);
        Assert.Equal(2, second.Total);
    }

    [Fact]
    public async Task Both_ends_of_the_time_belong_to_it()
    {
        await AddAsync("a@example", Samples.Noon.AddMilliseconds(-1));
        var first = await AddAsync("a@example", Samples.Noon);
        var last = await AddAsync("a@example", Samples.Noon.AddHours(24));
        await AddAsync("a@example", Samples.Noon.AddHours(24).AddMilliseconds(1));
        Assert.Equal([first, last], (await ListAsync(["a@example"])).CheckIns);
    }

    [Fact]
    public async Task Another_tenant_sees_nothing_of_them()
    {
        await AddAsync("a@example", Samples.Noon);
        Assert.Equal(0, (await ListAsync(["a@example"], tenant: Samples.NewId())).Total);
    }

    [Fact]
    public async Task Of_ten_that_come_at_once_as_many_are_taken_as_a_day_has()
    {
        var taken = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => TryAddAsync("a@example", Samples.Noon, mostOfDay: 4)));
        Assert.Equal(4, taken.Count(one => one is not null));
        Assert.Equal(4, (await ListAsync(["a@example"])).Total);

        // noon in London: the next day begins in China four hours later
        Assert.Null(await TryAddAsync("a@example", Samples.Noon.AddHours(4).AddMilliseconds(-1), mostOfDay: 4));
        Assert.NotNull(await TryAddAsync("a@example", Samples.Noon.AddHours(4), mostOfDay: 4));
        Assert.NotNull(await TryAddAsync("b@example", Samples.Noon, mostOfDay: 4));
    }

    private async Task<CheckIn> AddAsync(string userId, DateTimeOffset at) => (await TryAddAsync(userId, at, mostOfDay: 100))!;

    private async Task<CheckIn?> TryAddAsync(string userId, DateTimeOffset at, int mostOfDay)
    {
        var checkIn = new CheckIn(Samples.NewId(), userId, AppId: 7, at, "一号楼", "remark");
        return await _store.TryAddAsync(_tenant, checkIn, mostOfDay, default) ? checkIn : null;
    }

    private Task<CheckInPage> ListAsync(string[] userIds, int skip = 0, int take = 100, long? tenant = null) => _store.ListAsync(
        tenant ?? _tenant, new CheckInQuery(userIds, Samples.Noon, Samples.Noon.AddHours(24), skip, take), default);
}
