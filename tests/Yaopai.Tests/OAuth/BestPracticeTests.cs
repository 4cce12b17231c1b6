using Yaopai.Errors;
using Yaopai.Server.Sandbox;
using Yaopai.Tests.Http;

namespace Yaopai.Tests.OAuth;

/// <summary>What RFC 9700 asks of all surfaces and no test of one alone has: docs/security.md.</summary>
public sealed class BestPracticeTests(OwnApps apps) : IClassFixture<OwnApps>
{
    private const string Challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
    private const string Verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"; // RFC 7636, appendix B

    [Theory]
    [InlineData("/huawei/oauth2/v3/authorize")]
    [InlineData("/open/oauth/2.0/authorize")]
    [InlineData("/identity/oauth2/authorize")]
    [InlineData("/welink/sso/oauth2/authorize")]
    [InlineData("/sign-in")]
    [InlineData("/consent")]
    public async Task No_authorization_endpoint_lets_a_foreign_script_read_it(string path)
    {
        foreach (var method in new[] { HttpMethod.Options, HttpMethod.Get })
        {
            using var request = new HttpRequestMessage(method, path)
            {
                Headers = { { "Origin", "https://spa.example" }, { "Access-Control-Request-Method", "GET" } },
            };
            using var answer = await apps.Server.Http.SendAsync(request);

            Assert.DoesNotContain(answer.Headers, header => header.Key.StartsWith("Access-Control-", StringComparison.OrdinalIgnoreCase));
        }
    }

    [Fact]
    public async Task No_form_that_holds_a_password_is_sent_on_by_the_browser()
    {
        using var browser = new BrowserClient(apps.Server);
        var page = await browser.OpenAsync(Web.Authorize(("client_id", $"{apps.Demo.ClientId}")));
        Assert.Equal(303, (await browser.SubmitAsync(page, ("login", "mainland"), ("password", DemoData.Password))).Status);

        using var program = new BrowserClient(apps.Server);
        program.Always("Sec-Fetch-Site", "same-origin");
        var login = await program.AskAsync("/identity/oauth2/login", [
            .. new IdentityCaller(apps.Server, apps.Demo).AuthorizeQuery(), ("username", "mainland"), ("password", DemoData.Password)]);
        Assert.True(login.Status is 302 or 303, $"{login.Status}"); // which browsers follow with GET, and without the form
    }

    [Fact]
    public async Task A_public_app_of_Huawei_Account_refreshes_nothing()
    {
        var app = await apps.Server.NewAppAsync(app => app with { IsPublic = true, SecretHashes = [] });
        var caller = new HuaweiCaller(apps.Server, app);
        using var browser = new BrowserClient(apps.Server);
        var code = (await browser.AgreeAsync(Web.Authorize(
            ("client_id", caller.ClientId), ("redirect_uri", app.RedirectUri), ("access_type", "offline"),
            ("code_challenge", Challenge), ("code_challenge_method", "S256")))).Sent("code");
        var tokens = await (await caller.PostAsync("/oauth2/v3/token",
            ("grant_type", "authorization_code"), ("client_id", caller.ClientId), ("code", code), ("redirect_uri", app.RedirectUri),
            ("code_verifier", Verifier))).ShouldSucceedAsync(HuaweiAccountErrors.Token.Ok);
        var refresh = tokens.GetProperty("refresh_token").GetString();

        foreach (var secret in new[] { null, "", app.ClientSecret })
        {
            using var answer = await caller.PostAsync("/oauth2/v3/token",
                ("grant_type", "refresh_token"), ("client_id", caller.ClientId), ("client_secret", secret), ("refresh_token", refresh));
            Assert.Equal(400, (int)answer.StatusCode);
        }
    }

    [Fact]
    public async Task A_code_of_WeLink_that_comes_twice_takes_its_token_with_it()
    {
        var caller = new WeLinkCaller(apps.Server, apps.Demo);
        var code = await caller.CodeAsync();
        var json = await (await caller.ExchangeAsync(code)).ShouldServeWeLinkAsync(WeLinkErrors.OAuth.Ok);
        caller.Token = json.GetProperty("access_token").GetString()!;
        await (await caller.GetAsync("/api/auth/v1/userid")).ShouldServeWeLinkAsync(WeLinkErrors.Gateway.Ok);

        await (await caller.ExchangeAsync(code)).ShouldBeAsync(WeLinkErrors.OAuth.CodeInvalid);

        await (await caller.GetAsync("/api/auth/v1/userid")).ShouldBeAsync(WeLinkErrors.Gateway.AccessTokenInvalid);
    }
}
