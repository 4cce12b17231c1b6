using Microsoft.Extensions.Options;
using Yaopai.Server.Apps;
using Yaopai.Server.Credentials;
using Yaopai.Server.OAuth;
using Yaopai.Server.Storage.Sql.Credentials;
using Yaopai.Server.Stores;
using Yaopai.Server.Surfaces.WeLink;
using Yaopai.Tests.Http;
using Yaopai.Tests.Storage;

namespace Yaopai.Tests.Credentials;

/// <summary>Two nodes over one database, whose clocks are apart by up to <c>Storage:ClockSkew</c>, and that have not heard of each
/// other's revocations until the test says so.</summary>
public sealed class ClocksApartTests : IClassFixture<OnPostgres>, IClassFixture<ServerFixture>, IAsyncDisposable
{
    private static readonly ClockSkew s_skew = new(TimeSpan.FromSeconds(5));

    private readonly ServerFixture _fixture;
    private readonly Server.Storage.Engine.Database _database;
    private readonly Time _time = new() { At = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero).AddDays(Random.Shared.Next(30000)) };
    private readonly long _account = Samples.NewId();
    private readonly long _app = Samples.NewId();

    public ClocksApartTests(OnPostgres engine, ServerFixture fixture)
    {
        (_fixture, _database) = (fixture, engine.Open());
    }

    /// <summary>How far the second node is ahead, and how long after it made something the first node revokes, in milliseconds.</summary>
    public static MatrixTheoryData<int, int> Apart { get; } = new(
        [-5000, -3000, -1000, 0, 1000, 3000, 5000], [0, 200, 1000, 2000]);

    [Theory, MemberData(nameof(Apart))]
    public async Task F2_what_was_made_before_dies_on_every_node(int ahead, int later)
    {
        var (one, other) = (NewNode(0), NewNode(ahead));
        Credential[] made = [Session(other.Clock.Now), Token(other.Clock.Now), Session(await other.Clock.NowAsync(default))];
        var app = made[1] with { AccountId = 0 };
        _time.Advance(later);

        await one.Revoker.RevokeAccountAsync(_account, default);
        await one.Revoker.RevokeAppAsync(_app, default);
        other.Hear(one);

        foreach (var credential in made.Append(app))
        {
            Assert.False(await one.HoldsAsync(credential));
            Assert.False(await other.HoldsAsync(credential));
            Assert.False(await one.HoldsAsync(credential with { Kind = CredentialKind.RefreshToken }));
        }
    }

    [Theory, MemberData(nameof(Apart))]
    public async Task F2_who_signs_in_right_after_stays_signed_in_on_whichever_node(int ahead, int later)
    {
        var (one, other) = (NewNode(0), NewNode(ahead));
        await other.Revoker.RevokeAccountAsync(Samples.NewId(), default);
        await one.Revoker.RevokeAccountAsync(_account, default);
        _time.Advance(later);

        Credential[] made =
        [
            Session(await other.Clock.NowAsync(default)), // it has not heard of it, and asks
            Session(await one.Clock.NowAsync(default)),
            Token(one.Clock.Now),
        ];
        other.Hear(one);
        foreach (var credential in made.Append(Token(other.Clock.Now)))
        {
            Assert.True(await one.HoldsAsync(credential));
            Assert.True(await other.HoldsAsync(credential));
        }

        // and the next change ends that as well, at whichever node it is made
        await (ahead < 0 ? one : other).Revoker.RevokeAccountAsync(_account, default);
        foreach (var credential in made)
            Assert.False(await one.HoldsAsync(credential with { Kind = CredentialKind.RefreshToken }));
    }

    [Fact]
    public async Task F2_a_node_whose_clock_is_behind_revokes_what_another_dated_ahead()
    {
        var (slow, fast, third) = (NewNode(-2000), NewNode(3000), NewNode(0));
        for (var round = 0; round < 3; round++)
        {
            await fast.Revoker.RevokeAccountAsync(Samples.NewId(), default); // somebody else's: dated eight seconds ahead
            third.Hear(fast);
            var token = Token(third.Clock.Now);
            Assert.True(await third.HoldsAsync(token));

            await slow.Revoker.RevokeAccountAsync(_account, default); // it has heard of nothing

            third.Hear(slow);
            Assert.False(await third.HoldsAsync(token));
            Assert.True(await third.HoldsAsync(Token(third.Clock.Now)));
        }
    }

    [Theory]
    [InlineData(3)]
    [InlineData(600)]
    public async Task F2_a_clock_that_steps_back_keeps_nothing_alive(int seconds)
    {
        var node = NewNode(0);
        var token = Token(node.Clock.Now);
        _time.Advance(-seconds * 1000);

        await node.Revoker.RevokeAccountAsync(_account, default);

        Assert.False(await node.HoldsAsync(token));
        Assert.True(await node.HoldsAsync(Token(node.Clock.Now)));
    }

    [Theory]
    [InlineData(-3000)]
    [InlineData(0)]
    [InlineData(3000)]
    public async Task F2_what_is_being_made_while_it_is_revoked_dies(int ahead)
    {
        var (one, other) = (NewNode(0), NewNode(ahead));
        var (received, asked) = (other.Clock.Now, await other.Clock.NowAsync(default)); // and now the password is looked at

        await one.Revoker.RevokeAccountAsync(_account, default);
        other.Hear(one);

        Assert.False(await other.HoldsAsync(Token(received)));
        Assert.False(await other.HoldsAsync(Session(asked)));
    }

    [Fact]
    public async Task F2_the_revocation_of_one_pair_dates_nothing_else()
    {
        var node = NewNode(0);
        var before = node.Clock.Now;

        await node.Revoker.RevokeGrantAsync(Token(before), default);

        Assert.Equal(before, node.Clock.Now);
        Assert.Equal(before, await node.Clock.NowAsync(default));
    }

    /// <summary>Of a platform that has no refresh tokens.</summary>
    [Fact]
    public async Task F2_a_revoked_pair_dies_also_where_it_was_dated_ahead_and_as_long_as_its_tokens_live()
    {
        var node = NewNode(0);
        await node.Revoker.RevokeAccountAsync(Samples.NewId(), default);
        var token = Token(node.Clock.Now) with { Profile = _fixture.Server.Get<WeLinkProfile>().Credentials };
        Assert.True(token.ValidSince > _time.At);

        await node.Revoker.RevokeGrantAsync(token, default);

        Assert.False(await node.HoldsAsync(token));
        Assert.False(await node.HoldsAsync(token with { Kind = CredentialKind.RefreshToken })); // by the database
        var stored = await new SqlRevocationStore(_database).TouchingAsync(token.AppId, token.AccountId, token.GrantId, default);
        Assert.True(Assert.Single(stored).KeepUntil >= _time.At + token.Profile.Lifetimes.AccessToken);
    }

    [Fact]
    public async Task F2_a_broken_clock_takes_no_other_along()
    {
        var (node, broken) = (NewNode(0), NewNode(3_600_000));
        await broken.Revoker.RevokeAccountAsync(Samples.NewId(), default);
        node.Hear(broken);

        Assert.Equal(_time.At, await node.Clock.NowAsync(default));
        var token = Token(node.Clock.Now);
        await node.Revoker.RevokeAccountAsync(_account, default);
        Assert.False(await node.HoldsAsync(token));
        Assert.True(await node.HoldsAsync(Token(node.Clock.Now)));
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    private Node NewNode(int ahead) => new(_database, _fixture.Server, new Shifted(_time, TimeSpan.FromMilliseconds(ahead)));

    private Credential Token(DateTimeOffset validSince) => Made(CredentialKind.AccessToken, _app, validSince);

    private Credential Session(DateTimeOffset validSince) => Made(CredentialKind.Session, 0, validSince);

    private Credential Made(CredentialKind kind, long app, DateTimeOffset validSince) =>
        new(kind, app, _account, Guid.NewGuid(), validSince, default, default, "", null)
        {
            Profile = _fixture.Server.Get<SessionProfile>().Credentials,
        };

    private sealed class Node
    {
        private readonly List<Revocation> _wrote = [];
        private readonly RevocationList _list;
        private readonly CredentialReader _reader;

        public Node(Server.Storage.Engine.Database database, TestServer server, TimeProvider time)
        {
            var store = new Heard(new SqlRevocationStore(database), _wrote);
            _list = new RevocationList(time);
            Clock = new HybridClock(time, s_skew, store);
            Revoker = new Revoker(store, _list, Clock, time, server.Get<CredentialProfiles>());
            _reader = new CredentialReader(
                server.Get<CredentialSealer>(), _list, store, server.Get<IRevocationFeed>(), server.Get<AppDirectory>(),
                Options.Create(new GrantOptions()));
        }

        public HybridClock Clock { get; }

        public Revoker Revoker { get; }

        public ValueTask<bool> HoldsAsync(Credential credential) => _reader.HoldsAsync(credential, default);

        /// <summary>What the other wrote comes by the feed.</summary>
        public void Hear(Node other)
        {
            foreach (var revocation in other._wrote)
            {
                _list.OnRevoked(revocation);
                Clock.OnRevoked(revocation);
            }
        }
    }

    /// <summary>Keeps what its node wrote.</summary>
    private sealed class Heard(SqlRevocationStore inner, List<Revocation> wrote) : IRevocationStore
    {
        public Task AddAsync(Revocation revocation, CancellationToken ct)
        {
            wrote.Add(revocation);
            return inner.AddAsync(revocation, ct);
        }

        public Task AddForAccountAsync(Revocation revocation, CancellationToken ct) => AddAsync(revocation, ct);

        public Task<(IReadOnlyList<Revocation> Revocations, DateTimeOffset RecordedAt)> SinceAsync(
            DateTimeOffset recordedAt, CancellationToken ct) => inner.SinceAsync(recordedAt, ct);

        public Task<DateTimeOffset?> LatestAsync(DateTimeOffset most, CancellationToken ct) => inner.LatestAsync(most, ct);

        public Task<IReadOnlyList<Revocation>> TouchingAsync(long appId, long accountId, Guid grantId, CancellationToken ct) =>
            inner.TouchingAsync(appId, accountId, grantId, ct);
    }

    /// <summary>What time it really is.</summary>
    private sealed class Time
    {
        public DateTimeOffset At { get; set; }

        public void Advance(int milliseconds) => At = At.AddMilliseconds(milliseconds);
    }

    /// <summary>The clock of one node.</summary>
    private sealed class Shifted(Time time, TimeSpan ahead) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => time.At + ahead;
    }
}
