using System.Net;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Identity;
using Yaopai.Server.Accounts;
using Yaopai.Server.Sandbox;
using Yaopai.Server.Stores;
using Yaopai.Tests.Http;
using Yaopai.Tests.Storage;

namespace Yaopai.Tests.Accounts;

public sealed class SignInTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private static readonly IPAddress s_peer = IPAddress.Parse("198.51.100.7");

    public static TheoryData<string, string?> Logins { get; } = new()
    {
        { "hongkong",            "hongkong" },
        { " HONGKONG ",          "hongkong" },
        { "+85261234567",        "hongkong" },
        { "0085261234567",       "hongkong" },
        { "61234567",            null },          // bare, it would be a mainland number
        { "+8611136000008",      "mainland" },
        { "111 3600 0008",       "mainland" },
        { "+79871234560",        "russia" },
        { "nobody",              null },
        { "",                    null },
        { "+8613900000000",      null },
    };

    [Theory, MemberData(nameof(Logins))]
    public async Task A_person_signs_in_by_name_or_by_bound_number(string login, string? name)
    {
        var (outcome, account) = await TryAsync(fixture.Server, login);

        Assert.Equal(name, account?.Name);
        Assert.Equal(name is null ? SignInOutcome.Refused : SignInOutcome.SignedIn, outcome);
    }

    [Fact]
    public async Task A_name_that_looks_like_a_number_does_not_keep_its_owner_out()
    {
        var accounts = fixture.Server.Get<IAccountStore>();
        await accounts.TryAddAsync(
            Samples.NewAccount() with { Name = "11136000008", PasswordHash = Passwords.Hash("another one") }, default);

        Assert.Equal("mainland", (await TryAsync(fixture.Server, "11136000008")).Account?.Name);
    }

    [Theory]
    [InlineData("locked")]
    [InlineData("recycled")]
    public async Task Only_who_knows_the_password_is_told_that_an_account_is_disabled(string name)
    {
        Assert.Equal(SignInOutcome.Refused, (await TryAsync(fixture.Server, name, "wrong password")).Outcome);

        var (outcome, account) = await TryAsync(fixture.Server, name);
        Assert.Equal(SignInOutcome.Disabled, outcome);
        Assert.Null(account);
    }

    [Theory]
    [InlineData("nophone")]
    [InlineData("who is this")]
    public async Task After_five_failures_not_even_the_right_password_helps_whether_the_login_exists_or_not(string login)
    {
        await using var server = await TestServer.StartAsync(fixture.Engine);
        for (var i = 0; i < 5; i++)
            Assert.Equal(
                SignInOutcome.Refused, (await TryAsync(server, i % 2 == 0 ? login : login.ToUpperInvariant(), "wrong password")).Outcome);

        Assert.Equal(SignInOutcome.LockedOut, (await TryAsync(server, login, "wrong password")).Outcome);
        Assert.Equal(SignInOutcome.LockedOut, (await TryAsync(fixture.Server, login)).Outcome); // on every node

        await server.Http.PostAsJsonAsync("/sandbox/clock", new { advance = "PT15M1S" });
        Assert.NotEqual(SignInOutcome.LockedOut, (await TryAsync(server, login)).Outcome);
        await fixture.Server.Get<ISignInStore>().UnlockAsync(SignInTraces.OfAccount(900004), default);
    }

    [Fact]
    public async Task Of_many_tries_at_once_no_more_than_five_learn_anything()
    {
        var accounts = fixture.Server.Get<IAccountStore>();
        var account = Samples.NewAccount() with { PasswordHash = QuickHash("the right one") };
        await accounts.TryAddAsync(account, default);

        var outcomes = await Task.WhenAll(
            Enumerable.Range(0, 40).Select(_ => Task.Run(() => TryAsync(fixture.Server, account.Name, "wrong password"))));

        Assert.Equal(5, outcomes.Count(one => one.Outcome is SignInOutcome.Refused));
        Assert.Equal(35, outcomes.Count(one => one.Outcome is SignInOutcome.LockedOut));
    }

    [Fact]
    public async Task A_login_that_is_nobodys_waits_its_turn_to_be_hashed_like_any_other_and_not_for_ever()
    {
        await using var server = await TestServer.StartAsync(fixture.Engine, ("SignIn:MaxHashing", "1"));
        using var mayEnd = new ManualResetEventSlim();
        var started = new TaskCompletionSource();
        var busy = Task.Run(() => server.Get<PasswordHashing>().InTurnAsync(
            () =>
            {
                started.SetResult();
                mayEnd.Wait();
                return "done";
            }, default));
        await started.Task;

        var outcomes = await Task.WhenAll(TryAsync(server, "hongkong"), TryAsync(server, "nobody at all"));
        mayEnd.Set();
        await busy;

        Assert.All(outcomes, one => Assert.Equal(SignInOutcome.LockedOut, one.Outcome));
        Assert.Equal(SignInOutcome.SignedIn, (await TryAsync(server, "hongkong")).Outcome); // and nothing was counted
    }

    [Fact]
    public async Task A_success_clears_the_count()
    {
        for (var round = 0; round < 3; round++)
        {
            for (var i = 0; i < 4; i++)
                Assert.Equal(SignInOutcome.Refused, (await TryAsync(fixture.Server, "unverified", "wrong password")).Outcome);
            Assert.Equal(SignInOutcome.SignedIn, (await TryAsync(fixture.Server, "unverified")).Outcome);
        }
    }

    [Fact]
    public async Task An_old_hash_is_made_anew_at_the_next_sign_in()
    {
        var accounts = fixture.Server.Get<IAccountStore>();
        var account = Samples.NewAccount() with { PasswordHash = QuickHash("the right one") };
        await accounts.TryAddAsync(account, default);

        await TryAsync(fixture.Server, account.Name, "wrong password");
        Assert.Equal(account.PasswordHash, (await accounts.FindAsync(account.Id, default))!.PasswordHash);

        var signedIn = (await TryAsync(fixture.Server, account.Name, "the right one")).Account!;
        var stored = (await accounts.FindAsync(account.Id, default))!;
        Assert.Equal(PasswordVerificationResult.Success, Passwords.Verify(stored.PasswordHash, "the right one"));
        Assert.Equal(stored.PasswordHash, signedIn.PasswordHash);
    }

    [Fact]
    public async Task What_is_recorded_tells_nobody_where_a_person_was()
    {
        await TryAsync(fixture.Server, "russia", peer: "203.0.113.9", device: "browser-1");
        await TryAsync(fixture.Server, "russia", peer: "::ffff:203.0.113.77", device: "browser-1");
        await TryAsync(fixture.Server, "russia", peer: "203.0.114.9");

        var history = await fixture.Server.Get<ISignInStore>().HistoryAsync(900003, DateTimeOffset.UnixEpoch, default);
        var (other, near, first) = (history.Successes[0], history.Successes[1], history.Successes[2]);
        Assert.Equal(first.Network, near.Network);
        Assert.NotEqual(first.Network, other.Network);
        Assert.NotEqual(first.Address, near.Address);
        Assert.Equal(first.Device, near.Device);
        Assert.Null(other.Device);
        Assert.All([first.Address, first.Network, first.Device!], trace => Assert.Equal(16, trace.Length));
    }

    [Fact]
    public async Task A_record_that_fails_is_no_sign_in()
    {
        await fixture.Engine.ExecuteAsync("ALTER TABLE sign_in RENAME TO gone");
        await Assert.ThrowsAsync<StorageException>(() => TryAsync(fixture.Server, "hongkong"));
        await Assert.ThrowsAsync<StorageException>(() => TryAsync(fixture.Server, "hongkong", "wrong password"));
        await fixture.Engine.ExecuteAsync("ALTER TABLE gone RENAME TO sign_in");

        Assert.Equal(SignInOutcome.SignedIn, (await TryAsync(fixture.Server, "hongkong")).Outcome);
    }

    [Fact]
    public async Task An_address_that_fails_with_many_logins_is_locked_out_and_others_are_not()
    {
        await using var server = await TestServer.StartAsync(fixture.Engine, ("SignIn:FailuresPerAddress", "7"));
        for (var i = 0; i < 7; i++)
            Assert.Equal(SignInOutcome.Refused, (await TryAsync(server, $"nobody-{i}", peer: $"2001:db8::{i}")).Outcome);

        Assert.Equal(SignInOutcome.LockedOut, (await TryAsync(server, "hongkong", peer: "2001:db8::99")).Outcome); // the same /64
        Assert.Equal(SignInOutcome.SignedIn, (await TryAsync(server, "hongkong")).Outcome);

        await server.Http.PostAsJsonAsync("/sandbox/clock", new { advance = "PT15M" });
        Assert.Equal(SignInOutcome.SignedIn, (await TryAsync(server, "hongkong", peer: "2001:db8::99")).Outcome);
    }

    private static Task<(SignInOutcome Outcome, Account? Account)> TryAsync(
        TestServer server, string login, string password = DemoData.Password, string? peer = null, string device = "") =>
        server.Get<SignIn>().TryAsync(new SignInAttempt(login, password, peer is null ? s_peer : IPAddress.Parse(peer), device), default);

    internal static string QuickHash(string password) => new PasswordHasher<object>(
        Microsoft.Extensions.Options.Options.Create(
            new PasswordHasherOptions { IterationCount = 1_000 })).HashPassword(new object(), password);
}
