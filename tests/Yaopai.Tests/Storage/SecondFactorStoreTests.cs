using Yaopai.Server.Accounts.SecondFactors;
using Yaopai.Server.Storage.Sql.Accounts;

namespace Yaopai.Tests.Storage;

public sealed class SqliteSecondFactorStoreTests(OnSqlite engine) : SecondFactorStoreContract(engine), IClassFixture<OnSqlite>;

public sealed class PostgresSecondFactorStoreTests(OnPostgres engine) : SecondFactorStoreContract(engine), IClassFixture<OnPostgres>;

public abstract class SecondFactorStoreContract(Engine engine)
{
    private const long Step = 58_000_000, Furthest = Step + 10;

    private readonly SqlSecondFactorStore _store = new(engine.Database);

    [Fact]
    public async Task Of_many_uses_of_one_code_at_two_nodes_one_succeeds()
    {
        await using var other = engine.Open();
        var stores = new[] { _store, new SqlSecondFactorStore(other) };
        var factor = await AddAsync();

        var used = await Task.WhenAll(Enumerable.Range(0, 20).Select(
            i => Task.Run(() => stores[i % 2].TryUseStepAsync(factor, Step, Furthest, default))));

        Assert.Single(used, true);
    }

    [Fact]
    public async Task A_code_uses_up_all_before_it_but_none_of_a_time_before_a_clock_was_put_back()
    {
        var factor = await AddAsync();

        Assert.False(await _store.TryUseStepAsync(factor, Step - 1, Furthest, default)); // it was confirmed by that one
        Assert.True(await _store.TryUseStepAsync(factor, Step + 1, Furthest + 1, default));
        Assert.False(await _store.TryUseStepAsync(factor, Step + 1, Furthest + 1, default));
        Assert.False(await _store.TryUseStepAsync(factor, Step, Furthest, default));
        Assert.True(await _store.TryUseStepAsync(factor, Step - 100, Step - 90, default));
        Assert.False(await _store.TryUseStepAsync(factor, Step - 100, Step - 90, default));
    }

    [Fact]
    public async Task A_code_of_another_secret_uses_nothing()
    {
        var before = await AddAsync();
        await _store.TryRemoveAsync(before.AccountId, default);
        var factor = before with { Secret = [4, 5, 6] };
        Assert.True(await _store.TryAddAsync(factor, [[1]], Step - 1, default));

        Assert.False(await _store.TryUseStepAsync(before, Step, Furthest, default));
        Assert.True(await _store.TryUseStepAsync(factor, Step, Furthest, default));
    }

    [Fact]
    public async Task Each_recovery_code_is_good_once_whoever_comes_at_once()
    {
        var factor = await AddAsync();

        var used = await Task.WhenAll(Enumerable.Range(0, 10).Select(
            _ => Task.Run(() => _store.TryUseRecoveryCodeAsync(factor.AccountId, [1], default))));

        Assert.Single(used, true);
        Assert.False(await _store.TryUseRecoveryCodeAsync(factor.AccountId, [9], default));
        Assert.False(await _store.TryUseRecoveryCodeAsync(factor.AccountId + 1, [2], default));
        Assert.Equal(1, (await _store.FindAsync(factor.AccountId, default))!.RecoveryCodes);
    }

    [Fact]
    public async Task New_recovery_codes_take_the_place_of_the_old_ones()
    {
        var factor = await AddAsync();

        Assert.True(await _store.TryReplaceRecoveryCodesAsync(factor.AccountId, [[3], [4], [5]], default));

        Assert.Equal(3, (await _store.FindAsync(factor.AccountId, default))!.RecoveryCodes);
        Assert.False(await _store.TryUseRecoveryCodeAsync(factor.AccountId, [1], default));
        Assert.True(await _store.TryUseRecoveryCodeAsync(factor.AccountId, [3], default));
    }

    [Fact]
    public async Task An_account_has_one_at_most_and_nobody_has_none()
    {
        var factor = await AddAsync();
        var found = await _store.FindAsync(factor.AccountId, default);

        Assert.Equal((factor.Since, 2), (found!.Since, found.RecoveryCodes));
        Assert.Equal(factor.Secret, found.Secret);
        Assert.False(await _store.TryAddAsync(factor with { Secret = [7] }, [[8]], Step, default));
        Assert.False(await _store.TryAddAsync(factor with { AccountId = Samples.NewId() }, [[8]], Step, default));
        Assert.True(await _store.TryRemoveAsync(factor.AccountId, default));
        Assert.False(await _store.TryRemoveAsync(factor.AccountId, default));
        Assert.Null(await _store.FindAsync(factor.AccountId, default));
        Assert.False(await _store.TryReplaceRecoveryCodesAsync(factor.AccountId, [[3]], default));
        Assert.False(await _store.TryUseRecoveryCodeAsync(factor.AccountId, [1], default));
    }

    /// <summary>Of an account of its own, with the recovery codes 1 and 2, confirmed by the code of the step before.</summary>
    private async Task<SecondFactor> AddAsync()
    {
        var account = Samples.NewAccount();
        Assert.True(await new SqlAccountStore(engine.Database).TryAddAsync(account, default));
        var factor = new SecondFactor(account.Id, [1, 2, 3], Samples.Noon, RecoveryCodes: 2);
        Assert.True(await _store.TryAddAsync(factor, [[1], [2]], Step - 1, default));
        return factor;
    }
}
