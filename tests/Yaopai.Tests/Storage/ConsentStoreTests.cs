using Yaopai.Server.Consents;
using Yaopai.Server.Credentials;
using Yaopai.Server.Storage.Sql.Consents;
using Yaopai.Server.Storage.Sql.Credentials;
using Yaopai.Server.Stores;

namespace Yaopai.Tests.Storage;

public sealed class SqliteConsentStoreTests(OnSqlite engine) : ConsentStoreContract(engine), IClassFixture<OnSqlite>;

public sealed class PostgresConsentStoreTests(OnPostgres engine) : ConsentStoreContract(engine), IClassFixture<OnPostgres>;

public abstract class ConsentStoreContract(Engine engine)
{
    private readonly SqlConsentStore _consents = new(engine.Database, Samples.Identifiers);
    private readonly SqlRevocationStore _revocations = new(engine.Database);
    private readonly SqlGrantStore _grants = new(engine.Database);
    private readonly long _app = Samples.NewId();
    private readonly long _account = Samples.NewId();

    private Revocation All => new(_app, _account, Guid.Empty, Samples.Noon, Samples.Noon.AddHours(2));

    [Fact]
    public async Task A_consent_reads_back_as_given_and_is_replaced_by_the_next()
    {
        var first = new Consent(_account, _app, ["openid", "email"], PhoneId: 7, Samples.Noon);
        await _consents.PutAsync(first, default);
        Equal(first, await _consents.FindAsync(_account, _app, default));

        var second = new Consent(_account, _app, ["openid"], PhoneId: null, Samples.Noon.AddDays(1));
        await _consents.PutAsync(second, default);
        Equal(second, await _consents.FindAsync(_account, _app, default));
    }

    [Fact]
    public async Task What_is_allowed_at_once_is_all_allowed_and_what_is_withdrawn_does_not_come_back()
    {
        string[] scopes = ["a", "b", "c", "d", "e"];
        await Task.WhenAll(scopes.Select(scope => _consents.AddAsync(new(_account, _app, [scope], null, Samples.Noon), default)));
        Assert.Equal(scopes, (await _consents.FindAsync(_account, _app, default))!.Scopes.Order());

        await Task.WhenAll(
            _consents.TryWithdrawAsync(All, ["a", "b"], default),
            _consents.AddAsync(new(_account, _app, ["f"], null, Samples.Noon), default));
        Assert.Equal(["c", "d", "e", "f"], (await _consents.FindAsync(_account, _app, default))!.Scopes.Order());
    }

    [Fact]
    public async Task The_phone_number_that_was_chosen_stands_until_the_person_is_asked_again()
    {
        var consent = new Consent(_account, _app, ["openid"], PhoneId: 7, Samples.Noon) { AskedForPhone = true };

        Assert.Equal(7, (await _consents.AddAsync(consent, default)).PhoneId);
        Assert.Equal(7, (await _consents.AddAsync(consent with { PhoneId = null, AskedForPhone = false }, default)).PhoneId);
        Assert.Null((await _consents.AddAsync(consent with { PhoneId = null }, default)).PhoneId);
        Assert.Null((await _consents.FindAsync(_account, _app, default))!.PhoneId);
    }

    [Fact]
    public async Task A_person_sees_all_their_consents_and_nobody_elses()
    {
        await _consents.PutAsync(new(_account, 2, [], null, Samples.Noon), default);
        await _consents.PutAsync(new(_account, 1, [], null, Samples.Noon), default);
        await _consents.PutAsync(new(Samples.NewId(), 3, [], null, Samples.Noon), default);

        Assert.Equal([1, 2], (await _consents.ListAsync(_account, default)).Select(consent => consent.AppId));
    }

    [Fact]
    public async Task Withdrawing_removes_the_consent_and_stores_the_revocation()
    {
        await _consents.PutAsync(new(_account, _app, [], null, Samples.Noon), default);

        Assert.True(await _consents.TryWithdrawAsync(All, default));

        Assert.Null(await _consents.FindAsync(_account, _app, default));
        Assert.Equal([All], await _revocations.TouchingAsync(_app, _account, Guid.Empty, default));
    }

    [Fact]
    public async Task Withdrawing_what_was_never_given_stores_nothing()
    {
        Assert.False(await _consents.TryWithdrawAsync(All, default));

        Assert.Empty(await _revocations.TouchingAsync(_app, _account, Guid.Empty, default));
    }

    [Fact]
    public async Task Some_scopes_are_withdrawn_with_all_tokens_and_the_last_of_them_with_the_consent()
    {
        var consent = new Consent(_account, _app, ["basic", "email", "netdisk"], PhoneId: 7, Samples.Noon);
        await _consents.PutAsync(consent, default);

        Assert.False(await _consents.TryWithdrawAsync(All, ["public"], default));
        Assert.Empty(await _revocations.TouchingAsync(_app, _account, Guid.Empty, default));
        Equal(consent, await _consents.FindAsync(_account, _app, default));

        Assert.True(await _consents.TryWithdrawAsync(All, ["email", "public"], default));
        Assert.Equal([All], await _revocations.TouchingAsync(_app, _account, Guid.Empty, default));
        Equal(consent with { Scopes = ["basic", "netdisk"] }, await _consents.FindAsync(_account, _app, default));

        Assert.True(await _consents.TryWithdrawAsync(All, ["netdisk", "basic"], default));
        Assert.Null(await _consents.FindAsync(_account, _app, default));
        Assert.False(await _consents.TryWithdrawAsync(All, ["basic"], default));
    }

    [Fact]
    public async Task Scopes_that_are_withdrawn_one_by_one_at_once_are_all_gone()
    {
        string[] scopes = ["basic", "email", "netdisk", "super_msg", "hao123"];
        await _consents.PutAsync(new(_account, _app, scopes, null, Samples.Noon), default);

        Assert.All(await Task.WhenAll(scopes.Select(scope => _consents.TryWithdrawAsync(All, [scope], default))), Assert.True);

        Assert.Null(await _consents.FindAsync(_account, _app, default));
    }

    [Fact]
    public async Task A_withdrawal_that_fails_halfway_leaves_both_as_they_were()
    {
        await _consents.PutAsync(new(_account, _app, [], null, Samples.Noon), default);

        await Assert.ThrowsAsync<StorageException>(() => engine.Database.WriteAsync(
            async session =>
            {
                await session.ExecuteAsync(RevocationRow.Put, RevocationRow.Of(All, session.Now));
                await session.ExecuteAsync("DELETE FROM consent WHERE account_id = @_account", new { _account });
                return await session.ExecuteAsync("DELETE FROM there_is_no_such_table");
            }, default));

        Assert.NotNull(await _consents.FindAsync(_account, _app, default));
        Assert.Empty(await _revocations.TouchingAsync(_app, _account, Guid.Empty, default));
    }

    [Fact]
    public async Task A_grant_is_read_with_its_consent_and_what_revokes_it()
    {
        var pair = Guid.NewGuid();
        var revocation = All with { GrantId = pair };
        await _consents.PutAsync(new(_account, _app, ["openid"], null, Samples.Noon), default);
        await _revocations.AddAsync(revocation, default);

        var (consent, revocations) = await _grants.FindAsync(_app, _account, pair, default);
        Assert.Equal(["openid"], consent!.Scopes);
        Assert.Equal([revocation], revocations);

        var (none, untouched) = await _grants.FindAsync(_app, Samples.NewId(), Guid.NewGuid(), default);
        Assert.Null(none);
        Assert.Empty(untouched);
    }

    private static void Equal(Consent expected, Consent? actual)
    {
        Assert.NotNull(actual);
        Assert.Equal(expected.Scopes, actual.Scopes);
        Assert.Equal(expected with { Scopes = [] }, actual with { Scopes = [] });
    }
}
