using Yaopai.Server.Accounts.Verification;
using Yaopai.Server.Storage.Sql.Accounts;

namespace Yaopai.Tests.Storage;

public sealed class SqliteVerificationStoreTests(OnSqlite engine) : VerificationStoreContract(engine), IClassFixture<OnSqlite>;

public sealed class PostgresVerificationStoreTests(OnPostgres engine) : VerificationStoreContract(engine), IClassFixture<OnPostgres>;

public abstract class VerificationStoreContract(Engine engine)
{
    private readonly SqlVerificationStore _store = new(engine.Database);
    private readonly byte[] _subject = BitConverter.GetBytes(Samples.NewId());

    [Fact]
    public async Task Of_twenty_tries_at_once_on_two_nodes_five_learn_anything()
    {
        await using var other = engine.Open();
        var stores = new[] { _store, new SqlVerificationStore(other) };
        await AddAsync(Samples.Noon);

        var learned = await Task.WhenAll(Enumerable.Range(0, 20).Select(
            i => Task.Run(() => stores[i % 2].TakeTryAsync(_subject, 5, Samples.Noon, default))));

        Assert.Equal(5, learned.Count(code => code is not null));
    }

    [Fact]
    public async Task A_code_is_used_once_and_not_after_its_time()
    {
        await AddAsync(Samples.Noon);

        Assert.Equal([7], await _store.TakeTryAsync(_subject, 5, Samples.Noon.AddMinutes(10).AddSeconds(-1), default));
        Assert.Null(await _store.TakeTryAsync(_subject, 5, Samples.Noon.AddMinutes(10), default));
        Assert.Null(await _store.TakeTryAsync(_subject, 5, Samples.Noon.AddDays(-1), default)); // a clock that was put back
        var used = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(() => _store.TryUseAsync(_subject, [7], default))));
        Assert.Single(used, true);
        Assert.Null(await _store.TakeTryAsync(_subject, 5, Samples.Noon, default));
    }

    [Fact]
    public async Task A_number_gets_one_a_minute_and_so_many_a_day()
    {
        var quota = NewQuota(3, TimeSpan.FromMinutes(1));

        Assert.True(await AddAsync(Samples.Noon, quota));
        Assert.False(await AddAsync(Samples.Noon.AddSeconds(59), quota));
        Assert.True(await AddAsync(Samples.Noon.AddSeconds(60), quota));
        Assert.True(await AddAsync(Samples.Noon.AddHours(5), quota));
        Assert.False(await AddAsync(Samples.Noon.AddHours(23), quota));
        Assert.True(await AddAsync(Samples.Noon.AddHours(24), quota));
    }

    [Fact]
    public async Task What_one_refuses_counts_for_none()
    {
        var (spent, free) = (NewQuota(1, TimeSpan.Zero), NewQuota(1, TimeSpan.Zero));
        await AddAsync(Samples.Noon, spent);

        Assert.False(await AddAsync(Samples.Noon, free, spent));
        Assert.True(await AddAsync(Samples.Noon, free));
    }

    [Fact]
    public async Task What_is_counted_alone_is_counted_as_with_a_code()
    {
        var quota = NewQuota(2, TimeSpan.Zero);

        Assert.True(await _store.TryCountAsync([quota], Samples.Noon, default));
        Assert.True(await AddAsync(Samples.Noon, quota));
        Assert.False(await _store.TryCountAsync([NewQuota(1, TimeSpan.Zero), quota], Samples.Noon, default));
        Assert.True(await _store.TryCountAsync([quota], Samples.Noon.AddDays(1), default));
    }

    [Fact]
    public async Task Of_ten_senders_at_once_one_sends_to_a_number()
    {
        var quota = NewQuota(10, TimeSpan.FromMinutes(1));

        var sent = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(() => AddAsync(Samples.Noon, quota))));

        Assert.Single(sent, true);
    }

    private Task<bool> AddAsync(DateTimeOffset at, params CodeQuota[] quotas) =>
        _store.TryAddAsync(new(_subject, [7], at, at.AddMinutes(10)), quotas, default);

    private static CodeQuota NewQuota(int limit, TimeSpan pause) => new(BitConverter.GetBytes(Samples.NewId()), limit, pause);
}
