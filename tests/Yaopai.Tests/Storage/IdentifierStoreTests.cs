using Yaopai.Server.Consents;
using Yaopai.Server.Credentials;
using Yaopai.Server.Identifiers;
using Yaopai.Server.Storage.Sql.Accounts;
using Yaopai.Server.Storage.Sql.Apps;
using Yaopai.Server.Storage.Sql.Consents;
using Yaopai.Server.Storage.Sql.Identifiers;

namespace Yaopai.Tests.Storage;

public sealed class SqliteIdentifierStoreTests(OnSqlite engine) : IdentifierStoreContract(engine), IClassFixture<OnSqlite>;

public sealed class PostgresIdentifierStoreTests(OnPostgres engine) : IdentifierStoreContract(engine), IClassFixture<OnPostgres>;

/// <summary>From identifiers back to accounts: what consents enter, and what is entered later.</summary>
public abstract class IdentifierStoreContract(Engine engine)
{
    private readonly SqlIdentifierStore _store = new(engine.Database);
    private readonly SqlConsentStore _consents = new(engine.Database, Samples.Identifiers);
    private readonly SqlAppStore _apps = new(engine.Database);
    private readonly IdentifierIndex _index = new(Samples.Identifiers, new SqlIdentifierStore(engine.Database));
    private readonly long _developer = Samples.NewId();

    [Fact]
    public async Task A_consent_makes_the_person_known_to_the_app_and_to_its_developer()
    {
        var (app, other, account) = (await AddAppAsync(), await AddAppAsync(), Samples.NewId());
        await ConsentAsync(account, app);

        Assert.Equal(account, await FindByOpenIdAsync(app, account));
        Assert.Equal(account, await FindByUnionIdAsync(_developer, account));
        Assert.Null(await FindByOpenIdAsync(other, account));
        Assert.Null(await FindByUnionIdAsync(Samples.NewId(), account));
    }

    [Fact]
    public async Task A_second_consent_and_one_to_another_app_of_the_developer_change_nothing()
    {
        var (app, other, account) = (await AddAppAsync(), await AddAppAsync(), Samples.NewId());
        await ConsentAsync(account, app);
        await ConsentAsync(account, app);
        await ConsentAsync(account, other);

        Assert.Equal(
            [account], (await _store.ListOpenIdsAsync(app, new(long.MinValue, 0), 10, default)).Select(person => person.AccountId));
        Assert.Equal(account, await FindByUnionIdAsync(_developer, account));
    }

    [Fact]
    public async Task Withdrawing_leaves_the_person_known()
    {
        var (app, account) = (await AddAppAsync(), Samples.NewId());
        await ConsentAsync(account, app);
        await _consents.TryWithdrawAsync(new Revocation(app, account, Guid.Empty, Samples.Noon, Samples.Noon), default);

        Assert.Equal(account, await FindByOpenIdAsync(app, account));
    }

    [Fact]
    public async Task N10_a_person_who_is_deleted_is_no_longer_known()
    {
        var (app, person, other) = (await AddAppAsync(), Samples.NewAccount(), Samples.NewId());
        var accounts = new SqlAccountStore(engine.Database);
        Assert.True(await accounts.TryAddAsync(person, default));
        await ConsentAsync(person.Id, app);
        await ConsentAsync(other, app);

        Assert.True(await accounts.TryDeleteAsync(
            new Revocation(0, person.Id, Guid.Empty, Samples.Noon, Samples.Noon.AddDays(1)), default));

        Assert.Equal(
            [other], (await _store.ListOpenIdsAsync(app, new(long.MinValue, 0), 10, default)).Select(found => found.AccountId));
        Assert.Null(await FindByUnionIdAsync(_developer, person.Id));
        Assert.Equal(other, await FindByUnionIdAsync(_developer, other));
    }

    [Fact]
    public async Task A_consent_that_fails_halfway_makes_nobody_known()
    {
        var (app, account) = (await AddAppAsync(), Samples.NewId());
        await engine.ExecuteAsync("ALTER TABLE union_id RENAME TO gone");

        await Assert.ThrowsAnyAsync<Exception>(() => ConsentAsync(account, app));

        await engine.ExecuteAsync("ALTER TABLE gone RENAME TO union_id");
        Assert.Null(await _consents.FindAsync(account, app, default));
        Assert.Null(await FindByOpenIdAsync(app, account));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(10)]
    [InlineData(11)]
    [InlineData(100)]
    public async Task Many_are_found_at_once_and_those_who_are_not_there_are_left_out(int count)
    {
        var app = await AddAppAsync();
        var accounts = Enumerable.Range(0, count).Select(_ => Samples.NewId()).ToArray();
        await Task.WhenAll(accounts.Where((_, i) => i % 2 == 0).Select(account => ConsentAsync(account, app)));

        var found = await _index.FindByOpenIdAsync(
            app, accounts.Select(account => Samples.Identifiers.OpenId(app, account)).ToHashSet(), default);

        Assert.Equal(accounts.Where((_, i) => i % 2 == 0).Order(), found.Values.Order());
        Assert.All(found, pair => Assert.Equal(Samples.Identifiers.OpenId(app, pair.Value), pair.Key));
    }

    [Fact]
    public async Task More_than_a_hundred_tags_are_refused() => await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
        () => _store.FindByOpenIdAsync(1, [.. Enumerable.Range(0, 101).Select(i => (long)i)], default));

    [Fact]
    public async Task Of_two_accounts_with_one_tag_the_one_is_found_whose_identifier_it_is()
    {
        var (app, account, twin) = (await AddAppAsync(), Samples.NewId(), Samples.NewId());
        var openId = Samples.Identifiers.OpenId(app, account);
        var entered = IdentifierIndex.Enter(Samples.Identifiers, account, app, _developer);
        await _store.EnterAsync([entered with { AccountId = twin }, entered], default);

        Assert.Equal(account, (await _index.FindByOpenIdAsync(app, new HashSet<string> { openId }, default))[openId]);
        await _store.EnterAsync([IdentifierIndex.Enter(Samples.Identifiers, twin, app, _developer) with { AccountId = account }], default);
        Assert.Null(await FindByOpenIdAsync(app, twin)); // a row alone, under the wrong account, finds nobody
    }

    [Theory]
    [InlineData("")]
    [InlineData("AQAxrBzThFv")]
    [InlineData("not base64url, not at all")]
    [InlineData("AQAx rBz ThFv")]
    public async Task What_cannot_be_an_identifier_is_not_looked_for(string text) =>
        Assert.Empty(await _index.FindByOpenIdAsync(1, new HashSet<string> { text }, default));

    [Fact]
    public async Task The_people_of_an_app_are_known_to_the_developer_it_moves_to()
    {
        var (app, next) = (await AddAppAsync(), Samples.NewId());
        var accounts = Enumerable.Range(0, 1100).Select(_ => Samples.NewId()).ToArray(); // more than two slices
        await Task.WhenAll(accounts.Select(account => ConsentAsync(account, app)));

        await _index.FollowAsync(app, next, default);

        Assert.Equal(accounts[0], await FindByUnionIdAsync(next, accounts[0]));
        foreach (var some in accounts.Chunk(100))
            Assert.Equal(100, (await _index.FindByUnionIdAsync(
                next, some.Select(account => Samples.Identifiers.UnionId(next, account)).ToHashSet(), default)).Count);
    }

    private async Task<long> AddAppAsync()
    {
        var app = Samples.NewApp(_developer);
        Assert.True(await _apps.TryAddAsync(app, default));
        return app.Id;
    }

    private Task ConsentAsync(long account, long app) =>
        _consents.PutAsync(new Consent(account, app, ["openid"], null, Samples.Noon), default);

    private async Task<long?> FindByOpenIdAsync(long app, long account)
    {
        var openId = Samples.Identifiers.OpenId(app, account);
        return (await _index.FindByOpenIdAsync(app, new HashSet<string> { openId }, default)).TryGetValue(openId, out var found)
            ? found
            : null;
    }

    private async Task<long?> FindByUnionIdAsync(long developer, long account)
    {
        var unionId = Samples.Identifiers.UnionId(developer, account);
        return (await _index.FindByUnionIdAsync(developer, new HashSet<string> { unionId }, default)).TryGetValue(unionId, out var found)
            ? found
            : null;
    }
}
