using Microsoft.Extensions.Time.Testing;
using Yaopai.Server.Apps;
using Yaopai.Server.Consents;
using Yaopai.Server.Credentials;
using Yaopai.Server.Storage.Sql.Credentials;
using Yaopai.Server.Stores;

namespace Yaopai.Tests.Storage;

public sealed class SqliteFeedReaderTests(OnSqlite engine) : FeedReaderContract(engine), IClassFixture<OnSqlite>;

public sealed class PostgresFeedReaderTests(OnPostgres engine) : FeedReaderContract(engine), IClassFixture<OnPostgres>
{
    private readonly OnPostgres _engine = engine;

    [Fact]
    public async Task A_notification_is_enough()
    {
        await using var writer = new Node(_engine.Location);
        await using var reader = await new Node(_engine.Location, new FakeTimeProvider(DateTimeOffset.UtcNow)).StartAsync();
        await Eventually.HoldsAsync(() => Task.FromResult(reader.Feed.Ready.IsCompletedSuccessfully));
        var revocation = NewRevocation();
        var withdrawn = NewRevocation();
        var developer = Samples.NewId();

        await writer.Get<IRevocationStore>().AddAsync(revocation, default);
        await Eventually.HoldsAsync(() => Task.FromResult(reader.Revoked.Contains(revocation)));
        await writer.Get<IConsentStore>().PutAsync(new(withdrawn.AccountId, withdrawn.AppId, ["openid"], null, Samples.Noon), default);
        await writer.Get<IConsentStore>().TryWithdrawAsync(withdrawn, default);
        await Eventually.HoldsAsync(() => Task.FromResult(reader.Revoked.Contains(withdrawn)));
        await writer.Get<IDeveloperStore>().TryAddAsync(new(developer, "dev", null, Samples.Noon, null), default);
        await Eventually.HoldsAsync(() => Task.FromResult(reader.Changed.Contains(new(ChangeKind.Developer, developer))));
    }
}

public abstract class FeedReaderContract(Engine engine)
{
    [Fact]
    public async Task A_node_hears_of_what_another_node_writes()
    {
        await using var writer = new Node(engine.Location);
        await using var reader = await new Node(engine.Location).StartAsync();
        await reader.Feed.Ready;
        var revocation = NewRevocation();
        var developer = Samples.NewId();

        await writer.Get<IRevocationStore>().AddAsync(revocation, default);
        await writer.Get<IDeveloperStore>().TryAddAsync(new(developer, "dev", null, Samples.Noon, null), default);

        await Eventually.HoldsAsync(() => Task.FromResult(
            reader.Revoked.Contains(revocation) && reader.Changed.Contains(new(ChangeKind.Developer, developer))));
        Assert.InRange(reader.Feed.Age!.Value, TimeSpan.Zero, TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task A_node_is_ready_when_it_knows_the_revocations_of_the_last_two_hours()
    {
        var (recent, old) = (NewRevocation(), NewRevocation());
        await RecordAsync(recent, TimeSpan.FromMinutes(119));
        await RecordAsync(old, TimeSpan.FromMinutes(150));

        await using var node = new Node(engine.Location);
        Assert.Null(node.Feed.Age);
        await node.StartAsync();
        await node.Feed.Ready;

        Assert.Contains(recent, node.Revoked);
        Assert.DoesNotContain(old, node.Revoked);
    }

    [Fact]
    public async Task A_row_that_shows_up_late_because_clocks_differ_is_heard_of()
    {
        await using var reader = await new Node(engine.Location).StartAsync();
        await reader.Feed.Ready;
        var revocation = NewRevocation();

        await RecordAsync(revocation, TimeSpan.FromSeconds(4));

        await Eventually.HoldsAsync(() => Task.FromResult(reader.Revoked.Contains(revocation)));
    }

    [Fact]
    public async Task F14_a_change_that_was_heard_is_not_told_again_and_the_next_one_is_even_in_the_same_instant()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var writer = new Node(engine.Location, clock);
        await using var reader = await new Node(engine.Location).StartAsync();
        await reader.Feed.Ready;
        var developer = new Developer(Samples.NewId(), "dev", null, Samples.Noon, null);
        var developers = writer.Get<IDeveloperStore>();

        await developers.TryAddAsync(developer, default);
        await Eventually.HoldsAsync(() => Task.FromResult(Times() == 1));
        await Task.Delay(TimeSpan.FromSeconds(2)); // of nine, for which the row is read
        Assert.Equal(1, Times());

        await developers.TryChangeAsync(developer with { Name = "changed" }, default);
        await Eventually.HoldsAsync(() => Task.FromResult(Times() == 2));
        clock.SetUtcNow(DateTimeOffset.UtcNow.AddSeconds(2));
        await developers.TryChangeAsync(developer with { Name = "again" }, default);
        await Eventually.HoldsAsync(() => Task.FromResult(Times() == 3));

        int Times() => reader.Changed.Count(change => change == new Change(ChangeKind.Developer, developer.Id));
    }

    private protected static Revocation NewRevocation() => new(Samples.NewId(), 0, Guid.Empty, Samples.Noon, Samples.Noon);

    private async Task RecordAsync(Revocation revocation, TimeSpan ago)
    {
        await using var database = engine.Open(clock: new FakeTimeProvider(DateTimeOffset.UtcNow - ago));
        await new SqlRevocationStore(database).AddAsync(revocation, default);
    }
}
