using Microsoft.Extensions.Time.Testing;
using Yaopai.Server.Credentials;
using Yaopai.Server.Storage.Sql.Credentials;

namespace Yaopai.Tests.Storage;

public sealed class SqliteRevocationStoreTests(OnSqlite engine) : RevocationStoreContract(engine), IClassFixture<OnSqlite>;

public sealed class PostgresRevocationStoreTests(OnPostgres engine) : RevocationStoreContract(engine), IClassFixture<OnPostgres>;

public abstract class RevocationStoreContract(Engine engine)
{
    private readonly SqlRevocationStore _revocations = new(engine.Database);
    private readonly long _app = Samples.NewId();
    private readonly long _account = Samples.NewId();
    private readonly Guid _pair = Guid.NewGuid();

    [Fact]
    public async Task A_revocation_reads_back_to_the_microsecond()
    {
        var revocation = Of(_app, _account, _pair) with { Before = Samples.Noon.AddTicks(1_234_560) };

        await _revocations.AddAsync(revocation, default);

        Assert.Equal([revocation], await _revocations.TouchingAsync(_app, _account, _pair, default));
    }

    [Fact]
    public async Task A_revocation_is_kept_until_the_end_of_its_ten_minutes()
    {
        await _revocations.AddAsync(Of(_app, _account, _pair) with { KeepUntil = Samples.Noon.AddMilliseconds(1) }, default);

        var stored = Assert.Single(await _revocations.TouchingAsync(_app, _account, _pair, default));
        Assert.Equal(Samples.Noon.AddMinutes(10), stored.KeepUntil);
    }

    [Fact]
    public async Task Of_two_for_the_same_subject_the_later_instants_win()
    {
        var late = Of(_app, _account, _pair);
        await _revocations.AddAsync(late with { KeepUntil = late.KeepUntil.AddHours(-1) }, default);
        await _revocations.AddAsync(late with { Before = late.Before.AddSeconds(-1) }, default);

        Assert.Equal([late], await _revocations.TouchingAsync(_app, _account, _pair, default));
    }

    [Fact]
    public async Task Of_many_for_the_same_subject_at_once_the_latest_instants_win()
    {
        var first = Of(_app, _account, _pair);
        await using var other = engine.Open();

        await Task.WhenAll(Enumerable.Range(0, 40).Select(at => new SqlRevocationStore(at % 2 == 0 ? engine.Database : other).AddAsync(
            first with { Before = first.Before.AddSeconds(at), KeepUntil = first.KeepUntil.AddHours(40 - at) }, default)));

        Assert.Equal(
            [first with { Before = first.Before.AddSeconds(39), KeepUntil = first.KeepUntil.AddHours(40) }],
            await _revocations.TouchingAsync(_app, _account, _pair, default));
    }

    [Fact]
    public async Task Overlapping_groups_of_two_nodes_do_not_deadlock()
    {
        await using var other = engine.Open();
        var pairs = Enumerable.Range(0, 200).Select(_ => Guid.NewGuid()).ToArray();

        await Task.WhenAll(
            pairs.Select(pair => _revocations.AddAsync(Of(_app, _account, pair), default))
                .Concat(pairs.Reverse().Select(pair => new SqlRevocationStore(other).AddAsync(Of(_app, _account, pair), default))));

        Assert.Single(await _revocations.TouchingAsync(_app, _account, pairs[0], default));
    }

    [Fact]
    public async Task A_credential_is_touched_through_its_pair_its_grant_its_person_and_its_app_alone()
    {
        Revocation[] touching =
            [Of(_app, _account, _pair), Of(_app, _account, Guid.Empty), Of(0, _account, Guid.Empty), Of(_app, 0, Guid.Empty)];
        Revocation[] others =
        [
            Of(_app, _account, Guid.NewGuid()), Of(_app, Samples.NewId(), Guid.Empty), Of(Samples.NewId(), _account, _pair),
            Of(0, Samples.NewId(), Guid.Empty), Of(Samples.NewId(), 0, Guid.Empty),
        ];
        await Task.WhenAll(touching.Concat(others).Select(revocation => _revocations.AddAsync(revocation, default)));

        var found = await _revocations.TouchingAsync(_app, _account, _pair, default);

        Assert.Equal(touching.ToHashSet(), found.ToHashSet());
    }

    [Fact]
    public async Task Those_recorded_at_or_after_an_instant_are_found()
    {
        var clock = new FakeTimeProvider(Samples.Noon.AddYears(3));
        await using var database = engine.Open(clock: clock);
        var revocations = new SqlRevocationStore(database);
        await revocations.AddAsync(Of(_app, _account, _pair), default);
        clock.Advance(TimeSpan.FromSeconds(2));
        var later = Of(_app, 0, Guid.Empty);
        await revocations.AddAsync(later, default);

        var (all, latest) = await revocations.SinceAsync(clock.GetUtcNow().AddSeconds(-2), default);
        var (some, _) = await revocations.SinceAsync(clock.GetUtcNow(), default);
        var (none, unchanged) = await revocations.SinceAsync(clock.GetUtcNow().AddDays(1), default);

        Assert.Equal(2, all.Count(OfThisTest));
        Assert.Equal(clock.GetUtcNow(), latest);
        Assert.Equal([later], some.Where(OfThisTest));
        Assert.Empty(none);
        Assert.Equal(clock.GetUtcNow().AddDays(1), unchanged);
    }

    [Fact]
    public async Task F2_the_latest_is_that_of_more_than_a_pair_up_to_an_instant()
    {
        var at = Samples.Noon.AddYears(-30); // earlier than any other test's
        Assert.Null(await _revocations.LatestAsync(at, default));

        await _revocations.AddAsync(Of(_app, 0, Guid.Empty) with { Before = at.AddSeconds(1) }, default);
        await _revocations.AddAsync(Of(0, _account, Guid.Empty) with { Before = at.AddSeconds(3).AddMicroseconds(1) }, default);
        await _revocations.AddAsync(Of(_app, _account, _pair) with { Before = at.AddSeconds(5) }, default);

        Assert.Equal(at.AddSeconds(1), await _revocations.LatestAsync(at.AddSeconds(3), default));
        Assert.Equal(at.AddSeconds(3).AddMicroseconds(1), await _revocations.LatestAsync(at.AddSeconds(6), default));
    }

    [Fact]
    public async Task A_repeated_revocation_is_found_again()
    {
        var clock = new FakeTimeProvider(Samples.Noon.AddYears(2));
        await using var database = engine.Open(clock: clock);
        var revocations = new SqlRevocationStore(database);
        await revocations.AddAsync(Of(_app, _account, _pair), default);
        clock.Advance(TimeSpan.FromMinutes(1));

        await revocations.AddAsync(Of(_app, _account, _pair), default);

        Assert.Single((await revocations.SinceAsync(clock.GetUtcNow(), default)).Revocations, OfThisTest);
    }

    /// <summary>The class shares one database, and what other tests record at a later hour is found too.</summary>
    private bool OfThisTest(Revocation revocation) => revocation.AppId == _app;

    private static Revocation Of(long app, long account, Guid pair) => new(app, account, pair, Samples.Noon, Samples.Noon.AddHours(2));
}
