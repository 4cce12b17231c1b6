using System.Net;
using System.Net.Http.Json;
using Yaopai.Server.Accounts;
using Yaopai.Server.Apps;
using Yaopai.Server.Consents;
using Yaopai.Server.Credentials;
using Yaopai.Server.Surfaces.HuaweiAccount;
using Yaopai.Tests.Http;
using E = Yaopai.Errors.HuaweiAccountErrors;

namespace Yaopai.Tests.Flows;

/// <summary>The whole walk: authorize, sign in, consent, code, tokens; and every way to stray from it.</summary>
public sealed class SignInTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private const string Everything = "openid profile email phone quickLoginMobilePhone";

    private readonly HuaweiCaller _demo = new(fixture.Server);

    [Fact]
    public async Task A_person_signs_in_and_agrees_and_the_app_gets_tokens()
    {
        using var browser = await BrowserAsync("mainland");
        var signIn = await browser.OpenAsync(
            Web.Authorize(("scope", "openid profile"), ("state", "s1"), ("nonce", "n1"), ("access_type", "offline")));
        Assert.Equal(200, signIn.Status);
        Assert.Contains("<strong>demo</strong>", signIn.Html);

        var consent = await browser.SubmitAndFollowAsync(signIn, ("login", "mainland"), ("password", "yaopai-demo"));
        Assert.Contains("Your nickname", consent.Html);
        Assert.Contains("小明", consent.Html);

        var done = await browser.SubmitAndFollowAsync(consent, ("verdict", "Allow"));
        Assert.Equal(302, done.Status);
        Assert.StartsWith("https://demo.example/callback?code=DgEB", done.Location);
        Assert.Equal("s1", done.Sent("state"));

        var tokens = await (await _demo.ExchangeAsync(done.Sent("code")!, ("redirect_uri", Web.Redirect))).ShouldSucceedAsync(E.Token.Ok);
        Assert.Equal("openid profile", tokens.GetProperty("scope").GetString());
        Assert.True(tokens.TryGetProperty("refresh_token", out _));
    }

    [Fact]
    public async Task What_was_allowed_is_not_asked_again_and_what_was_not_is_shown_as_new()
    {
        using var browser = await BrowserAsync("mainland");
        await browser.AgreeAsync(Web.Authorize(("scope", "openid profile")));

        Assert.NotNull((await browser.GetAsync(Web.Authorize(("scope", "profile openid")))).Sent("code"));
        var fewer = (await browser.GetAsync(Web.Authorize(("scope", "openid")))).Sent("code")!;
        Assert.Equal("openid",
            (await (await _demo.ExchangeAsync(fewer, ("redirect_uri", Web.Redirect))).JsonAsync()).GetProperty("scope").GetString());

        var more = await browser.OpenAsync(Web.Authorize(("scope", "openid email")));
        Assert.Contains("asks for more than you allowed before", more.Html);
        Assert.Single(more.Html.Split(">new<")[1..]);
        await browser.SubmitAndFollowAsync(more, ("verdict", "Allow"));

        Assert.NotNull((await browser.GetAsync(Web.Authorize(("scope", "openid profile email")))).Sent("code"));
    }

    [Fact]
    public async Task A_consent_that_was_withdrawn_is_asked_for_again()
    {
        using var browser = await BrowserAsync("mainland");
        await browser.AgreeAsync();
        await _demo.WithdrawAsync("mainland");

        Assert.True((await browser.OpenAsync(Web.Authorize())).Has("verdict"));
    }

    [Fact]
    public async Task A_person_who_refuses_is_not_asked_to_give_a_reason_and_nothing_is_remembered()
    {
        using var browser = await BrowserAsync("mainland");
        var refused = await browser.AgreeAsync(Web.Authorize(("state", "s1")), verdict: "Refuse");

        refused.Response.ShouldSay(Web.Redirect, E.Authorize.AccessDenied, "s1");
        Assert.True((await browser.OpenAsync(Web.Authorize(("state", "s1")))).Has("verdict"));
        Assert.Null(await fixture.Server.Get<IConsentStore>().FindAsync(900001, 100000001, default));
    }

    [Theory]
    [InlineData("none", null)]
    [InlineData("9000010", "11136000008")]
    [InlineData("9000019", "0085269876543")]
    [InlineData(null, "11136000008")] // the account's own is chosen unless another is
    public async Task The_person_chooses_the_number_that_the_app_gets(string? choice, string? expected)
    {
        await GiveMorePhonesAsync();
        using var browser = await BrowserAsync("mainland");
        var page = await browser.OpenAsync(Web.Authorize(("scope", "openid phone")));
        page = await browser.SubmitAndFollowAsync(page, ("login", "mainland"), ("password", "yaopai-demo"));
        var text = WebUtility.HtmlDecode(page.Html);
        Assert.Contains("+86 111******08", text);
        Assert.Contains("+852 698***43", text);
        Assert.DoesNotContain("11136000008", text);
        Assert.DoesNotContain("139******00", text); // never proved to be the person's

        var done = await browser.SubmitAndFollowAsync(
            page, [("verdict", "Allow"), .. choice is null ? Array.Empty<(string, string?)>() : [("phone", choice)]]);
        var access = (await (await _demo.ExchangeAsync(done.Sent("code")!, ("redirect_uri", Web.Redirect))).JsonAsync())
            .GetProperty("access_token").GetString()!;
        var info = await (await _demo.GetInfoAsync(access)).JsonAsync();
        Assert.Equal(expected, info.TryGetProperty("mobileNumber", out var number) ? number.GetString() : null);

        // Remembered with its choice.
        Assert.NotNull((await browser.GetAsync(Web.Authorize(("scope", "openid phone")))).Sent("code"));
    }

    [Theory]
    [InlineData("9000020")] // somebody else's
    [InlineData("9000018")] // never verified
    [InlineData("")]
    [InlineData("x")]
    public async Task A_number_that_was_not_offered_cannot_be_chosen(string choice)
    {
        await GiveMorePhonesAsync();
        using var browser = await BrowserAsync("mainland");
        var page = await browser.AgreeAsync(Web.Authorize(("scope", "openid phone")), more: ("phone", choice));

        Assert.Equal(400, page.Status);
        Assert.Contains("Choose the phone number to share", page.Html);
        Assert.Null(await fixture.Server.Get<IConsentStore>().FindAsync(900001, 100000001, default));
    }

    [Fact]
    public async Task Who_has_no_number_shares_none()
    {
        using var browser = await BrowserAsync("nophone");
        Assert.NotNull((await browser.AgreeAsync(Web.Authorize(("scope", "openid phone quickLoginMobilePhone")), "nophone")).Sent("code"));
    }

    [Fact]
    public async Task One_tap_makes_a_code_of_the_one_tap_button_and_is_asked_for_each_time()
    {
        using var browser = await BrowserAsync("mainland");
        var page = await browser.OpenAsync(Web.Authorize(("scope", "openid quickLoginMobilePhone")));
        page = await browser.SubmitAndFollowAsync(page, ("login", "mainland"), ("password", "yaopai-demo"));
        Assert.Contains("Sign in with 111******08", page.Html);
        var tapped = await browser.SubmitAndFollowAsync(page, ("verdict", "OneTap"));
        Assert.Equal(("quickLogin", "openid quickLoginMobilePhone"), await CodeOfAsync(tapped));

        var again = await browser.OpenAsync(Web.Authorize(("scope", "openid quickLoginMobilePhone")));
        var without = await browser.SubmitAndFollowAsync(again, ("verdict", "Allow"));
        Assert.Equal(("", "openid"), await CodeOfAsync(without));
    }

    [Theory]
    [InlineData("nophone", "openid quickLoginMobilePhone", "OneTap")]
    [InlineData("mainland", "openid", "OneTap")]
    [InlineData("mainland", "quickLoginMobilePhone", "Allow")] // without the tap there is nothing to allow
    [InlineData("nophone", "quickLoginMobilePhone", "Allow")]
    public async Task Nobody_presses_a_button_that_is_not_there(string user, string scope, string verdict)
    {
        using var browser = await BrowserAsync(user);
        var page = await browser.AgreeAsync(Web.Authorize(("scope", scope)), user, verdict);

        Assert.Equal(400, page.Status);
        Assert.DoesNotContain($"value=\"{verdict}\"", page.Html);
        Assert.Contains("Use one of the buttons on this page.", page.Html);
        Assert.DoesNotContain("Choose the phone number", page.Html);
    }

    [Theory]
    [InlineData("nophone", "quickLoginMobilePhone", true)]
    [InlineData("nophone", "openid quickLoginMobilePhone", false)]
    [InlineData("mainland", "quickLoginMobilePhone", false)]
    public async Task Who_can_only_refuse_is_told_why(string user, string scope, bool isTold)
    {
        using var browser = await BrowserAsync(user);
        var page = await browser.OpenAsync(Web.Authorize(("scope", scope)));
        page = await browser.SubmitAndFollowAsync(page, ("login", user), ("password", "yaopai-demo"));

        Assert.Equal(isTold, page.Html.Contains("your account has none", StringComparison.Ordinal));
        Assert.Equal(
            isTold, (await browser.GetAsync(page.Forms[0].Action + "&lang=zh-CN")).Html.Contains("您的账号没有绑定手机号", StringComparison.Ordinal));
    }

    [Fact]
    public async Task N14_who_has_no_number_is_offered_none_and_is_called_the_same_everywhere()
    {
        const string Offer = "The phone number of your account, to sign in with one tap";
        using var browser = await BrowserAsync("nophone");
        var page = await browser.OpenAsync(Web.Authorize(("scope", "openid profile quickLoginMobilePhone")));
        page = await browser.SubmitAndFollowAsync(page, ("login", "nophone"), ("password", "yaopai-demo"));
        Assert.True(page.Has("verdict"));
        Assert.DoesNotContain(Offer, page.Html);
        Assert.Contains("<strong>nophone</strong>", page.Html);
        Assert.Contains("<strong>nophone</strong>", (await browser.OpenAsync("/account")).Html);

        using var other = await BrowserAsync("mainland");
        page = await other.OpenAsync(Web.Authorize(("scope", "openid profile quickLoginMobilePhone")));
        page = await other.SubmitAndFollowAsync(page, ("login", "mainland"), ("password", "yaopai-demo"));
        Assert.Contains(Offer, page.Html);
    }

    [Fact]
    public async Task A_decision_works_once_in_its_own_sign_in_and_for_its_own_request()
    {
        using var browser = await BrowserAsync("mainland");
        var page = await browser.OpenAsync(Web.Authorize(("scope", Everything)));
        page = await browser.SubmitAndFollowAsync(page, ("login", "mainland"), ("password", "yaopai-demo"));
        var decided = (await browser.SubmitAsync(page, ("verdict", "OneTap"))).Location!;
        Assert.Contains("&decision=", decided);

        // Another request, another person, a changed decision: the page comes again.
        var decision = BrowserClient.View.Query(decided, "decision")!;
        Assert.StartsWith(
            "/consent?", (await browser.GetAsync(Web.Authorize(("scope", Everything), ("state", "x"), ("decision", decision)))).Location);
        Assert.StartsWith("/consent?", (await browser.GetAsync(decided[..^1] + (decided[^1] is 'A' ? 'B' : 'A'))).Location);
        Assert.StartsWith("/consent?", (await browser.GetAsync(decided + new string('A', 30_000))).Location);
        using var other = await BrowserAsync("hongkong");
        await other.AgreeAsync(Web.Authorize(("scope", Everything)), "hongkong", "OneTap");
        Assert.StartsWith("/consent?", (await other.GetAsync(decided)).Location);

        Assert.NotNull((await browser.GetAsync(decided)).Sent("code"));
        Assert.StartsWith("/consent?", (await browser.GetAsync(decided)).Location);
    }

    [Fact]
    public async Task A_decision_does_not_wait()
    {
        using var browser = await BrowserAsync("mainland");
        var page = await browser.OpenAsync(Web.Authorize());
        page = await browser.SubmitAndFollowAsync(page, ("login", "mainland"), ("password", "yaopai-demo"));
        var refused = (await browser.SubmitAsync(page, ("verdict", "Refuse"))).Location!;
        await AdvanceAsync("PT2M1S");
        var late = await browser.GetAsync(refused);
        await fixture.Server.Http.DeleteAsync("/sandbox/clock");

        Assert.StartsWith("/consent?", late.Location);
    }

    [Theory]
    [InlineData("/sign-in")]
    [InlineData("/consent")]
    public async Task A_page_that_nobody_sends_to_says_how_to_begin_again(string path)
    {
        using var browser = new BrowserClient(fixture.Server);
        var sealedRequest = BrowserClient.View.Query((await browser.GetAsync(Web.Authorize())).Location!, "request")!;
        string[] requests = ["", "?request=", "?request=x", $"?request={sealedRequest[..^1]}{(sealedRequest[^1] is 'A' ? 'B' : 'A')}",
            $"?request={sealedRequest}&request={sealedRequest}", "?request=https://evil.example"];
        foreach (var request in requests)
        {
            var page = await browser.GetAsync(path + request);
            Assert.Equal(400, page.Status);
            Assert.Contains("start again", page.Html);
            Assert.Equal(400, (await browser.PostAsync(path + request, ("login", "mainland"))).Status);
        }

        await AdvanceAsync("PT10M1S");
        Assert.Equal(400, (await browser.GetAsync($"{path}?request={sealedRequest}")).Status);
        await fixture.Server.Http.DeleteAsync("/sandbox/clock");
        await AdvanceAsync("-PT2M"); // sealed in what is now the future
        Assert.Equal(400, (await browser.GetAsync($"{path}?request={sealedRequest}")).Status);
        await fixture.Server.Http.DeleteAsync("/sandbox/clock");
    }

    [Fact]
    public async Task A_session_or_a_code_is_no_request_and_a_decision_is_none_either()
    {
        using var browser = await BrowserAsync("mainland");
        var code = (await browser.AgreeAsync()).Sent("code")!;
        var page = await browser.OpenAsync(Web.Authorize(("scope", "openid email")));
        var decision = BrowserClient.View.Query((await browser.SubmitAsync(page, ("verdict", "Refuse"))).Location!, "decision")!;
        foreach (var other in new[] { code, decision, browser.Cookies.Single(cookie => cookie.Name is "yaopai-session").Value })
            Assert.Equal(400, (await browser.GetAsync($"/sign-in?request={Uri.EscapeDataString(other)}")).Status);
    }

    [Fact]
    public async Task An_app_that_was_disabled_meanwhile_asks_nobody()
    {
        using var browser = new BrowserClient(fixture.Server);
        var page = (await browser.GetAsync(Web.Authorize())).Location!;
        var store = fixture.Server.Get<IAppStore>();
        var app = (await store.FindAsync(100000001, default))!;
        await store.TryChangeAsync(app with { DisabledAt = DateTimeOffset.UnixEpoch }, default);
        fixture.Server.Get<AppDirectory>().Clear();
        var asked = await browser.GetAsync(page);
        await store.TryChangeAsync(app, default);
        fixture.Server.Get<AppDirectory>().Clear();

        Assert.Equal(400, asked.Status);
    }

    [Fact]
    public async Task Who_is_signed_in_already_is_sent_on()
    {
        using var browser = await BrowserAsync("mainland");
        var page = (await browser.GetAsync(Web.Authorize())).Location!;
        await browser.AgreeAsync();

        var sent = await browser.GetAsync(page);
        Assert.Equal(303, sent.Status);
        Assert.StartsWith("/huawei/oauth2/v3/authorize?", sent.Location);
    }

    [Fact]
    public async Task Another_person_can_take_over_and_the_session_before_is_dead()
    {
        using var browser = await BrowserAsync("mainland", "hongkong");
        var page = await browser.OpenAsync(Web.Authorize());
        page = await browser.SubmitAndFollowAsync(page, ("login", "mainland"), ("password", "yaopai-demo"));
        var session = browser.Cookies.Single(cookie => cookie.Name is "yaopai-session").Value;

        var signOut = page.Forms.Single(form => form.Action.StartsWith("/sign-out", StringComparison.Ordinal));
        var again = await browser.OpenAsync((await browser.PostAsync(signOut.Action, [.. signOut.Preset])).Location!);
        Assert.True(again.Has("password"));
        page = await browser.SubmitAndFollowAsync(again, ("login", "hongkong"), ("password", "yaopai-demo"));
        Assert.Contains("阿明", page.Html);

        using var thief = new BrowserClient(fixture.Server);
        thief.Plant("yaopai-session", session);
        Assert.True((await thief.OpenAsync(Web.Authorize())).Has("password"));
    }

    [Fact]
    public async Task Signing_out_with_nowhere_to_go_says_that_it_is_done()
    {
        using var browser = await BrowserAsync("mainland");
        var page = await browser.OpenAsync(Web.Authorize());
        page = await browser.SubmitAndFollowAsync(page, ("login", "mainland"), ("password", "yaopai-demo"));
        var form = page.Forms.Single(form => form.Action.StartsWith("/sign-out", StringComparison.Ordinal));
        var gone = await browser.PostAsync("/sign-out", [.. form.Preset]);
        Assert.Equal((303, "/sign-out"), (gone.Status, gone.Location));

        var done = await browser.OpenAsync(gone.Location!);
        Assert.Equal(200, done.Status);
        Assert.Contains("You are signed out", done.Html);
        Assert.Contains("no-store", done.Header("Cache-Control"));
        Assert.Contains("您已退出登录", (await browser.GetAsync("/sign-out?lang=zh-CN")).Html);
        await browser.GetAsync("/sign-out?lang=en");
        Assert.True((await browser.OpenAsync(Web.Authorize())).Has("password"));
    }

    [Fact]
    public async Task Who_is_signed_in_is_not_told_otherwise_and_goes_on_in_the_language_that_was_asked_for()
    {
        using var browser = await BrowserAsync("mainland");
        var page = await browser.OpenAsync(Web.Authorize());
        page = await browser.SubmitAndFollowAsync(page, ("login", "mainland"), ("password", "yaopai-demo"));
        var signOut = page.Forms.Single(form => form.Action.StartsWith("/sign-out", StringComparison.Ordinal)).Action;

        Assert.Contains("Please reload the page", (await browser.PostAsync("/sign-out")).Html);
        Assert.Contains("我的账号", (await browser.OpenAsync("/sign-out?lang=zh-CN")).Html);
        Assert.Contains("Please reload the page", WebUtility.HtmlDecode((await browser.PostAsync(signOut + "&lang=en")).Html));
        Assert.Contains("<h1>Allow access</h1>", (await browser.OpenAsync(signOut + "&lang=en")).Html);
    }

    [Fact]
    public async Task The_pages_are_there_at_the_host_names_of_the_surface()
    {
        foreach (var path in new[] { "/sign-in", "/consent", "/errors", "/assets/yaopai.css" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { Host = "oauth-login.cloud.huawei.com" } };
            request.Headers.TryAddWithoutValidation("Accept", "text/html");
            var type = (await fixture.Server.Http.SendAsync(request)).Content.Headers.ContentType!.MediaType!;
            Assert.StartsWith("text/", type);
        }

        using var own = new HttpRequestMessage(HttpMethod.Get, "/oauth2/v3/authorize?" + Web.Query())
        {
            Headers = { Host = "oauth-login.cloud.huawei.com" },
        };
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = fixture.Server.Address };
        Assert.StartsWith("/sign-in?request=", (await http.SendAsync(own)).Headers.Location!.OriginalString);
    }

    /// <summary>A browser whose people have allowed nothing yet.</summary>
    private async Task<BrowserClient> BrowserAsync(params string[] people)
    {
        foreach (var person in people)
            await _demo.WithdrawAsync(person);
        return new BrowserClient(fixture.Server);
    }

    private async Task AdvanceAsync(string duration) =>
        await fixture.Server.Http.PostAsJsonAsync("/sandbox/clock", new { advance = duration });

    private async Task<(string Component, string Scopes)> CodeOfAsync(BrowserClient.View done)
    {
        var (_, code) = await fixture.Server.Get<CredentialReader>()
            .ReadAsync(fixture.Server.Get<HuaweiAccountProfile>().Credentials, done.Sent("code")!, default);
        return (code!.Terms!.Component, code.Scopes);
    }

    private async Task GiveMorePhonesAsync()
    {
        var store = fixture.Server.Get<IAccountStore>();
        var account = (await store.FindAsync(900001, default))!;
        await store.TryChangeAsync(account with
        {
            Phones =
            [
                account.BoundPhone!,
                new PhoneNumber(9000019, "852", "69876543", "HK", IsBound: false, DateTimeOffset.UnixEpoch),
                new PhoneNumber(9000018, "86", "13900000000", "CN", IsBound: false, VerifiedAt: null),
            ],
        }, default);
        fixture.Server.Get<AccountDirectory>().Clear();
    }
}
