using System.Net;
using Yaopai.Server.Accounts;
using Yaopai.Tests.Http;
using Yaopai.Tests.Storage;

namespace Yaopai.Tests.Accounts;

/// <summary>Who tries logins learns nothing of which exist, and gains nothing by trying several of one account.</summary>
public sealed class SignInSecrecyTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private const string Right = "the right one";

    private static int s_last;

    private readonly SignIn _signIn = fixture.Server.Get<SignIn>();
    private readonly IAccountStore _accounts = fixture.Server.Get<IAccountStore>();

    public static TheoryData<string> Tried { get; } =
    [
        "n n n n n n n", "+n +n +n +n +n +n +n", "n n n n n +n n", "+n +n +n +n +n n +n", "n +n n +n n +n n", "n 00n n-n n n +n +n",
    ];

    [Theory, MemberData(nameof(Tried))]
    public async Task Tries_end_alike_whether_a_login_is_nobodys_a_name_or_a_number(string tries)
    {
        var nobody = await EndsAsync(tries, _ => null);

        Assert.Equal([.. Enumerable.Repeat(SignInOutcome.Refused, 5), SignInOutcome.LockedOut, SignInOutcome.LockedOut], nobody);
        Assert.Equal(nobody, await EndsAsync(tries, national => Samples.NewAccount() with { Name = national }));
        Assert.Equal(nobody, await EndsAsync(tries, national => Bound(national, "CN")));
        Assert.Equal(nobody, await EndsAsync(tries, national => Bound(national, "HK"))); // whose bare number is nobody's
        Assert.Equal(
            nobody, await EndsAsync(tries, national => Bound(national, "HK"), national => Samples.NewAccount() with { Name = national }));
    }

    [Fact]
    public async Task An_account_is_protected_by_whichever_of_its_logins_it_is_tried()
    {
        var national = NewNational();
        var account = await AddAsync(Bound(national, "CN"));
        for (var i = 0; i < 5; i++)
            Assert.Equal(SignInOutcome.Refused, await TryAsync(i % 2 == 0 ? account.Name : $"+86{national}"));

        Assert.Equal(SignInOutcome.LockedOut, await TryAsync(account.Name, Right));
        Assert.Equal(SignInOutcome.LockedOut, await TryAsync($"+86{national}", Right));
    }

    [Fact]
    public async Task Who_signs_in_by_a_name_like_a_number_gives_nobody_more_tries_at_the_account_of_that_number()
    {
        var national = NewNational();
        await AddAsync(Bound(national, "HK"));
        await AddAsync(Samples.NewAccount() with { Name = national });
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(SignInOutcome.Refused, await TryAsync($"+86{national}"));
            if (i < 4)
                Assert.Equal(SignInOutcome.SignedIn, await TryAsync(national, Right));
        }

        Assert.Equal(SignInOutcome.LockedOut, await TryAsync($"+86{national}", Right));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_lockout_that_is_ended_is_ended_for_all_logins_of_the_account(bool byPassword)
    {
        var national = NewNational();
        var account = await AddAsync(Bound(national, "CN"));
        foreach (var login in new[] { account.Name, national })
        {
            for (var i = 0; i < 6; i++)
                await TryAsync(login);

            await (byPassword
                ? fixture.Server.Get<PasswordChange>().SetAsync(account.Id, one => one, Right, default)
                : _signIn.UnlockAsync(account.Id, default));

            Assert.Equal(SignInOutcome.SignedIn, await TryAsync(login, Right));
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Tries_of_who_is_locked_out_count_for_the_address(bool isThere)
    {
        await using var server = await TestServer.StartAsync(fixture.Engine, ("SignIn:FailuresPerAddress", "8"));
        var login = isThere ? (await AddAsync(Samples.NewAccount())).Name : "nobody of this test";
        for (var i = 0; i < 8; i++)
            await TryAsync(login, server: server);

        Assert.Equal(SignInOutcome.LockedOut, await TryAsync("somebody else", server: server));
        Assert.Equal(SignInOutcome.Refused, await TryAsync("somebody else", server: server, peer: "203.0.113.2"));
    }

    private static string NewNational() => $"199{Interlocked.Increment(ref s_last):00000000}";

    private static Account Bound(string national, string region) => Samples.NewAccount() with
    {
        Region = region,
        Phones = [new PhoneNumber(Samples.NewId(), "86", national, "CN", IsBound: true, Samples.Noon)],
    };

    private async Task<List<SignInOutcome>> EndsAsync(string tries, params Func<string, Account?>[] people)
    {
        var national = NewNational();
        foreach (var person in people)
        {
            if (person(national) is { } account)
                await AddAsync(account);
        }

        var outcomes = new List<SignInOutcome>();
        foreach (var typed in tries.Split(' '))
        {
            outcomes.Add(await TryAsync(typed switch
            {
                "+n" => $"+86{national}",
                "00n" => $"0086{national}",
                "n-n" => $"{national[..3]} {national[3..]}",
                _ => national,
            }));
        }

        return outcomes;
    }

    private async Task<Account> AddAsync(Account account)
    {
        var stored = account with { PasswordHash = SignInTests.QuickHash(Right) };
        Assert.True(await _accounts.TryAddAsync(stored, default));
        return stored;
    }

    private async Task<SignInOutcome> TryAsync(
        string login, string password = "wrong password", TestServer? server = null, string peer = "203.0.113.1")
    {
        fixture.Server.Get<AddressFailures>().Clear(); // they are another matter
        return (await (server?.Get<SignIn>() ?? _signIn)
            .TryAsync(new SignInAttempt(login, password, IPAddress.Parse(peer), ""), default)).Outcome;
    }
}
