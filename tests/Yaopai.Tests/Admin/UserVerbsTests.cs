using System.Text.Json;
using Microsoft.AspNetCore.Identity;
using Yaopai.Server.Accounts;
using Yaopai.Server.Storage.Sql.Accounts;
using Yaopai.Server.Storage.Sql.Credentials;

namespace Yaopai.Tests.Admin;

public sealed class OnSqliteUserVerbsTests(SqliteDesk desk) : UserVerbsTests(desk), IClassFixture<SqliteDesk>;

public sealed class OnPostgresUserVerbsTests(PostgresDesk desk) : UserVerbsTests(desk), IClassFixture<PostgresDesk>;

public abstract class UserVerbsTests(Desk desk)
{
    private readonly Operator _operator = desk.Operator;

    [Fact]
    public async Task A_new_user_is_stored_as_described()
    {
        var number = NewNumber();
        var created = await _operator.NewUserAsync(
            "--password", "correct horse", "--nickname", "小明", "--avatar", "https://a.example/me.png", "--mail", "ming@a.example",
                "--mail-verified",
            "--phone", number, "--phone", "+852 6123 4567");

        var account = await StoredAsync(created);
        Assert.Equal(PasswordVerificationResult.Success, Passwords.Verify(account.PasswordHash, "correct horse"));
        Assert.Equal(("CN", "小明", "https://a.example/me.png", "ming@a.example", true),
            (account.Region, account.Nickname, account.AvatarUrl, account.Email, account.EmailVerified));
        Assert.Equal([("86", number, "CN", true), ("852", "61234567", "HK", false)],
            account.Phones.Select(phone => (phone.CallingCode, phone.National, phone.Region, phone.IsBound)));
    }

    [Fact]
    public async Task A_password_that_was_chosen_is_never_shown()
    {
        var name = $"name-{Guid.NewGuid():n}";
        var created = await _operator.RunAsync("user", "create", "--name", name, "--region", "CN", "--password", "correct horse");
        var refused = await _operator.RunAsync("user", "change", name, "--password", "short");

        Assert.Equal((0, 2), (created.ExitCode, refused.ExitCode));
        Assert.DoesNotContain("horse", created.Output + created.Error, StringComparison.Ordinal);
        Assert.StartsWith("2-09-007: A password must have 8 to 128 characters.\n", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_password_that_was_made_up_is_shown_once()
    {
        var created = await _operator.NewUserAsync();
        var password = created.GetProperty("password").GetString()!;
        var shown = await _operator.RunAsync("user", "show", Operator.Id(created), "--json");

        Assert.Equal(PasswordVerificationResult.Success, Passwords.Verify((await StoredAsync(created)).PasswordHash, password));
        Assert.DoesNotContain("password", shown.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Changes_of_one_user_at_once_all_hold()
    {
        var created = await _operator.NewUserAsync();
        for (var i = 0; i < 10; i++)
        {
            var (nickname, mail, state) = ($"nickname {i}", $"mail{i}@a.example", i % 2 == 0 ? "disable" : "enable");
            await Task.WhenAll(
                _operator.AskAsync("user", "change", Operator.Id(created), "--nickname", nickname),
                _operator.AskAsync("user", "change", Operator.Id(created), "--mail", mail, "--password", $"horse battery {i}"),
                _operator.AskAsync("user", state, Operator.Id(created)));
            var stored = await StoredAsync(created);
            Assert.Equal((nickname, mail, i % 2 == 0), (stored.Nickname, stored.Email, stored.DisabledAt is not null));
        }
    }

    [Fact]
    public async Task A_password_can_be_typed()
    {
        var created = await _operator.NewUserAsync();
        var changed = await _operator.RunTypingAsync("correct horse\n", "user", "change", Operator.Id(created), "--password-stdin");

        Assert.Equal(0, changed.ExitCode);
        Assert.Equal(PasswordVerificationResult.Success, Passwords.Verify((await StoredAsync(created)).PasswordHash, "correct horse"));
    }

    [Theory]
    [InlineData(true, "change", "--password", "correct horse")]
    [InlineData(true, "disable")]
    [InlineData(true, "recycle")]
    [InlineData(false, "change", "--nickname", "Other")]
    [InlineData(false, "enable")]
    public async Task A_new_password_and_a_lock_revoke_everything_and_nothing_else_does(bool revokes, string verb, params string[] options)
    {
        var created = await _operator.NewUserAsync();
        var id = long.Parse(Operator.Id(created));

        await _operator.AskAsync(["user", verb, $"{id}", .. options]);

        var revocations = await new SqlRevocationStore(desk.Engine.Database).TouchingAsync(appId: 1, id, Guid.NewGuid(), default);
        Assert.Equal(revokes ? [(0L, id, Guid.Empty)] : [], revocations.Select(revocation => (revocation.AppId, revocation.AccountId,
            revocation.GrantId)));
    }

    [Fact]
    public async Task A_user_who_was_recycled_is_restored_by_name()
    {
        var name = (await _operator.NewUserAsync()).GetProperty("name").GetString()!;

        var recycled = await _operator.AskAsync("user", "recycle", name);
        var enabled = await _operator.AskAsync("user", "enable", name);
        var restored = await _operator.AskAsync("user", "restore", name);

        string[] states = [.. new[] { recycled, enabled, restored }.Select(user => user.GetProperty("state").GetString()!)];
        Assert.Equal(["recycled", "recycled", "enabled"], states);
    }

    [Theory]
    [InlineData("unlock")]
    [InlineData("change", "--password", "correct horse")]
    public async Task Who_was_locked_out_is_let_in_again(string verb, params string[] options)
    {
        var number = NewNumber();
        var created = await _operator.NewUserAsync("--phone", number);
        var settings = Microsoft.Extensions.Options.Options.Create(new Yaopai.Server.Accounts.SignInOptions());
        var store = new SqlSignInStore(desk.Engine.Database, settings);
        using var keys = await desk.KeysAsync();
        var traces = new SignInTraces(keys);
        byte[][] subjects =
        [
            SignInTraces.OfAccount(long.Parse(Operator.Id(created))),
            traces.OfLogin(Login.Read(created.GetProperty("name").GetString()!)),
            traces.OfLogin(Login.Read(number)),
        ];
        var now = DateTimeOffset.UtcNow;
        for (var i = 0; i < 5; i++)
            await store.FailAsync(subjects, now, record: null, default);
        foreach (var subject in subjects)
            Assert.NotNull(await store.LockedUntilAsync([subject], now, default));

        var shown = await _operator.AskAsync(["user", verb, Operator.Id(created), .. options]);

        Assert.Equal(Operator.Id(created), Operator.Id(shown));
        Assert.Null(await store.LockedUntilAsync(subjects, now, default));
    }

    [Fact]
    public async Task A_user_is_found_by_name_in_any_case()
    {
        var created = await _operator.NewUserAsync();

        var shown = await _operator.AskAsync("user", "show", created.GetProperty("name").GetString()!.ToUpperInvariant());

        Assert.Equal(Operator.Id(created), Operator.Id(shown));
    }

    [Fact]
    public async Task A_name_and_a_bound_number_belong_to_one_user()
    {
        var number = NewNumber();
        var first = await _operator.NewUserAsync("--phone", number);
        var name = first.GetProperty("name").GetString()!;

        var sameName = await _operator.RunAsync("user", "create", "--name", name, "--region", "CN");
        var sameNumber = await _operator.RunAsync("user", "create", "--name", $"name-{Guid.NewGuid():n}", "--region", "CN", "--phone",
            $"+86{number}");

        Assert.Equal((1, 1), (sameName.ExitCode, sameNumber.ExitCode));
        Assert.Contains($"belongs to user {Operator.Id(first)}", sameName.Error, StringComparison.Ordinal);
        Assert.Contains($"The number +86 {number} is bound to another user", sameNumber.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FC39_a_number_in_full_width_is_the_same_number()
    {
        var number = NewNumber();
        var first = await _operator.NewUserAsync("--phone", FullWidth.Of($"+86{number}"));

        foreach (var spelling in new[] { $"+86{number}", FullWidth.Of(number), FullWidth.Of($"0086-{number}") })
        {
            var second = await _operator.RunAsync(
                "user", "create", "--name", $"name-{Guid.NewGuid():n}", "--region", "CN", "--phone", spelling);
            Assert.Contains($"The number +86 {number} is bound to another user", second.Error, StringComparison.Ordinal);
        }

        Assert.Equal(number, Assert.Single((await StoredAsync(first)).Phones).National);
    }

    [Fact]
    public async Task When_the_bound_number_is_taken_away_the_next_is_bound()
    {
        var (bound, next) = (NewNumber(), NewNumber());
        var created = await _operator.NewUserAsync("--phone", bound, "--phone", next);
        var before = await StoredAsync(created);

        await _operator.AskAsync("user", "change", Operator.Id(created), "--remove-phone", bound);
        var absent = await _operator.RunAsync("user", "change", Operator.Id(created), "--remove-phone", bound);

        var phone = Assert.Single((await StoredAsync(created)).Phones);
        Assert.Equal((before.Phones[1].Id, next, true), (phone.Id, phone.National, phone.IsBound));
        Assert.Equal(1, absent.ExitCode);
    }

    [Fact]
    public async Task A_new_mail_address_is_not_verified_and_an_empty_text_takes_a_value_away()
    {
        var created = await _operator.NewUserAsync("--mail", "a@a.example", "--mail-verified", "--nickname", "A");

        var changed = await _operator.AskAsync("user", "change", Operator.Id(created), "--mail", "b@a.example", "--nickname", "");

        Assert.False(changed.GetProperty("mail_verified").GetBoolean());
        Assert.Equal(JsonValueKind.Null, changed.GetProperty("nickname").ValueKind);
    }

    [Fact]
    public async Task What_a_person_tells_of_themselves_is_told_field_by_field()
    {
        var created = await _operator.NewUserAsync("--profile", "job=teacher", "--profile", "birthday=1990-05-01");

        await _operator.AskAsync("user", "change", Operator.Id(created), "--profile", "job=", "--profile", "sex=1=2");
        var unknown = await _operator.RunAsync("user", "change", Operator.Id(created), "--profile", "shoe=42");
        var noDate = await _operator.RunAsync("user", "change", Operator.Id(created), "--profile", "birthday=May");

        Assert.Equal(
            ["birthday=1990-05-01", "sex=1=2"], (await StoredAsync(created)).Profile.Select(field => $"{field.Key}={field.Value}").Order());
        Assert.Equal((2, 2), (unknown.ExitCode, noDate.ExitCode));
    }

    [Fact]
    public async Task Friends_are_given_listed_and_taken_away()
    {
        var (one, other) = (Operator.Id(await _operator.NewUserAsync()), Operator.Id(await _operator.NewUserAsync()));

        Assert.True((await _operator.AskAsync("user", "friend", "add", one, other)).GetProperty("changed").GetBoolean());
        var listed = await _operator.AskAsync("user", "friend", "list", one);
        Assert.Equal(long.Parse(other), Assert.Single(listed.EnumerateArray()).GetProperty("id").GetInt64());
        Assert.True((await _operator.AskAsync("user", "friend", "remove", one, other)).GetProperty("changed").GetBoolean());
        Assert.False((await _operator.AskAsync("user", "friend", "remove", one, other)).GetProperty("changed").GetBoolean());
        Assert.Equal(2, (await _operator.RunAsync("user", "friend", "add", one, one)).ExitCode);
    }

    private async Task<Account> StoredAsync(JsonElement user) =>
        (await new SqlAccountStore(desk.Engine.Database).FindAsync(long.Parse(Operator.Id(user)), default))!;

    // The tests of one class share a database, and a bound number belongs to one user.
    private static string NewNumber() => $"111{Yaopai.Tests.Storage.Samples.NewId():00000000}";
}
