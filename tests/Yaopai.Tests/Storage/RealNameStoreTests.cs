using Yaopai.Server.Accounts.RealNames;
using Yaopai.Server.Storage.Sql;
using Yaopai.Server.Storage.Sql.Accounts;

namespace Yaopai.Tests.Storage;

public sealed class SqliteRealNameStoreTests(OnSqlite engine) : RealNameStoreContract(engine), IClassFixture<OnSqlite>;

public sealed class PostgresRealNameStoreTests(OnPostgres engine) : RealNameStoreContract(engine), IClassFixture<OnPostgres>;

public abstract class RealNameStoreContract(Engine engine)
{
    private readonly SqlRealNameStore _realNames = new(engine.Database);
    private readonly SqlPersonalDataLog _log = new(engine.Database);
    private readonly long _account = Samples.NewId();
    private readonly long _app = Samples.NewId();

    private PersonalDataUse Use => new(_account, _app, "read", Samples.Noon);

    private readonly TokenUse _token = new(Samples.NewId(), Guid.NewGuid(), Samples.Noon.AddHours(2));

    [Fact]
    public async Task A_real_name_reads_back_as_given_is_replaced_by_the_next_and_leaves_when_removed()
    {
        Assert.Null(await _realNames.FindAsync(_account, default));

        var first = new StoredRealName(_account, [1, 2, 3], 0, RealNameState.InProgress, Samples.Noon);
        await _realNames.PutAsync(first, default);
        Equal(first, await _realNames.FindAsync(_account, default));

        var second = new StoredRealName(_account, [4], 40, RealNameState.Verified, Samples.Noon.AddDays(1));
        await _realNames.PutAsync(second, default);
        Equal(second, await _realNames.FindAsync(_account, default));
        Assert.Null(await _realNames.FindAsync(Samples.NewId(), default));

        Assert.True(await _realNames.TryRemoveAsync(_account, default));
        Assert.False(await _realNames.TryRemoveAsync(_account, default));
        Assert.Null(await _realNames.FindAsync(_account, default));
    }

    [Fact]
    public async Task Uses_are_listed_newest_first_and_of_one_person()
    {
        for (var hour = 0; hour < 4; hour++)
            await _log.AddAsync(Use with { At = Samples.Noon.AddHours(hour) }, Samples.Noon.AddDays(1), default);
        await _log.AddAsync(Use with { AccountId = Samples.NewId() }, Samples.Noon.AddDays(1), default);

        Assert.Equal([Use with { At = Samples.Noon.AddHours(3) }, Use with { At = Samples.Noon.AddHours(2) }],
            await _log.ListAsync(_account, 2, default));
        Assert.Equal(4, (await _log.ListAsync(_account, 100, default)).Count);
    }

    [Fact]
    public async Task Of_fifty_callers_on_two_nodes_one_uses_a_token_and_one_use_is_written_down()
    {
        await using var other = engine.Open();
        var token = _token;

        var won = await Task.WhenAll(Enumerable.Range(0, 50).Select(caller =>
            new SqlPersonalDataLog(caller % 2 == 0 ? engine.Database : other)
                .TryAddOnceAsync(Use, Samples.Noon.AddDays(1), token, default)));

        Assert.Single(won, true);
        Assert.Single(await _log.ListAsync(_account, 100, default));
    }

    [Fact]
    public async Task A_use_that_cannot_be_written_down_does_not_use_the_token()
    {
        await engine.ExecuteAsync("ALTER TABLE personal_data_use RENAME TO gone");
        await Assert.ThrowsAsync<Yaopai.Server.Stores.StorageException>(
            () => _log.TryAddOnceAsync(Use, Samples.Noon.AddDays(1), _token, default));
        await engine.ExecuteAsync("ALTER TABLE gone RENAME TO personal_data_use");

        Assert.True(await _log.TryAddOnceAsync(Use, Samples.Noon.AddDays(1), _token, default));
    }

    [Fact]
    public async Task Uses_leave_when_they_have_been_kept_long_enough()
    {
        var then = Samples.Noon.AddYears(-2);
        await _log.AddAsync(Use, then.AddMinutes(5), default);
        await _log.AddAsync(Use with { What = "later" }, then.AddMinutes(25), default);

        await new SqlPurge(engine.Database).RunAsync(then.AddMinutes(10), default);
        Assert.Equal(["later"], (await _log.ListAsync(_account, 9, default)).Select(use => use.What));

        await new SqlPurge(engine.Database).RunAsync(then.AddMinutes(30), default);
        Assert.Empty(await _log.ListAsync(_account, 9, default));
    }

    [Fact]
    public async Task A_wipe_leaves_nothing_of_anyone()
    {
        await using var database = engine.Open();
        await _realNames.PutAsync(new StoredRealName(_account, [1], 0, RealNameState.NotVerified, Samples.Noon), default);
        await _log.AddAsync(Use, Samples.Noon.AddDays(1), default);

        await new SqlWipe(database).WipeAsync(default);

        Assert.Null(await _realNames.FindAsync(_account, default));
        Assert.Empty(await _log.ListAsync(_account, 9, default));
    }

    private static void Equal(StoredRealName expected, StoredRealName? actual)
    {
        Assert.NotNull(actual);
        Assert.Equal(expected.Sealed, actual.Sealed);
        Assert.Equal(expected with { Sealed = [] }, actual with { Sealed = [] });
    }
}
