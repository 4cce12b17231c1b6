using Yaopai.Server.Administration;
using Yaopai.Server.Storage.Sql.Administration;

namespace Yaopai.Tests.Storage;

public sealed class SqliteAuditStoreTests : AuditStoreContract<EmptySqlite>
{
    protected override string Unguard => "DROP TRIGGER audit_log_unchanged; DROP TRIGGER audit_log_kept";
}

public sealed class PostgresAuditStoreTests : AuditStoreContract<EmptyPostgres>
{
    protected override string Unguard => "DROP TRIGGER audit_log_kept ON audit_log";
}

public abstract class AuditStoreContract<TEngine> : IAsyncLifetime where TEngine : Engine, new()
{
    private static readonly TimeSpan s_forgotten = TimeSpan.FromMinutes(10);
    private static readonly Actor s_actor = new(Actor.OfKey, "00000000000000ab", "操作员", "192.0.2.7");

    private readonly TEngine _engine = new();

    /// <summary>Takes away what keeps others from changing the log: whoever owns the database can.</summary>
    protected abstract string Unguard { get; }

    private SqlAuditStore Store => new(_engine.Database);

    public static TheoryData<string, string, long> Attacks { get; } = new()
    {
        { "UPDATE audit_log SET actor_id = 'somebody' WHERE sequence = 3",       nameof(AuditFault.Changed),  3 },
        { "UPDATE audit_log SET at = at + 1 WHERE sequence = 3",                 nameof(AuditFault.Changed),  3 },
        { "UPDATE audit_log SET value_after = NULL WHERE sequence = 3",          nameof(AuditFault.Changed),  3 },
        { "UPDATE audit_log SET outcome = 2 WHERE sequence = 3",                 nameof(AuditFault.Changed),  3 },
        { "UPDATE audit_log SET hash = previous_hash WHERE sequence = 3",        nameof(AuditFault.Changed),  3 },
        { "UPDATE audit_log SET previous_hash = hash WHERE sequence = 3",        nameof(AuditFault.Unlinked), 3 },
        { "DELETE FROM audit_log WHERE sequence = 1",                            nameof(AuditFault.Missing),  1 },
        { "DELETE FROM audit_log WHERE sequence = 3",                            nameof(AuditFault.Missing),  3 },
        { "DELETE FROM audit_log WHERE sequence IN (3, 4)",                      nameof(AuditFault.Missing),  3 },
        { "DELETE FROM audit_log WHERE sequence = 5",                            nameof(AuditFault.EndMoved), 5 },
        { "DELETE FROM audit_log",                                               nameof(AuditFault.EndMoved), 1 },
        { "UPDATE audit_head SET sequence = 4",                                  nameof(AuditFault.EndMoved), 4 },
    };

    public ValueTask InitializeAsync() => _engine.InitializeAsync();

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Fact]
    public async Task An_empty_log_holds()
    {
        var verdict = await new AuditVerification(Store).RunAsync(remembered: null, default);

        Assert.Equal((0L, null), (verdict.Checked, verdict.Fault));
    }

    [Fact]
    public async Task Entries_are_read_as_they_were_written_and_their_chain_holds()
    {
        var record = Record("app.change") with { Before = """{"name":"a\"b"}""", After = null };
        var appended = await Store.AppendAsync(record, Guid.NewGuid(), default);
        await AppendAsync(4);

        var read = await Store.ReadAsync(0, 10, default);
        var verdict = await new AuditVerification(Store).RunAsync(remembered: null, default);

        Assert.Equal(record, appended.Record);
        Assert.Equal(record, read[0].Record);
        Assert.Equal([1, 2, 3, 4, 5], read.Select(entry => entry.Sequence));
        Assert.Equal((5L, null), (verdict.Checked, verdict.Fault));
        Assert.Equal(read[^1].Hash, verdict.Head.Hash);
    }

    [Fact]
    public async Task Two_nodes_that_append_at_once_never_fork_the_chain()
    {
        await using var other = _engine.Open();
        var stores = new[] { Store, new SqlAuditStore(other) };

        await Task.WhenAll(Enumerable.Range(0, 60).Select(number => Task.Run(
            () => stores[number % 2].AppendAsync(Record($"action.{number}"), Guid.NewGuid(), default))));

        var verdict = await new AuditVerification(Store).RunAsync(remembered: null, default);
        var actions = (await Store.ReadAsync(0, 100, default)).Select(entry => entry.Record.Action);
        Assert.Equal((60L, null), (verdict.Checked, verdict.Fault));
        Assert.Equal(60, actions.Distinct().Count());
    }

    [Theory, MemberData(nameof(Attacks))]
    public async Task Whatever_is_done_to_the_log_the_first_broken_link_is_named(string sql, string fault, long sequence)
    {
        await AppendAsync(5);
        await _engine.ExecuteAsync(Unguard);
        await _engine.ExecuteAsync(sql);

        var verdict = await new AuditVerification(Store).RunAsync(remembered: null, default);

        Assert.Equal((fault, sequence), ($"{verdict.Fault}", verdict.BrokenAt));
    }

    [Fact]
    public async Task An_entry_that_is_added_by_hand_is_found_though_its_hashes_fit()
    {
        await AppendAsync(5);
        var head = await Store.HeadAsync(default);
        await Store.AppendAsync(Record("forged"), Guid.NewGuid(), default);
        await _engine.ExecuteAsync(
            $"UPDATE audit_head SET sequence = 5, hash = (SELECT hash FROM audit_log WHERE sequence = {head.Sequence})");

        var verdict = await new AuditVerification(Store).RunAsync(remembered: null, default);

        Assert.Equal((AuditFault.EndMoved, 6L), (verdict.Fault!.Value, verdict.BrokenAt));
    }

    [Fact]
    public async Task A_chain_that_was_written_anew_is_told_by_an_end_that_was_remembered()
    {
        await AppendAsync(3);
        var remembered = await Store.HeadAsync(default);
        await _engine.ExecuteAsync(Unguard);
        await _engine.ExecuteAsync("DELETE FROM audit_log");
        await _engine.ExecuteAsync($"UPDATE audit_head SET sequence = 0, hash = {Zeros}");
        await AppendAsync(4, "forged");

        var verification = new AuditVerification(Store);

        Assert.Null((await verification.RunAsync(remembered: null, default)).Fault);
        var verdict = await verification.RunAsync(remembered, default);
        Assert.Equal((AuditFault.Rewritten, 3L), (verdict.Fault!.Value, verdict.BrokenAt));
        Assert.Equal(
            AuditFault.Rewritten, (await verification.RunAsync(remembered with { Sequence = 9 }, default)).Fault);
    }

    [Theory]
    [InlineData("UPDATE audit_log SET actor_id = 'somebody'")]
    [InlineData("DELETE FROM audit_log")]
    public async Task The_database_itself_takes_no_change_of_an_entry(string sql)
    {
        await AppendAsync(2);

        await Assert.ThrowsAnyAsync<Exception>(() => _engine.ExecuteAsync(sql));

        Assert.Equal(2, (await Store.ReadAsync(0, 10, default)).Count(entry => entry.Record.Actor == s_actor));
    }

    [Fact]
    public async Task What_was_begun_and_never_heard_of_again_comes_into_the_log_as_unknown()
    {
        var begun = new AuditIntent(Guid.NewGuid(), DateTimeOffset.UtcNow - (2 * s_forgotten), s_actor, "app.disable", "app", "7");
        var underWay = begun with { Id = Guid.NewGuid(), BegunAt = DateTimeOffset.UtcNow, Action = "app.enable" };
        await Store.BeginAsync(begun, s_forgotten, default);
        await Store.BeginAsync(underWay, s_forgotten, default);

        await Store.AppendAsync(Record("next"), Guid.NewGuid(), default);
        await Store.AppendAsync(Record("app.enable"), underWay.Id, default);

        var read = await Store.ReadAsync(0, 10, default);
        Assert.Equal(
            [("app.disable", AuditOutcome.Unknown), ("next", AuditOutcome.Done), ("app.enable", AuditOutcome.Done)],
            read.Select(entry => (entry.Record.Action, entry.Record.Outcome)));
        Assert.Null((await new AuditVerification(Store).RunAsync(remembered: null, default)).Fault);
    }

    [Fact]
    public async Task Whoever_reads_the_log_finds_in_it_what_came_to_no_known_end()
    {
        var begun = new AuditIntent(Guid.NewGuid(), DateTimeOffset.UtcNow - (2 * s_forgotten), s_actor, "app.disable", "app", "7");
        await Store.BeginAsync(begun, s_forgotten, default);
        await Store.BeginAsync(begun with { Id = Guid.NewGuid(), BegunAt = DateTimeOffset.UtcNow }, s_forgotten, default);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Store.SweepAsync(default))));

        var verdict = await new AuditVerification(Store).RunAsync(remembered: null, default);
        Assert.Equal(AuditOutcome.Unknown, Assert.Single(await Store.ReadAsync(0, 10, default)).Record.Outcome);
        Assert.Equal((1L, null), (verdict.Checked, verdict.Fault));
    }

    [Fact]
    public async Task What_was_refused_leaves_nothing()
    {
        var refused = new AuditIntent(Guid.NewGuid(), DateTimeOffset.UtcNow - (2 * s_forgotten), s_actor, "app.disable", "app", "7");
        await Store.BeginAsync(refused, s_forgotten, default);
        await Store.WithdrawAsync(refused.Id, default);

        await Store.AppendAsync(Record("next"), Guid.NewGuid(), default);

        Assert.Single(await Store.ReadAsync(0, 10, default));
    }

    [Fact]
    public async Task The_list_is_narrowed_by_what_is_asked_for_and_text_stays_text()
    {
        await Store.AppendAsync(Record("app.change") with { ObjectKind = "app", ObjectId = "7" }, Guid.NewGuid(), default);
        await Store.AppendAsync(Record("user.change") with { ObjectKind = "user", ObjectId = "7" }, Guid.NewGuid(), default);

        Assert.Equal(["user.change"], await ActionsAsync(new() { ObjectKind = "user" }));
        Assert.Equal(["user.change", "app.change"], await ActionsAsync(new() { ActorId = s_actor.Id, ObjectId = "7" }));
        Assert.Equal(["app.change"], await ActionsAsync(new() { Action = "app.change" }));
        Assert.Equal(["app.change"], await ActionsAsync(new(), before: 2));
        Assert.Empty(await ActionsAsync(new() { Action = "' OR 1=1 --" }));
        Assert.Empty(await ActionsAsync(new() { ObjectId = "%" }));
        Assert.Empty(await ActionsAsync(new() { Since = Samples.Noon.AddYears(1000) }));
        Assert.Empty(await ActionsAsync(new() { Until = Samples.Noon }));
    }

    private string Zeros => _engine is EmptySqlite ? "zeroblob(32)" : "decode(repeat('00', 32), 'hex')";

    private static AuditRecord Record(string action) =>
        new(Samples.Noon, s_actor, action, "app", "1", AuditOutcome.Done, Before: null, """{"id":1}""");

    private async Task AppendAsync(int count, string action = "action")
    {
        for (var number = 1; number <= count; number++)
            await Store.AppendAsync(Record($"{action}.{number}"), Guid.NewGuid(), default);
    }

    private async Task<IEnumerable<string>> ActionsAsync(AuditQuery query, long before = long.MaxValue) =>
        (await Store.ListAsync(query, before, 10, default)).Select(entry => entry.Record.Action);
}
