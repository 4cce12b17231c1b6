using System.Text.RegularExpressions;
using Yaopai.Errors;
using Yaopai.Server.Consents;
using Yaopai.Server.Consents.Scans;
using Yaopai.Server.Gateway;
using Yaopai.Server.Sandbox;
using Yaopai.Tests.Http;
using A = Yaopai.Errors.WeLinkErrors.Auth;
using G = Yaopai.Errors.WeLinkErrors.Gateway;
using O = Yaopai.Errors.WeLinkErrors.OAuth;

namespace Yaopai.Tests.Surfaces.WeLink.Auth;

/// <summary>A browser that shows a QR code, and the phone on which somebody allows it.</summary>
public sealed partial class QrSignInTests(OwnApps apps) : IClassFixture<OwnApps>
{
    public static TheoryData<string> Paths { get; } = ["/sso/oauth2/sns_authorize", "/connect/oauth2/sns_authorize"];

    [Theory, MemberData(nameof(Paths))]
    public async Task Whoever_allows_it_on_their_phone_is_signed_in_at_the_browser_that_shows_the_code(string path)
    {
        using BrowserClient browser = new(apps.Server), phone = new(apps.Server);
        var shown = await OpenAsync(browser, Address(path));
        Assert.Equal("waiting", await StateAsync(browser, shown.Page));
        Assert.Contains(UserCode.Shown(shown.Visit.OnPhone!.UserCode), shown.Page.Html);

        var asked = await OnPhoneAsync(phone, shown.Visit);
        Assert.Contains(UserCode.Shown(shown.Visit.OnPhone.UserCode), asked.Html);
        Assert.Equal("waiting", await StateAsync(browser, shown.Page));
        await phone.SubmitAndFollowAsync(asked, ("verdict", "Allow"));

        Assert.Equal("scanned", await StateAsync(browser, shown.Page));
        var view = await browser.OpenAsync(shown.Page.Address);
        Assert.StartsWith("https://demo.example/callback?", view.Location);
        Assert.Equal("s 1+", view.Sent("state"));
        var caller = new WeLinkCaller(apps.Server, apps.Demo);
        caller.Token = (await (await caller.ExchangeAsync(view.Sent("code")!)).ShouldServeWeLinkAsync(O.Ok))
            .GetProperty("access_token").GetString()!;
        var json = await (await caller.GetAsync("/api/auth/v1/userid")).ShouldServeWeLinkAsync();
        Assert.Equal("mainland@welink", json.GetProperty("userId").GetString());
        Assert.DoesNotContain(browser.Cookies, cookie => cookie.Name is "session");

        Assert.Equal("over", await StateAsync(browser, shown.Page));
        Assert.NotEqual(shown.Visit.QrText, (await OpenAsync(browser, shown.Visit.ReturnTo)).Visit.QrText); // what was taken is over
    }

    [Fact]
    public async Task A_refusal_on_the_phone_is_told_to_the_app()
    {
        using BrowserClient browser = new(apps.Server), phone = new(apps.Server);
        var shown = await OpenAsync(browser, Address());

        await phone.SubmitAndFollowAsync(await OnPhoneAsync(phone, shown.Visit), ("verdict", "Refuse"));

        ShouldTell(await browser.OpenAsync(shown.Page.Address), G.AccessForbidden);
    }

    [Theory]
    [InlineData("nophone", "Auth.UserInfoUnavailable"), InlineData("russia", "Gateway.AccessUnauthorized")]
    public async Task Whoever_is_no_member_with_the_app_is_told_apart(string user, string expected)
    {
        using BrowserClient browser = new(apps.Server), phone = new(apps.Server);
        var shown = await OpenAsync(browser, Address());

        await phone.SubmitAndFollowAsync(await OnPhoneAsync(phone, shown.Visit, user), ("verdict", "Allow"));

        ShouldTell(await browser.OpenAsync(shown.Page.Address), WeLinkCaller.Named(expected));
    }

    [Fact]
    public async Task Of_ten_requests_at_once_one_gets_the_code()
    {
        using BrowserClient browser = new(apps.Server), phone = new(apps.Server);
        var shown = await OpenAsync(browser, Address());
        await phone.SubmitAndFollowAsync(await OnPhoneAsync(phone, shown.Visit), ("verdict", "Allow"));

        var views = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => browser.GetAsync(shown.Visit.ReturnTo)));

        Assert.Single(views, view => view.Location!.StartsWith("https://demo.example/", StringComparison.Ordinal)
            && view.Sent("code") is not null && view.Sent("message") is null);
        foreach (var late in views.Where(view => view.Sent("message") is not null))
            ShouldTell(late, A.UserInfoUnavailable);
    }

    [Theory]
    [InlineData("qr", "nonsense"), InlineData("scope", "backendlogin"), InlineData("client_id", null)]
    public async Task What_was_allowed_is_good_for_that_app_and_that_scope_alone(string parameter, string? value)
    {
        using BrowserClient browser = new(apps.Server), phone = new(apps.Server);
        var shown = await OpenAsync(browser, Address());
        await phone.SubmitAndFollowAsync(await OnPhoneAsync(phone, shown.Visit), ("verdict", "Allow"));

        var secret = BrowserClient.View.Query(shown.Visit.ReturnTo, "qr")!;
        var view = await browser.GetAsync(Address(
            "/sso/oauth2/sns_authorize",
            [("qr", secret), (parameter, value ?? $"{(await apps.Server.NewAppAsync()).ClientId}")]));

        Assert.StartsWith(parameter is "scope" ? "/sign-in?" : "/scan?", view.Location);
    }

    [Fact]
    public async Task Whoever_is_signed_in_needs_no_code()
    {
        using var browser = new BrowserClient(apps.Server);
        await browser.AgreeAsync(Address("/sso/oauth2/authorize", [("scope", "backendlogin")]));

        Assert.NotNull((await browser.GetAsync(Address())).Sent("code"));
    }

    [Theory]
    [InlineData("BBBB-BBBB"), InlineData("x")]
    public async Task A_code_for_which_nothing_waits_is_said_so_on_the_phone(string userCode)
    {
        using var phone = new BrowserClient(apps.Server);
        var view = await phone.OpenAsync($"/device?user_code={userCode}");

        Assert.Equal(400, view.Status);
        Assert.Contains("Scan the code on your device again", view.Html);
    }

    [Fact]
    public async Task A_code_that_somebody_else_opened_is_not_the_next_ones()
    {
        using BrowserClient browser = new(apps.Server), phone = new(apps.Server), other = new(apps.Server);
        var shown = await OpenAsync(browser, Address());
        await OnPhoneAsync(phone, shown.Visit);

        Assert.Equal(400, (await OnPhoneAsync(other, shown.Visit, "hongkong")).Status);
    }

    private sealed record Shown(BrowserClient.View View, string Address)
    {
        public string Html => View.Html;
    }

    private async Task<(Shown Page, ScanVisit Visit)> OpenAsync(BrowserClient browser, string address)
    {
        var page = (await browser.GetAsync(address)).Location!;
        Assert.StartsWith(PagePaths.Scan + "?", page);
        var visit = await apps.Server.Get<Tickets>().UnsealAsync<ScanVisit>(BrowserClient.View.Query(page, "request")!, default);
        return (new Shown(await browser.GetAsync(page), page), visit!);
    }

    /// <summary>Follows the QR code, and signs in.</summary>
    private async Task<BrowserClient.View> OnPhoneAsync(BrowserClient phone, ScanVisit visit, string user = "mainland")
    {
        Assert.StartsWith(apps.Server.Address.ToString(), visit.QrText);
        var view = await phone.OpenAsync(new Uri(visit.QrText).PathAndQuery);
        return await phone.SubmitAndFollowAsync(view, ("login", user), ("password", DemoData.Password));
    }

    private static async Task<string> StateAsync(BrowserClient browser, Shown page) => StateText().Match(
        (await browser.GetAsync(page.Address.Replace("/scan?", "/scan/state?", StringComparison.Ordinal))).Html).Groups[1].Value;

    private static void ShouldTell(BrowserClient.View view, ErrorDefinition expected)
    {
        Assert.StartsWith("https://demo.example/callback?", view.Location);
        Assert.Equal((expected.Code, WeLinkCaller.TextOf(expected), "s 1+"), (view.Sent("code"), view.Sent("message"), view.Sent("state")));
        Provoked.Record(expected, view.Response, "");
    }

    private string Address(string path = "/sso/oauth2/sns_authorize", params (string Name, string Value)[] changes)
    {
        (string Name, string Value)[] usual =
        [
            ("client_id", $"{apps.Demo.ClientId}"), ("redirect_uri", apps.Demo.RedirectUri), ("response_type", "code"),
            ("scope", "snsapi_login"), ("state", "s 1+"),
        ];
        return WeLinkCaller.Root + path + "?" + string.Join('&', usual.Concat(changes).GroupBy(one => one.Name)
            .Select(one => $"{one.Key}={Uri.EscapeDataString(one.Last().Value)}"));
    }

    [GeneratedRegex("\"state\":\"([a-z]+)\"")]
    private static partial Regex StateText();
}
