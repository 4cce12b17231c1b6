using System.Net;
using System.Text.Json;
using Yaopai.Errors;

namespace Yaopai.Tests.Pages.ErrorReference;

public sealed class ErrorListPageTests(PagesServer server) : IClassFixture<PagesServer>
{
    [Theory]
    [InlineData("zh")]
    [InlineData("en")]
    public async Task The_list_names_every_error_and_links_to_its_page(string language)
    {
        var page = WebUtility.HtmlDecode(await server.Client.GetStringAsync($"/errors?lang={language}"));
        Assert.DoesNotContain(ErrorCatalogue.All, error =>
            !page.Contains($"href=\"{ErrorCatalogue.PageOf(error)}\"") ||
            !page.Contains(error.Name) ||
            !page.Contains(ListedText.Of(language is "zh" ? error.Zh : error.En).Headline));
    }

    public static TheoryData<string, Func<ErrorDefinition, bool>> Narrowed { get; } = new()
    {
        { "/errors",                                     _ => true },
        { "/errors?q=%20",                               _ => true },
        { "/errors/huawei",                              error => error.Surface is "HuaweiAccount" },
        { "/errors?surface=huawei",                      error => error.Surface is "HuaweiAccount" },
        { "/errors/huawei?operation=Token",              error => error is { Surface: "HuaweiAccount", Operation: "Token" } },
        { "/errors?operation=oauth",                     error => error.Operation is "OAuth" },
        { "/errors?operation=Nobody",                    _ => false },
        { "/errors/welink?q=1101-20155",                 _ => false },
        { "/errors?q=1101-20155",                        error => error.Number is "1101/20155" },
        { "/errors?q=1101/20155",                        error => error.Number is "1101/20155" },
        { "/errors?q=HuaweiAccount.Token.codeexpired",   error => error is { Operation: "Token", Name: "CodeExpired" } },
        { "/errors?q=分钟有效",                          error => error.Zh.Contains("分钟有效") || error.RemedyZh.Contains("分钟有效") },
        { "/errors?q=20155%20HuaweiAccount",             error => error.Number is "1101/20155" },
        { "/errors?q=WeLink%2020155",                    _ => false },
        { "/errors?q=zzzz",                              _ => false },
    };

    [Theory, MemberData(nameof(Narrowed))]
    public async Task A_list_can_be_narrowed(string address, Func<ErrorDefinition, bool> isFound)
    {
        var expected = ErrorCatalogue.All.Where(isFound).Select(error => $"{error.Operation}.{error.Name} {error.Number}").ToList();
        using var answer = await server.GetAsync(address, ("Accept", "application/json"));
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStreamAsync());

        Assert.Equal(expected, json.RootElement.GetProperty("errors").EnumerateArray()
            .Select(error => $"{error.GetProperty("operation")}.{error.GetProperty("name")} {error.GetProperty("number")}"));
        Assert.Equal(expected.Count, json.RootElement.GetProperty("count").GetInt32());
    }

    [Fact]
    public async Task A_page_that_found_nothing_says_so() =>
        Assert.Contains("No error matches.", await server.Client.GetStringAsync("/errors?q=zzzz"));

    [Theory]
    [InlineData("/errors?q=")]
    [InlineData("/errors/nowhere?lang=zh&q=")]
    [InlineData("/errors/huawei?operation=")]
    [InlineData("/errors/huawei/")]
    [InlineData("/errors?surface=")]
    public async Task Whatever_is_asked_for_is_shown_as_text(string address)
    {
        using var answer = await server.GetAsync(address + Uri.EscapeDataString("\"><script>alert(1)</script>'"));
        var page = await answer.Content.ReadAsStringAsync();
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("\"\">", page);
    }

    [Fact]
    public async Task A_search_comes_back_in_its_box()
    {
        var page = await server.Client.GetStringAsync("/errors?q=%3Cscript%3E%22");
        Assert.Contains("value=\"&lt;script&gt;&quot;\"", page);
    }

    [Fact]
    public async Task A_search_of_200_characters_is_answered_and_a_longer_one_refused()
    {
        using var longest = await server.GetAsync("/errors?q=" + new string('x', 200));
        using var longer = await server.GetAsync("/errors?q=" + new string('x', 201));
        using var json = await server.GetAsync("/errors/huawei.json?q=" + new string('x', 201));

        Assert.Equal(HttpStatusCode.OK, longest.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, longer.StatusCode);
        Assert.Contains("Your search has 201 characters; the maximum is 200.", await longer.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.BadRequest, json.StatusCode);
        Assert.Equal("application/problem+json", json.Content.Headers.ContentType?.MediaType);
    }

    [Theory]
    [InlineData("/errors/HUAWEI?q=code", "/errors/huawei?q=code")]
    [InlineData("/errors/HuaweiAccount", "/errors/huawei")]
    [InlineData("/errors/HuaweiAccount.json", "/errors/huawei.json")]
    public async Task A_surface_has_one_address(string asked, string expected)
    {
        using var answer = await server.GetAsync(asked);
        Assert.Equal(HttpStatusCode.MovedPermanently, answer.StatusCode);
        Assert.Equal(expected, $"{answer.Headers.Location}");
    }

    [Theory]
    [InlineData("/errors")]
    [InlineData("/errors/huawei")]
    [InlineData("/errors/huawei/20155")]
    public async Task What_the_reader_holds_is_not_sent_again(string address)
    {
        using var first = await server.GetAsync(address, ("Accept-Language", "zh"));
        var tag = $"{first.Headers.ETag}";

        using var again = await server.GetAsync(address, ("Accept-Language", "zh"), ("If-None-Match", tag));
        using var inEnglish = await server.GetAsync(address, ("Accept-Language", "en"), ("If-None-Match", tag));
        using var asJson = await server.GetAsync(address, ("Accept", "application/json"), ("If-None-Match", tag));

        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
        Assert.Equal(HttpStatusCode.OK, inEnglish.StatusCode);
        Assert.Equal(HttpStatusCode.OK, asJson.StatusCode);
    }

    [Theory]
    [InlineData("/errors")]
    [InlineData("/errors/nowhere")]
    [InlineData("/errors/huawei/20155")]
    [InlineData("/errors/huawei/99999")]
    [InlineData("/errors.json")]
    public async Task A_browser_is_told_to_run_nothing(string address)
    {
        using var answer = await server.GetAsync(address);
        Assert.Equal(
            "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
            answer.Headers.GetValues("Content-Security-Policy").Single());
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("no-referrer", answer.Headers.GetValues("Referrer-Policy").Single());
        Assert.DoesNotMatch("(?i)<script|<style| style=| on[a-z]+=\"|javascript:", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task HEAD_tells_what_GET_would_send()
    {
        using var get = await server.GetAsync("/errors/huawei");
        using var head = await server.Client.SendAsync(new HttpRequestMessage(HttpMethod.Head, "/errors/huawei"));
        Assert.Equal(get.Content.Headers.ContentLength, head.Content.Headers.ContentLength);
        Assert.Empty(await head.Content.ReadAsByteArrayAsync());
    }
}
