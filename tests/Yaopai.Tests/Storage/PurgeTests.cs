using Microsoft.Extensions.Time.Testing;
using Yaopai.Server.Storage.Sql;
using Yaopai.Server.Storage.Sql.Apps;
using Yaopai.Server.Storage.Sql.Consents;
using Yaopai.Server.Storage.Sql.Credentials;

namespace Yaopai.Tests.Storage;

public sealed class SqlitePurgeTests(EmptySqlite engine) : PurgeContract(engine), IClassFixture<EmptySqlite>
{
    private readonly EmptySqlite _engine = engine;

    [Theory]
    [InlineData("SELECT app_id, code_id FROM used_code WHERE bucket <= 7 LIMIT 9", "used_code_bucket")]
    [InlineData("SELECT app_id, session_id FROM call_id WHERE bucket <= 7 LIMIT 9", "call_id_bucket")]
    [InlineData("SELECT app_id, device_id FROM device_authorization WHERE bucket <= 7 LIMIT 9", "device_authorization_bucket")]
    [InlineData("SELECT app_id, account_id, pair_id FROM revocation WHERE bucket <= 7 LIMIT 9", "revocation_bucket")]
    [InlineData("SELECT account_id, id FROM personal_data_use WHERE bucket <= 7 LIMIT 9", "personal_data_use_bucket")]
    [InlineData("SELECT account_id, outcome, at, id FROM sign_in WHERE bucket <= 7 LIMIT 9", "sign_in_bucket")]
    [InlineData("SELECT subject FROM sign_in_failure WHERE bucket <= 7 LIMIT 9", "sign_in_failure_bucket")]
    [InlineData("SELECT tenant_id, job_id, ordinal FROM provisioning_item WHERE bucket <= 7 LIMIT 9", "provisioning_item_bucket")]
    [InlineData("SELECT tenant_id, task_id, user_id FROM todo WHERE bucket <= 7 LIMIT 9", "todo_bucket")]
    [InlineData("SELECT kind, id FROM change_feed WHERE recorded_at < 7 LIMIT 9", "change_feed_recorded")]
    [InlineData("SELECT app_id, id FROM security_event WHERE delivered_at < 7 LIMIT 9", "security_event_delivered")]
    [InlineData("SELECT app_id, id FROM security_event WHERE dead_at < 7 LIMIT 9", "security_event_dead")]
    public async Task Expired_rows_are_found_by_an_index_range(string select, string index)
    {
        var plan = await _engine.Database.ReadAsync(session => session.ListAsync<Step>($"EXPLAIN QUERY PLAN {select}"), default);

        var step = Assert.Single(plan).Detail;
        Assert.StartsWith("SEARCH", step, StringComparison.Ordinal);
        Assert.Contains(index, step, StringComparison.Ordinal);
    }

    private sealed class Step
    {
        public string Detail { get; init; } = "";
    }
}

public sealed class PostgresPurgeTests(EmptyPostgres engine) : PurgeContract(engine), IClassFixture<EmptyPostgres>;

public abstract class PurgeContract(Engine engine)
{
    [Fact]
    public async Task What_no_longer_matters_leaves_and_what_does_stays()
    {
        var clock = new FakeTimeProvider(Samples.Noon);
        await using var database = engine.Open(clock: clock);
        var codes = new SqlUsedCodeStore(database);
        var revocations = new SqlRevocationStore(database);
        var developers = new SqlDeveloperStore(database);
        var purge = new SqlPurge(database);
        Guid shortLived = Guid.NewGuid(), longLived = Guid.NewGuid();
        await codes.TryUseAsync(1, shortLived, Samples.Noon.AddMinutes(5), default);
        await codes.TryUseAsync(1, longLived, Samples.Noon.AddMinutes(15), default);
        await revocations.AddAsync(new(1, 2, shortLived, Samples.Noon, Samples.Noon.AddMinutes(5)), default);
        await revocations.AddAsync(new(1, 2, longLived, Samples.Noon, Samples.Noon.AddMinutes(15)), default);
        await developers.TryAddAsync(new(Samples.NewId(), "then", null, Samples.Noon, null), default);

        await purge.RunAsync(Samples.Noon.AddMinutes(9), default);
        Assert.False(await codes.TryUseAsync(1, shortLived, Samples.Noon.AddMinutes(5), default));

        await purge.RunAsync(Samples.Noon.AddMinutes(10), default);
        Assert.True(await codes.TryUseAsync(1, shortLived, Samples.Noon.AddMinutes(30), default));
        Assert.False(await codes.TryUseAsync(1, longLived, Samples.Noon.AddMinutes(30), default));
        var left = Assert.Single((await revocations.SinceAsync(DateTimeOffset.UnixEpoch, default)).Revocations);
        Assert.Equal(longLived, left.GrantId);

        clock.SetUtcNow(Samples.Noon.AddHours(25));
        await developers.TryAddAsync(new(Samples.NewId(), "now", null, Samples.Noon, null), default);
        await purge.RunAsync(clock.GetUtcNow(), default);
        Assert.Single(await new SqlChangeFeed(database).SinceAsync(DateTimeOffset.UnixEpoch, default));
    }

    [Fact]
    public async Task A_device_leaves_with_its_user_code_when_its_time_is_over()
    {
        var then = Samples.Noon.AddYears(-2);
        var devices = new SqlDeviceAuthorizationStore(engine.Database, Samples.Identifiers);
        var (early, late) = (Samples.NewDevice("BBBBBBBB"), Samples.NewDevice("CCCCCCCC"));
        await devices.TryAddAsync(early, then.AddMinutes(5), default);
        await devices.TryAddAsync(late, then.AddMinutes(15), default);

        await new SqlPurge(engine.Database).RunAsync(then.AddMinutes(10), default);

        Assert.Null(await devices.FindAsync(early.UserCode, default));
        Assert.NotNull(await devices.FindAsync(late.UserCode, default));
        Assert.True(await devices.TryAddAsync(Samples.NewDevice(early.UserCode), then.AddYears(10), default));
    }

    [Fact]
    public async Task More_than_a_slice_leaves_at_once()
    {
        var then = Samples.Noon.AddYears(-1);
        var codes = Enumerable.Range(0, 4500).Select(_ => Guid.NewGuid()).ToArray();
        var store = new SqlUsedCodeStore(engine.Database);
        await Task.WhenAll(codes.Select(code => store.TryUseAsync(3, code, then, default)));

        await new SqlPurge(engine.Database).RunAsync(then.AddMinutes(10), default);

        Assert.All(await Task.WhenAll(codes.Select(code => store.TryUseAsync(3, code, then, default))), Assert.True);
    }
}
