using Yaopai.Server.Accounts;
using Yaopai.Server.Credentials;
using Yaopai.Server.Storage.Sql;
using Yaopai.Server.Storage.Sql.Accounts;
using Yaopai.Server.Storage.Sql.Credentials;
using Yaopai.Server.Stores;

namespace Yaopai.Tests.Storage;

public sealed class SqliteAccountStoreTests(OnSqlite engine) : AccountStoreContract(engine), IClassFixture<OnSqlite>;

public sealed class PostgresAccountStoreTests(OnPostgres engine) : AccountStoreContract(engine), IClassFixture<OnPostgres>;

public abstract class AccountStoreContract(Engine engine)
{
    private static readonly Dictionary<string, string> s_none = [];

    private readonly SqlAccountStore _accounts = new(engine.Database);

    [Fact]
    public async Task An_account_reads_back_with_all_its_fields()
    {
        var account = Samples.NewAccount() with
        {
            Nickname = "阿瑶 🐼",
            AvatarUrl = "https://example.com/a.png",
            Email = "yao@example.com",
            EmailVerified = true,
            Profile = new Dictionary<string, string> { ["job"] = "\"老师\"", ["sex"] = "1" },
            DisabledAt = Samples.Noon.AddDays(1),
            RecycledAt = Samples.Noon.AddDays(2),
            Phones = [NewPhone("86", isBound: true) with { VerifiedAt = Samples.Noon }, NewPhone("852", isBound: false)],
        };

        Assert.True(await _accounts.TryAddAsync(account, default));

        Equal(account, await _accounts.FindAsync(account.Id, default));
    }

    [Fact]
    public async Task An_account_without_anything_optional_reads_back_too()
    {
        var account = Samples.NewAccount();
        Assert.True(await _accounts.TryAddAsync(account, default));

        Equal(account, await _accounts.FindAsync(account.Id, default));
    }

    [Fact]
    public async Task An_account_is_found_by_its_name_in_any_case()
    {
        var account = Samples.NewAccount() with { Name = $"Über-{Guid.NewGuid():n}" };
        Assert.True(await _accounts.TryAddAsync(account, default));

        Equal(account, await _accounts.FindByNameAsync(account.Name.ToUpperInvariant(), default));
        Assert.Null(await _accounts.FindByNameAsync("nobody", default));
        Assert.Null(await _accounts.FindAsync(Samples.NewId(), default));
    }

    [Fact]
    public async Task An_account_is_found_by_the_number_that_is_bound_to_it()
    {
        PhoneNumber bound = NewPhone("86", isBound: true), other = NewPhone("852", isBound: false);
        var account = Samples.NewAccount() with { Phones = [other, bound] };
        Assert.True(await _accounts.TryAddAsync(account, default));

        Equal(account, await _accounts.FindByPhoneAsync("86", bound.National, default));
        Assert.Null(await _accounts.FindByPhoneAsync("852", bound.National, default));
        Assert.Null(await _accounts.FindByPhoneAsync("852", other.National, default));
    }

    [Fact]
    public async Task Of_ten_changes_of_one_password_one_wins_and_nothing_else_is_changed()
    {
        var account = Samples.NewAccount() with { Phones = [NewPhone("86", isBound: true)] };
        Assert.True(await _accounts.TryAddAsync(account, default));

        var won = await Task.WhenAll(Enumerable.Range(0, 10).Select(
            i => _accounts.TryRehashAsync(account.Id, account.PasswordHash, $"hash {i}", default)));

        Assert.Single(won, true);
        Equal(account with { PasswordHash = $"hash {Array.IndexOf(won, true)}" }, await _accounts.FindAsync(account.Id, default));
        Assert.False(await _accounts.TryRehashAsync(Samples.NewId(), "hash", "other", default));
    }

    [Fact]
    public async Task Of_ten_changes_at_once_none_is_lost()
    {
        var account = Samples.NewAccount() with { Phones = [NewPhone("86", isBound: true)] };
        Assert.True(await _accounts.TryAddAsync(account, default));

        await Task.WhenAll(Enumerable.Range(0, 10).Select(i => _accounts.ChangeAsync(
            account.Id, before => before with { Profile = new Dictionary<string, string>(before.Profile) { [$"field{i}"] = "x" } },
            default)));

        var stored = (await _accounts.FindAsync(account.Id, default))!;
        Assert.Equal(10, stored.Profile.Keys.Count(name => name.StartsWith("field", StringComparison.Ordinal)));
        Equal(account, stored with { Profile = account.Profile });
    }

    [Fact]
    public async Task A_change_is_answered_as_it_is_stored_and_none_where_it_cannot_be()
    {
        var (account, other) = (Samples.NewAccount(), Samples.NewAccount());
        Assert.True(await _accounts.TryAddAsync(account, default));
        Assert.True(await _accounts.TryAddAsync(other, default));

        var changed = await _accounts.ChangeAsync(account.Id, before => before with { Nickname = "new" }, default);
        Equal(account with { Nickname = "new" }, changed);
        Equal(changed!, await _accounts.FindAsync(account.Id, default));

        Assert.Null(await _accounts.ChangeAsync(account.Id, before => before with { Name = other.Name }, default));
        Assert.Null(await _accounts.ChangeAsync(Samples.NewId(), before => before, default));
        Equal(changed!, await _accounts.FindAsync(account.Id, default));
    }

    [Fact]
    public async Task Another_password_comes_with_the_revocation_of_everything_or_not_at_all()
    {
        var revocations = new SqlRevocationStore(engine.Database);
        var account = Samples.NewAccount();
        var all = new Revocation(0, account.Id, Guid.Empty, Samples.Noon, Samples.Noon.AddHours(2));
        Assert.True(await _accounts.TryAddAsync(account, default));

        Assert.False(await _accounts.TryChangePasswordAsync(all, "another hash", "new", default));
        Assert.Empty(await revocations.TouchingAsync(0, account.Id, Guid.Empty, default));

        await engine.ExecuteAsync("ALTER TABLE revocation RENAME TO gone");
        await Assert.ThrowsAsync<StorageException>(() => _accounts.TryChangePasswordAsync(all, account.PasswordHash, "new", default));
        await engine.ExecuteAsync("ALTER TABLE gone RENAME TO revocation");
        Equal(account, await _accounts.FindAsync(account.Id, default));

        Assert.True(await _accounts.TryChangePasswordAsync(all, account.PasswordHash, "new", default));
        Assert.Equal("new", (await _accounts.FindAsync(account.Id, default))!.PasswordHash);
        Assert.Equal([all], await revocations.TouchingAsync(0, account.Id, Guid.Empty, default));
    }

    [Fact]
    public async Task A_taken_id_a_taken_name_and_a_taken_bound_number_are_refused()
    {
        var phone = NewPhone("86", isBound: true);
        var first = Samples.NewAccount() with { Phones = [phone] };
        Assert.True(await _accounts.TryAddAsync(first, default));

        Assert.False(await _accounts.TryAddAsync(Samples.NewAccount() with { Id = first.Id }, default));
        Assert.False(await _accounts.TryAddAsync(Samples.NewAccount() with { Name = first.Name.ToUpperInvariant() }, default));

        var third = Samples.NewAccount() with { Phones = [phone with { Id = Samples.NewId() }] };
        Assert.False(await _accounts.TryAddAsync(third, default));
        Assert.Null(await _accounts.FindAsync(third.Id, default));
        Assert.DoesNotContain(new Change(ChangeKind.Account, third.Id), await ChangesAsync());

        var unbound = third with { Phones = [phone with { IsBound = false }] };
        Assert.True(await _accounts.TryAddAsync(unbound, default));
        Assert.False(await _accounts.TryChangeAsync(third, default));
        Equal(unbound, await _accounts.FindAsync(third.Id, default));
    }

    [Fact]
    public async Task FC38_a_name_is_one_in_both_spellings()
    {
        var (composed, apart) = ($"jos\u00e9-{Guid.NewGuid():n}", "");
        apart = composed.Replace("\u00e9", "e\u0301", StringComparison.Ordinal);
        var first = Samples.NewAccount() with { Name = apart };
        Assert.True(await _accounts.TryAddAsync(first, default));

        Assert.False(await _accounts.TryAddAsync(Samples.NewAccount() with { Name = composed }, default));
        Assert.False(await _accounts.TryAddAsync(Samples.NewAccount() with { Name = composed.ToUpperInvariant() }, default));
        Assert.Equal(first.Id, (await _accounts.FindByNameAsync(composed, default))!.Id);
        Assert.Equal(apart, (await _accounts.FindByNameAsync(apart.ToUpperInvariant(), default))!.Name);
    }

    [Fact]
    public async Task FC38_two_who_had_one_look_before_keep_their_names_and_nobody_joins_them()
    {
        var composed = $"jos\u00e9-{Guid.NewGuid():n}";
        var apart = composed.Replace("\u00e9", "e\u0301", StringComparison.Ordinal);
        var (first, second) = (Samples.NewAccount() with { Name = composed }, Samples.NewAccount());
        Assert.True(await _accounts.TryAddAsync(first, default));
        Assert.True(await _accounts.TryAddAsync(second, default));
        await engine.ExecuteAsync($"UPDATE account SET name = '{apart}', name_key = '{apart}' WHERE id = {second.Id}");

        Assert.Equal(first.Id, (await _accounts.FindByNameAsync(composed, default))!.Id);
        Assert.Equal(second.Id, (await _accounts.FindByNameAsync(apart, default))!.Id);
        Assert.True(await _accounts.TryChangeAsync(second with { Name = apart, Nickname = "Pepe" }, default));

        Assert.True(await _accounts.TryChangeAsync(first with { Name = $"other-{Guid.NewGuid():n}" }, default));
        Assert.Equal(second.Id, (await _accounts.FindByNameAsync(composed, default))!.Id);
        Assert.False(await _accounts.TryAddAsync(Samples.NewAccount() with { Name = composed }, default));
        Assert.False(await _accounts.TryChangeAsync(first with { Name = composed }, default));
    }

    [Fact]
    public async Task A_change_replaces_the_phone_numbers()
    {
        PhoneNumber old = NewPhone("86", isBound: true), extra = NewPhone("86", isBound: false);
        var account = Samples.NewAccount() with { Phones = [old, extra] };
        Assert.True(await _accounts.TryAddAsync(account, default));

        var changed = account with { Nickname = "new", Phones = [extra with { IsBound = true }] };
        Assert.True(await _accounts.TryChangeAsync(changed, default));
        Equal(changed, await _accounts.FindAsync(account.Id, default));

        var next = Samples.NewAccount() with { Phones = [old] };
        Assert.True(await _accounts.TryAddAsync(next, default));
    }

    [Fact]
    public async Task A_change_keeps_the_password_unless_it_brings_one()
    {
        var read = Samples.NewAccount();
        Assert.True(await _accounts.TryAddAsync(read, default));
        Assert.True(await _accounts.TryRehashAsync(read.Id, read.PasswordHash, "changed meanwhile", default));

        Assert.True(await _accounts.TryChangeAsync(read with { Nickname = "new" }, default));
        Equal(read with { Nickname = "new", PasswordHash = "changed meanwhile" }, await _accounts.FindAsync(read.Id, default));

        Assert.NotNull(await _accounts.ChangeAsync(read.Id, one => one with { Nickname = "newer" }, "the operator's", default));
        Equal(read with { Nickname = "newer", PasswordHash = "the operator's" }, await _accounts.FindAsync(read.Id, default));
    }

    [Fact]
    public async Task An_unknown_account_cannot_be_changed()
    {
        var unknown = Samples.NewAccount();

        Assert.False(await _accounts.TryChangeAsync(unknown, default));
        Assert.Null(await _accounts.ChangeAsync(unknown.Id, one => one, "hash", default));
        Assert.DoesNotContain(new Change(ChangeKind.Account, unknown.Id), await ChangesAsync());
    }

    [Fact]
    public async Task Accounts_are_listed_by_id_with_their_phone_numbers()
    {
        var accounts = Enumerable.Range(0, 3)
            .Select(_ =>
                Samples.NewAccount() with { Id = long.MaxValue - Samples.NewId(), Phones = [NewPhone("7", true), NewPhone("7", false)] })
            .OrderBy(account => account.Id).ToArray();
        foreach (var account in accounts)
            Assert.True(await _accounts.TryAddAsync(account, default));

        var listed = await _accounts.ListAsync(accounts[0].Id, 2, default);

        Assert.Equal(2, listed.Count);
        Equal(accounts[1], listed[0]);
        Equal(accounts[2], listed[1]);
    }

    [Fact]
    public async Task A_change_is_announced()
    {
        var account = Samples.NewAccount();
        Assert.True(await _accounts.TryAddAsync(account, default));

        Assert.Contains(new Change(ChangeKind.Account, account.Id), await ChangesAsync());
    }

    private async Task<IReadOnlyList<Change>> ChangesAsync() =>
        [.. (await new SqlChangeFeed(engine.Database).SinceAsync(DateTimeOffset.UnixEpoch, default)).Select(recorded => recorded.Change)];

    private static PhoneNumber NewPhone(string callingCode, bool isBound) =>
        new(Samples.NewId(), callingCode, $"1{Samples.NewId():d10}", "CN", isBound, VerifiedAt: null);

    private static void Equal(Account expected, Account? actual)
    {
        Assert.NotNull(actual);
        Assert.Equal(expected.Phones, actual.Phones);
        Assert.Equal(expected.Profile, actual.Profile);
        Assert.Equal(expected with { Phones = [], Profile = s_none }, actual with { Phones = [], Profile = s_none });
    }
}
