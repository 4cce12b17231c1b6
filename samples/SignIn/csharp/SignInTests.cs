using Yaopai.Testing;

namespace SignIn;

// xunit runs classes beside each other, and the tests of one class one after another.
public sealed class CodeTests(Platform platform) : InItsOwnWorld(platform)
{
    [Fact]
    public async Task Signs_a_person_in_and_shows_their_name()
    {
        var session = await Account.SignInAsync(await CodeAsync());

        Assert.Equal("小明", await Account.NameAsync(session));
    }

    [Fact]
    public async Task Refuses_a_code_that_was_used()
    {
        var code = await CodeAsync();
        await Account.SignInAsync(code);

        var refused = await Assert.ThrowsAsync<SignInException>(() => Account.SignInAsync(code));

        Assert.Equal(("1101/20156", true), (refused.Number, refused.MustSignInAgain));
        var coverage = await World.CoverageAsync(new YaopaiCoverageQuery { Operation = "huawei.token" });
        Assert.Equal(1, coverage.Operations[0].Errors.Single(error => error.Name == "CodeUsed").Count);
    }
}

public sealed class ExpiryTests(Platform platform) : InItsOwnWorld(platform)
{
    [Fact]
    public async Task Asks_to_sign_in_again_when_the_code_expired()
    {
        var code = await CodeAsync();
        await World.Clock.AdvanceAsync(TimeSpan.FromMinutes(6));

        var refused = await Assert.ThrowsAsync<SignInException>(() => Account.SignInAsync(code));

        Assert.Equal(("1101/20155", true), (refused.Number, refused.MustSignInAgain));
    }

    [Fact]
    public async Task Refreshes_a_token_that_expired()
    {
        var session = await Account.SignInAsync(await CodeAsync());
        var first = session.AccessToken;
        await World.Clock.AdvanceAsync(TimeSpan.FromMinutes(61));

        Assert.Equal("小明", await Account.NameAsync(session));
        Assert.NotEqual(first, session.AccessToken);
    }
}

public sealed class RefusalTests(Platform platform) : InItsOwnWorld(platform)
{
    [Fact]
    public async Task Asks_to_sign_in_again_when_the_person_withdrew()
    {
        var session = await Account.SignInAsync(await CodeAsync());
        await World.WithdrawAsync(World.User("mainland"));

        var refused = await Assert.ThrowsAsync<SignInException>(() => Account.NameAsync(session));

        Assert.Equal(("1203/31204", true), (refused.Number, refused.MustSignInAgain));
    }

    [Fact]
    public async Task Names_a_wrong_secret()
    {
        var wrong = new HuaweiAccount(Http, World.App.ClientId, new string('0', 64));
        var code = await CodeAsync();

        var refused = await Assert.ThrowsAsync<SignInException>(() => wrong.SignInAsync(code));

        Assert.Equal(("1203/12304", false), (refused.Number, refused.MustSignInAgain));
        var request = await World.ExplainAsync(refused.RequestId!);
        Assert.Equal("ClientSecretIncorrect", request.Refusal!.Error);
        Assert.NotEmpty(request.Refusal.Reason!.Text);
    }
}

public sealed class RedirectTests(Platform platform) : InItsOwnWorld(platform)
{
    [Fact]
    public async Task Names_a_redirect_URI_that_is_not_registered()
    {
        using var answer = await Http.GetAsync(Account.AuthorizePath("https://demo.example/callbac", "s1"));

        var request = await World.ExplainAsync(answer);
        Assert.Equal("https://demo.example/callback", request.Refusal!.Reason!.Nearest);
    }
}

public sealed class FaultTests(Platform platform) : InItsOwnWorld(platform)
{
    [Fact]
    public async Task Tries_again_when_the_platform_is_busy()
    {
        await World.Faults.AddErrorAsync("huawei.token", "http/503", times: 1);

        var session = await Account.SignInAsync(await CodeAsync());

        Assert.Equal("小明", await Account.NameAsync(session));
    }

    [Fact]
    public async Task Refuses_an_answer_without_a_token()
    {
        await World.Faults.AddAsync(new YaopaiFault { Target = "huawei.token", Fault = "missing-access-token" });

        var refused = await Assert.ThrowsAsync<SignInException>(async () => await Account.SignInAsync(await CodeAsync()));

        Assert.Equal("no access_token", refused.Number);
    }

    [Fact]
    public async Task Asks_to_sign_in_again_when_the_answer_was_lost()
    {
        await World.Faults.AddAsync(new YaopaiFault { Target = "huawei.token", Fault = "lost-answer", Times = 1 });
        var code = await CodeAsync();

        var lost = await Assert.ThrowsAsync<SignInException>(() => Account.SignInAsync(code));
        var again = await Assert.ThrowsAsync<SignInException>(() => Account.SignInAsync(code));

        Assert.Equal(("no answer", true), (lost.Number, lost.MustSignInAgain));
        Assert.Equal("1101/20156", again.Number); // it was carried out
    }
}
