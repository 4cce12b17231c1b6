using Yaopai.Errors;
using Yaopai.Server.Accounts;
using Yaopai.Server.Sandbox;
using Yaopai.Tests.Http;
using Yaopai.Tests.Storage;

namespace Yaopai.Tests.Accounts;

public sealed class PasswordChangeTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private const string Chosen = "correct horse";

    private readonly HuaweiCaller _demo = new(fixture.Server);

    [Fact]
    public async Task A_new_password_ends_everything_that_was_signed_in_to_with_the_old_one()
    {
        var (tokens, code) = (await _demo.SignInAsync("hongkong"), await _demo.CodeAsync("hongkong"));

        Assert.Equal(PasswordChangeOutcome.Changed, await ChangeAsync("hongkong", DemoData.Password, Chosen));

        await (await _demo.GetTokenInfoAsync(tokens.Access)).ShouldBeAsync(HuaweiAccountErrors.GetTokenInfo.TokenRevoked);
        await (await _demo.RefreshAsync(tokens.Refresh)).ShouldBeAsync(HuaweiAccountErrors.Token.RefreshTokenRevoked);
        await (await _demo.ExchangeAsync(code)).ShouldBeAsync(HuaweiAccountErrors.Token.CodeRevoked);
        Assert.Equal(SignInOutcome.Refused, await SignInAsync("hongkong", DemoData.Password));
        Assert.Equal(SignInOutcome.SignedIn, await SignInAsync("hongkong", Chosen));
    }

    [Fact]
    public async Task The_old_password_is_asked_for_with_the_same_lockout_as_at_the_door()
    {
        for (var i = 0; i < 5; i++)
            Assert.Equal(PasswordChangeOutcome.Refused, await ChangeAsync("russia", "wrong password", Chosen));

        Assert.Equal(PasswordChangeOutcome.LockedOut, await ChangeAsync("russia", DemoData.Password, Chosen));
        Assert.Equal(SignInOutcome.LockedOut, await SignInAsync("russia", DemoData.Password));

        // Nobody came to the door: a person who mistypes on a page does not look like one who is attacked.
        Assert.Equal(0, (await fixture.Server.Get<ISignInStore>().HistoryAsync(900003, DateTimeOffset.UnixEpoch, default)).Failures);
    }

    [Theory]
    [InlineData("short")]
    [InlineData("")]
    public async Task A_new_password_that_will_not_do_is_refused_before_anything_is_looked_at(string chosen)
    {
        Assert.Equal(PasswordChangeOutcome.Unacceptable, await ChangeAsync("mainland", "wrong password", chosen));
        Assert.Equal(SignInOutcome.SignedIn, await SignInAsync("mainland", DemoData.Password));
    }

    [Theory]
    [InlineData(DemoData.Password, nameof(PasswordChangeOutcome.Same))]
    [InlineData("password1", nameof(PasswordChangeOutcome.Guessable))]
    [InlineData("mainland1", nameof(PasswordChangeOutcome.Guessable))]
    [InlineData("11136000008", nameof(PasswordChangeOutcome.Guessable))]
    public async Task L6_a_common_password_a_login_and_the_old_password_are_refused(string chosen, string expected)
    {
        Assert.Equal(expected, (await ChangeAsync("mainland", DemoData.Password, chosen)).ToString());
        Assert.Equal(SignInOutcome.SignedIn, await SignInAsync("mainland", DemoData.Password));
    }

    [Fact]
    public async Task L6_who_does_not_know_the_old_password_learns_nothing_of_a_new_one() =>
        Assert.Equal(PasswordChangeOutcome.Refused, await ChangeAsync("hongkong", "wrong password", "hongkong1"));

    /// <summary>The first sign-in of a demo account hashes its password again, as today's passwords are.</summary>
    [Fact]
    public async Task A_password_that_was_hashed_again_a_moment_ago_can_be_changed()
    {
        var accounts = fixture.Server.Get<IAccountStore>();
        var account = Samples.NewAccount() with { PasswordHash = Passwords.Hash(DemoData.Password) };
        await accounts.TryAddAsync(account, default);
        await fixture.Server.Get<AccountDirectory>().FindAsync(account.Id, default); // remembered, with the first hash
        await accounts.TryRehashAsync(account.Id, account.PasswordHash, Passwords.Hash(DemoData.Password), default);

        Assert.Equal(PasswordChangeOutcome.Changed,
            await fixture.Server.Get<PasswordChange>().ChangeAsync(account.Id, DemoData.Password, Chosen, default));
    }

    [Fact]
    public async Task Of_two_changes_at_once_one_wins()
    {
        var accounts = fixture.Server.Get<IAccountStore>();
        var account = Samples.NewAccount() with { PasswordHash = Passwords.Hash("the old one") };
        await accounts.TryAddAsync(account, default);

        var outcomes = await Task.WhenAll(
            ChangeAsync(account.Name, "the old one", "the first one"), ChangeAsync(account.Name, "the old one", "the second one"));

        Assert.Equal([PasswordChangeOutcome.Changed, PasswordChangeOutcome.Refused], outcomes.Order());
    }

    private async Task<PasswordChangeOutcome> ChangeAsync(string name, string old, string chosen)
    {
        var account = (await fixture.Server.Get<IAccountStore>().FindByNameAsync(name, default))!;
        return await fixture.Server.Get<PasswordChange>().ChangeAsync(account.Id, old, chosen, default);
    }

    private async Task<SignInOutcome> SignInAsync(string name, string password) =>
        (await fixture.Server.Get<SignIn>().TryAsync(
            new SignInAttempt(name, password, System.Net.IPAddress.Loopback, ""), default)).Outcome;
}
