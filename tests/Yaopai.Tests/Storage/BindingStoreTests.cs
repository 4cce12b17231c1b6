using Yaopai.Server.Accounts;
using Yaopai.Server.Accounts.Bindings;
using Yaopai.Server.Credentials;
using Yaopai.Server.Storage.Sql.Accounts;

namespace Yaopai.Tests.Storage;

public sealed class SqliteBindingStoreTests(OnSqlite engine) : BindingStoreContract(engine), IClassFixture<OnSqlite>;

public sealed class PostgresBindingStoreTests(OnPostgres engine) : BindingStoreContract(engine), IClassFixture<OnPostgres>;

public abstract class BindingStoreContract(Engine engine)
{
    private const long Developer = 7;

    private readonly SqlBindingStore _bindings = new(engine.Database);
    private readonly SqlAccountStore _accounts = new(engine.Database);

    [Fact]
    public async Task A_person_of_another_platform_is_found_by_their_OpenID()
    {
        var binding = await AddAsync(NewIdentity());
        Assert.Equal(binding, await _bindings.FindAsync(binding.Identity, developerId: 8, default));
        Assert.Null(await _bindings.FindAsync(binding.Identity with { ProviderAppId = "other" }, Developer, default));
        Assert.Null(await _bindings.FindAsync(binding.Identity with { Provider = "other" }, Developer, default));
    }

    [Fact]
    public async Task At_another_app_of_the_developer_the_UnionID_will_do()
    {
        var binding = await AddAsync(NewIdentity() with { UnionId = $"u-{Guid.NewGuid():n}" });
        var elsewhere = binding.Identity with { ProviderAppId = "mini", OpenId = "another" };
        Assert.Equal(binding, await _bindings.FindAsync(elsewhere, Developer, default));
        Assert.Null(await _bindings.FindAsync(elsewhere, developerId: 8, default));
        Assert.Null(await _bindings.FindAsync(elsewhere with { UnionId = null }, Developer, default));
    }

    [Fact]
    public async Task Of_ten_accounts_one_is_bound_to_a_person()
    {
        var identity = NewIdentity();
        var accounts = await Task.WhenAll(Enumerable.Range(0, 10).Select(async _ => await NewAccountAsync()));
        var bound = await Task.WhenAll(accounts.Select(account =>
            _bindings.TryAddAsync(new Binding(identity, account.Id, Developer, Samples.Noon), default)));
        Assert.Single(bound, true);
    }

    [Fact]
    public async Task Nobody_is_bound_to_an_account_that_is_not_there() =>
        Assert.False(await _bindings.TryAddAsync(new Binding(NewIdentity(), Samples.NewId(), Developer, Samples.Noon), default));

    [Fact]
    public async Task A_binding_is_taken_back_by_its_account_alone()
    {
        var binding = await AddAsync(NewIdentity());
        Assert.False(await _bindings.TryRemoveAsync(binding.AccountId + 1, binding.Identity, default));
        Assert.Equal([binding], await _bindings.ListAsync(binding.AccountId, default));
        Assert.True(await _bindings.TryRemoveAsync(binding.AccountId, binding.Identity, default));
        Assert.False(await _bindings.TryRemoveAsync(binding.AccountId, binding.Identity, default));
        Assert.Empty(await _bindings.ListAsync(binding.AccountId, default));
    }

    [Fact]
    public async Task The_same_OpenID_at_another_app_stays_bound()
    {
        var binding = await AddAsync(NewIdentity());
        var elsewhere = binding with { Identity = binding.Identity with { ProviderAppId = "wx2" } };
        Assert.True(await _bindings.TryAddAsync(elsewhere, default));
        Assert.True(await _bindings.TryRemoveAsync(binding.AccountId, binding.Identity, default));
        Assert.Equal([elsewhere], await _bindings.ListAsync(binding.AccountId, default));
    }

    [Fact]
    public async Task Of_ten_people_of_one_app_one_is_bound_to_an_account()
    {
        var account = await NewAccountAsync();
        var bound = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ =>
            _bindings.TryAddAsync(new Binding(NewIdentity(), account.Id, Developer, Samples.Noon), default)));
        Assert.Single(bound, true);
        Assert.Single(await _bindings.ListAsync(account.Id, default));
        Assert.True(await _bindings.TryAddAsync(
            new Binding(NewIdentity() with { ProviderAppId = "wx2" }, account.Id, Developer, Samples.Noon), default));
    }

    [Fact]
    public async Task Bindings_go_with_their_account()
    {
        var binding = await AddAsync(NewIdentity());
        var all = new Revocation(0, binding.AccountId, Guid.Empty, Samples.Noon, Samples.Noon.AddDays(1));
        Assert.True(await _accounts.TryDeleteAsync(all, default));
        Assert.Null(await _bindings.FindAsync(binding.Identity, Developer, default));
    }

    private static ThirdPartyIdentity NewIdentity() => new("wechat", "wx1", $"o-{Guid.NewGuid():n}", UnionId: null);

    private async Task<Account> NewAccountAsync()
    {
        var account = Samples.NewAccount();
        Assert.True(await _accounts.TryAddAsync(account, default));
        return account;
    }

    private async Task<Binding> AddAsync(ThirdPartyIdentity identity)
    {
        var binding = new Binding(identity, (await NewAccountAsync()).Id, Developer, Samples.Noon);
        Assert.True(await _bindings.TryAddAsync(binding, default));
        return binding;
    }
}
