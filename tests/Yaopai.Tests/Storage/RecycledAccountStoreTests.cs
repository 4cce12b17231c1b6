using Yaopai.Server.Credentials;
using Yaopai.Server.Storage.Sql.Accounts;
using Yaopai.Server.Storage.Sql.Credentials;

namespace Yaopai.Tests.Storage;

public sealed class SqliteRecycledAccountStoreTests(OnSqlite engine) : RecycledAccountStoreContract(engine), IClassFixture<OnSqlite>;

public sealed class PostgresRecycledAccountStoreTests(OnPostgres engine) : RecycledAccountStoreContract(engine), IClassFixture<OnPostgres>;

public abstract class RecycledAccountStoreContract(Engine engine)
{
    private readonly SqlRecycledAccountStore _store = new(engine.Database);
    private readonly SqlAccountStore _accounts = new(engine.Database);

    [Fact]
    public async Task An_account_that_is_put_away_keeps_its_number_and_loses_its_tokens()
    {
        var account = Samples.NewAccount();
        account = account with { Phones = [new(account.Id, "86", $"{account.Id}", "CN", IsBound: true, Samples.Noon)] };
        await _accounts.TryAddAsync(account, default);

        Assert.True(await _store.TryRecycleAsync(Of(account.Id), Samples.Noon, default));
        Assert.False(await _store.TryRecycleAsync(Of(account.Id), Samples.Noon.AddDays(1), default));

        var away = (await _accounts.FindByPhoneAsync("86", $"{account.Id}", default))!;
        Assert.Equal(Samples.Noon, away.RecycledAt);
        Assert.False(away.MaySignIn);
        Assert.False(await _accounts.TryAddAsync(account with { Id = Samples.NewId(), Name = $"name-{Guid.NewGuid():n}" }, default));
        Assert.NotEmpty(await new SqlRevocationStore(engine.Database).TouchingAsync(1, account.Id, Guid.NewGuid(), default));
    }

    [Fact]
    public async Task A_change_of_the_account_does_not_bring_it_back()
    {
        var account = Samples.NewAccount();
        await _accounts.TryAddAsync(account, default);
        await _store.TryRecycleAsync(Of(account.Id), Samples.Noon, default);

        Assert.True(await _accounts.TryChangeAsync(account with { Nickname = "new" }, default));
        Assert.Equal(Samples.Noon, (await _accounts.FindAsync(account.Id, default))!.RecycledAt);
    }

    [Fact]
    public async Task It_comes_back_within_its_time_and_once()
    {
        var account = Samples.NewAccount();
        await _accounts.TryAddAsync(account, default);
        Assert.False(await _store.TryRestoreAsync(account.Id, Samples.Noon.AddDays(-30), default));
        await _store.TryRecycleAsync(Of(account.Id), Samples.Noon, default);

        Assert.False(await _store.TryRestoreAsync(account.Id, since: Samples.Noon, default));
        Assert.True(await _store.TryRestoreAsync(account.Id, since: Samples.Noon.AddSeconds(-1), default));
        Assert.False(await _store.TryRestoreAsync(account.Id, since: Samples.Noon.AddSeconds(-1), default));
        Assert.True((await _accounts.FindAsync(account.Id, default))!.MaySignIn);
    }

    [Fact]
    public async Task Those_whose_time_is_over_are_listed()
    {
        var (early, late) = (Samples.NewAccount(), Samples.NewAccount());
        await _accounts.TryAddAsync(early, default);
        await _accounts.TryAddAsync(late, default);
        await _store.TryRecycleAsync(Of(early.Id), Samples.Noon.AddYears(-10), default);
        await _store.TryRecycleAsync(Of(late.Id), Samples.Noon.AddYears(-9), default);

        Assert.Equal([early.Id], await _store.ListAsync(Samples.Noon.AddYears(-10), take: 10, default));
        Assert.Equal([early.Id], await _store.ListAsync(Samples.Noon.AddYears(-9), take: 1, default));
    }

    private static Revocation Of(long account) => new(0, account, Guid.Empty, Samples.Noon, Samples.Noon.AddDays(1));
}
