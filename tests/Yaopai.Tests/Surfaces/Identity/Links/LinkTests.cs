using Yaopai.Tests.Http;
using E = Yaopai.Errors.IdentityErrors.Common;

namespace Yaopai.Tests.Surfaces.Identity.Links;

public sealed class LinkTests(OwnApps fixture) : IClassFixture<OwnApps>
{
    private readonly IdentityCaller _demo = new(fixture.Server, fixture.Demo);

    [Fact]
    public async Task A_short_link_leads_to_its_address_and_tells_nobody_where_it_was_found()
    {
        var link = await ShortenAsync(_demo, "https://demo.example/page?a=b&c=%E4%B8%80");
        Assert.StartsWith(fixture.Server.Address + "identity/s/", link);

        using var browser = new BrowserClient(fixture.Server);
        var page = await browser.GetAsync(new Uri(link).AbsolutePath);

        Assert.Equal((302, "https://demo.example/page?a=b&c=%E4%B8%80"), (page.Status, page.Location));
        Assert.Equal("no-referrer", page.Header("Referrer-Policy"));
        Assert.Contains("no-store", page.Header("Cache-Control"));
    }

    [Fact]
    public async Task A_caller_that_names_no_host_gets_the_address_that_it_called()
    {
        var form = $"access_token={await _demo.AppTokenAsync()}&url=https%3A%2F%2Fdemo.example%2Fpage";
        using var connection = await RawConnection.OpenAsync(fixture.Server.Address);
        await connection.SendAsync(
            "POST /identity/url/shorten HTTP/1.0\r\nContent-Type: application/x-www-form-urlencoded\r\n"
            + $"Content-Length: {form.Length}\r\n\r\n{form}");

        Assert.Contains($"\"short_url\":\"{fixture.Server.Address}identity/s/", await connection.ReadToEndAsync());
    }

    [Theory]
    [InlineData("")]
    [InlineData("aaaaaaaaaaaa")]
    [InlineData("a/b")]
    public async Task A_code_that_was_never_given_out_leads_nowhere(string code) =>
        await (await fixture.Server.Http.GetAsync("/identity/s/" + code)).ShouldBeAsync(E.UrlMalformed);

    [Fact]
    public async Task A_link_expires_by_the_clock_of_its_app()
    {
        var app = await fixture.Server.NewAppAsync();
        var caller = new IdentityCaller(fixture.Server, app);
        var path = new Uri(await ShortenAsync(caller, "https://demo.example/page")).AbsolutePath;
        await caller.AdvanceAsync("P30D");
        await (await fixture.Server.Http.GetAsync(path)).ShouldBeAsync(E.UrlMalformed);
    }

    [Fact]
    public async Task A_link_leads_nowhere_once_its_app_has_another_address()
    {
        var app = await fixture.Server.NewAppAsync();
        var path = new Uri(await ShortenAsync(new IdentityCaller(fixture.Server, app), "https://demo.example/page")).AbsolutePath;
        await fixture.Server.ChangeAsync(app, one => one with { RedirectUris = ["https://elsewhere.example/callback"] });
        await (await fixture.Server.Http.GetAsync(path)).ShouldBeAsync(E.UrlMalformed);
    }

    [Fact]
    public async Task A_browser_that_follows_a_dead_link_sees_a_page()
    {
        using var browser = new BrowserClient(fixture.Server);
        var page = await browser.GetAsync("/identity/s/aaaaaaaaaaaa");
        Assert.Equal(400, page.Status);
        Assert.Contains(">40008</a>", page.Html);
    }

    [Fact]
    public async Task A_link_is_followed_with_get() =>
        await (await _demo.PostAsync("/s/aaaaaaaaaaaa")).ShouldBeAsync(E.GetRequired);

    [Fact]
    public async Task Each_address_in_a_text_is_checked()
    {
        var json = await (await _demo.PostJsonAsync("/url/check", new
        {
            access_token = await _demo.AppTokenAsync(),
            content = "看这里：https://demo.example/a，或 <http://evil.example/b>; HTTPS://DEMO.EXAMPLE/c 和 https://demo.example/a",
        })).ShouldServeAsync();

        Assert.Equal(
            [("https://demo.example/a", true), ("http://evil.example/b", false), ("HTTPS://DEMO.EXAMPLE/c", true)],
            json.GetProperty("urls").EnumerateArray()
                .Select(url => (url.GetProperty("url").GetString(), url.GetProperty("registered").GetBoolean())));
    }

    [Fact]
    public async Task An_address_is_told_to_be_the_apps_or_not()
    {
        var token = await _demo.AppTokenAsync();
        foreach (var (url, expected) in new[] { ("https://demo.example/x", true), ("https://demo.example.evil.example/x", false) })
        {
            var json = await (await _demo.PostAsync("/url/check", ("access_token", token), ("url", url))).ShouldServeAsync();
            Assert.Equal(expected, json.GetProperty("urls")[0].GetProperty("registered").GetBoolean());
        }
    }

    private static async Task<string> ShortenAsync(IdentityCaller caller, string url) => (await (await caller.PostAsync(
        "/url/shorten", ("access_token", await caller.AppTokenAsync()), ("url", url))).ShouldServeAsync())
        .GetProperty("short_url").GetString()!;
}
