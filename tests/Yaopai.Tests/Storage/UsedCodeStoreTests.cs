using Yaopai.Server.Storage.Sql.Credentials;

namespace Yaopai.Tests.Storage;

public sealed class SqliteUsedCodeStoreTests(OnSqlite engine) : UsedCodeStoreContract(engine), IClassFixture<OnSqlite>;

public sealed class PostgresUsedCodeStoreTests(OnPostgres engine) : UsedCodeStoreContract(engine), IClassFixture<OnPostgres>;

public abstract class UsedCodeStoreContract(Engine engine)
{
    private readonly SqlUsedCodeStore _codes = new(engine.Database);
    private readonly long _app = Samples.NewId();

    [Fact]
    public async Task Of_fifty_callers_only_one_gets_to_use_a_code()
    {
        var code = Guid.NewGuid();

        var won = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => _codes.TryUseAsync(_app, code, Samples.Noon, default)));

        Assert.Single(won, true);
    }

    [Fact]
    public async Task Of_fifty_callers_on_two_nodes_only_one_gets_to_use_a_code()
    {
        await using var other = engine.Open();
        var code = Guid.NewGuid();

        var won = await Task.WhenAll(Enumerable.Range(0, 50).Select(
            caller => new SqlUsedCodeStore(caller % 2 == 0 ? engine.Database : other).TryUseAsync(_app, code, Samples.Noon, default)));

        Assert.Single(won, true);
    }

    [Fact]
    public async Task Different_codes_do_not_disturb_each_other()
    {
        var won = await Task.WhenAll(Enumerable.Range(0, 500).Select(_ => _codes.TryUseAsync(_app, Guid.NewGuid(), Samples.Noon, default)));

        Assert.All(won, Assert.True);
    }

    [Fact]
    public async Task A_used_code_stays_used()
    {
        var code = Guid.NewGuid();

        Assert.True(await _codes.TryUseAsync(_app, code, Samples.Noon, default));
        Assert.False(await _codes.TryUseAsync(_app, code, Samples.Noon, default));
        Assert.True(await _codes.TryUseAsync(Samples.NewId(), code, Samples.Noon, default));
    }
}
