using System.Net;
using Yaopai.Errors;
using Yaopai.Server.Sandbox;
using Yaopai.Tests.Http;
using Yaopai.Tests.Storage;

namespace Yaopai.Tests.Pages;

/// <summary>What somebody sees who opens the address of the server, or one that is none.</summary>
public sealed class StartPageTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private const string JavaAccept = "text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2"; // HttpURLConnection, whatever it is used for

    [Theory]
    [InlineData("en", "Yaopai is running", "Try a sign-in")]
    [InlineData("zh-CN", "腰牌已在运行", "试一次登录")]
    public async Task FC63_the_address_of_the_server_shows_what_runs_and_what_to_try(string language, string title, string signIn)
    {
        using var browser = new BrowserClient(fixture.Server, language);
        var page = await browser.GetAsync("/");

        Assert.Equal(200, page.Status);
        Assert.Contains($"<h1>{title}</h1>", page.Html);
        foreach (var slug in new[] { "huawei", "open", "identity", "welink" })
            Assert.Contains($"href=\"/errors/{slug}\"", page.Html);
        Assert.Contains(DemoData.Password, page.Html);
        Assert.All(DemoData.Users, user => Assert.Contains($">{user.Name}<", page.Html));
        Assert.Contains($"curl {fixture.Server.Address.OriginalString.TrimEnd('/')}/huawei/oauth2/v3/token", page.Html);
        foreach (var address in new[] { "requests", "coverage", "worlds", "faults/kinds" })
            Assert.Contains($"href=\"/sandbox/{address}\"", page.Html);
        Assert.Contains("href=\"/sandbox\"", page.Html);
        Assert.Contains(language is "en" ? ">docs/quickstart.md<" : ">docs/zh/quickstart.md<", page.Html);
        Assert.Contains("form-action 'self'", page.Header("Content-Security-Policy"));
        Assert.DoesNotContain("<script", page.Html);

        var way = WebUtility.HtmlDecode(page.Html.Split($"\">{signIn}</a>")[0].Split("href=\"")[^1]);
        Assert.True((await browser.OpenAsync(way)).Has("password"));
    }

    /// <summary>Each leads to a page, or to JSON that a browser shows.</summary>
    [Fact]
    public async Task What_the_page_says_of_the_sandbox_is_there()
    {
        using var browser = new BrowserClient(fixture.Server);
        var page = await browser.GetAsync("/");

        foreach (var way in page.Html.Split("href=\"/sandbox").Skip(1).Select(rest => rest.Split('"')[0]))
            Assert.Equal(200, (await browser.GetAsync($"/sandbox{way}")).Status);
    }

    [Fact]
    public async Task FC63_in_Production_it_is_plain_and_without_secrets()
    {
        var engine = new OnSqlite();
        await engine.InitializeAsync();
        await using (var server = await TestServer.StartAsync(engine, ("environment", "Production")))
        using (var browser = new BrowserClient(server))
        {
            var page = await browser.GetAsync("/");
            Assert.Equal(200, page.Status);
            Assert.Contains("href=\"/errors/huawei\"", page.Html);
            foreach (var said in new[] { DemoData.Password, "client_id", "client_secret", "sandbox", "mainland", "curl" })
                Assert.DoesNotContain(said, page.Html);

            var nothing = await browser.GetAsync("/nothing");
            Assert.Equal(404, nothing.Status);
            Assert.Contains("There is nothing at this address", nothing.Html);
            Assert.DoesNotContain("nearest", nothing.Html);
            Assert.Equal("", (await browser.AskAsync("/nothing")).Html);
        }

        await engine.DisposeAsync();
    }

    [Theory]
    [InlineData("/nothing")]
    [InlineData("/nothing/%3Cb%3E")]
    [InlineData("/huawei")]
    [InlineData("/huawei/oauth2/v3/nothing")]
    [InlineData("/identity/nothing")]
    [InlineData("/welink/nothing")]
    public async Task FC63_nothing_at_an_address_is_a_page_to_people_and_as_before_to_programs(string address)
    {
        using var browser = new BrowserClient(fixture.Server);
        var page = await browser.GetAsync(address);
        Assert.Equal(404, page.Status);
        Assert.Contains("<h1>There is nothing at this address</h1>", page.Html);
        Assert.Contains("href=\"/\"", page.Html);
        Assert.Contains("href=\"/errors\"", page.Html);
        Assert.DoesNotContain("<b>", page.Html);
        Assert.Contains("no-store", page.Header("Cache-Control"));

        foreach (var accept in new[] { "*/*", "application/json", JavaAccept })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            request.Headers.TryAddWithoutValidation("Accept", accept);
            using var answer = await fixture.Server.Http.SendAsync(request);
            Assert.EndsWith("json", answer.Content.Headers.ContentType!.MediaType);
        }
    }

    [Theory]
    [InlineData("/accounts", true)] // many addresses end so
    [InlineData("/sign-inn", true)]
    [InlineData("/nothing", false)]
    public async Task FC_14_the_page_names_an_address_only_where_it_looks_like_the_one_that_was_asked_for(string address, bool isNamed)
    {
        using var browser = new BrowserClient(fixture.Server);
        Assert.Equal(isNamed, (await browser.GetAsync(address)).Html.Contains("The nearest address is", StringComparison.Ordinal));
    }

    [Fact]
    public async Task FC63_where_a_surface_has_the_host_the_page_does_not_lead_to_a_start_page()
    {
        using var browser = new BrowserClient(fixture.Server);
        browser.Always("Host", "oauth-login.cloud.huawei.com");
        var page = await browser.GetAsync("/nothing");
        Assert.Equal(404, page.Status);
        Assert.DoesNotContain("href=\"/\"", page.Html);
        Assert.Contains("href=\"/errors\"", page.Html);
        await (await fixture.Server.Http.GetAsync("/huawei")).ShouldBeAsync(HuaweiAccountErrors.Token.NotFound);
    }

    [Theory]
    [InlineData("en", "Sign in again")]
    [InlineData("zh-CN", "重新登录")]
    public async Task FC63_whoever_signed_out_may_sign_in_again(string language, string again)
    {
        using var browser = new BrowserClient(fixture.Server, language);
        Assert.Contains($"href=\"/account\">{again}</a>", (await browser.GetAsync("/sign-out")).Html);
    }
}
