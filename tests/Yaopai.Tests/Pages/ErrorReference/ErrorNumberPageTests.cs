using System.Net;
using System.Text.Json;
using Yaopai.Errors;

namespace Yaopai.Tests.Pages.ErrorReference;

public sealed class ErrorNumberPageTests(PagesServer server) : IClassFixture<PagesServer>
{
    [Theory]
    [InlineData("zh")]
    [InlineData("en")]
    public async Task Every_error_has_a_page_that_says_all_of_it(string language)
    {
        foreach (var same in ErrorCatalogue.All.GroupBy(error => ErrorCatalogue.PageOf(error)!))
        {
            using var answer = await server.GetAsync(same.Key, ("Accept-Language", language));
            var page = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Empty(from error in same
                         from text in Said(error.Zh, error.En, error.RemedyZh, error.RemedyEn).Concat(
                         [
                             error.Operation, error.Name, error.Channel, error.Number,
                             $"<dd class=\"code\">{(error.Http is 0 ? "—" : error.Http)}</dd>",
                         ])
                         where !page.Contains(text)
                         select $"{error}: {text}");
        }
    }

    [Fact]
    public async Task N13_what_is_listed_is_a_list_below_its_headline()
    {
        var page = WebUtility.HtmlDecode(await server.Client.GetStringAsync("/errors/huawei/6?lang=zh"));

        Assert.Contains("<h2>会话失效，session timeout。</h2>", page);
        Assert.Contains("<li>access_token无效或已过期</li>", page);
        Assert.DoesNotContain(" ; ", page);
    }

    [Fact]
    public async Task Every_error_is_in_the_JSON_of_its_page_with_every_field()
    {
        foreach (var same in ErrorCatalogue.All.GroupBy(error => ErrorCatalogue.PageOf(error)!))
        {
            using var json = JsonDocument.Parse(await server.Client.GetStringAsync(same.Key + ".json"));
            Assert.Equal(same.Select(Fields), json.RootElement.GetProperty("errors").EnumerateArray().Select(error => error.GetRawText()));
        }
    }

    [Theory]
    [InlineData("/errors/huawei/1101/20155", "/errors/huawei/20155")]
    [InlineData("/errors/huawei/1101-20155", "/errors/huawei/20155")]
    [InlineData("/errors/huawei/1101%2F20155?lang=en", "/errors/huawei/20155?lang=en")]
    [InlineData("/errors/huawei/1101/20155.json", "/errors/huawei/20155.json")]
    [InlineData("/errors/HUAWEI/20155", "/errors/huawei/20155")]
    [InlineData("/errors/identity/api_sys_reqsign", "/errors/identity/API_SYS_REQSIGN")]
    [InlineData("/errors/huawei/1101/12304", "/errors/huawei/1101-12304")]
    [InlineData("/errors/operator/103005", "/errors/operator/1-03-005")]
    [InlineData("/errors/huawei/http/503", "/errors/huawei/http-503")]
    public async Task However_a_code_is_written_it_leads_to_one_address(string asked, string expected)
    {
        using var answer = await server.GetAsync(asked);
        Assert.Equal(HttpStatusCode.MovedPermanently, answer.StatusCode);
        Assert.Equal(expected, $"{answer.Headers.Location}");

        using var there = await server.GetAsync(expected);
        Assert.Equal(HttpStatusCode.OK, there.StatusCode);
    }

    [Fact]
    public async Task A_main_code_narrows_a_code_down_to_what_it_means_there()
    {
        var narrowed = await server.Client.GetStringAsync("/errors/huawei/1101-12304");
        var whole = await server.Client.GetStringAsync("/errors/huawei/12304");

        Assert.DoesNotContain("1203/12304", narrowed);
        Assert.Contains("href=\"/errors/huawei/12304\"", narrowed);
        Assert.Contains("1101/12304", whole);
        Assert.Contains("1203/12304", whole);
    }

    [Fact]
    public async Task What_many_operations_say_word_for_word_is_told_once()
    {
        var page = await server.Client.GetStringAsync("/errors/huawei/404");

        var same = HuaweiAccountErrors.Token.NotFound;
        var places = ErrorCatalogue.Find("huawei", "404")
            .Count(error => (error.Channel, error.Zh, error.RemedyZh, error.Beyond) == (same.Channel, same.Zh, same.RemedyZh, same.Beyond));
        Assert.True(places > 5);
        Assert.Contains(page.Split("<article"), meaning => meaning.Split("?operation=").Length == places + 1);
    }

    [Fact]
    public async Task A_page_leads_to_the_operation_and_to_the_errors_beside_it()
    {
        var page = await server.Client.GetStringAsync("/errors/huawei/20155");
        Assert.Contains("href=\"/errors/huawei?operation=Token\"", page);
        Assert.Contains("href=\"/errors/huawei/20154\"", page);
        Assert.Contains("href=\"/errors/huawei/20156\"", page);
    }

    private static string Fields(ErrorDefinition error) => JsonSerializer.Serialize(
        new
        {
            surface = error.Surface,
            operation = error.Operation,
            name = error.Name,
            channel = error.Channel,
            parent = error.Parent,
            code = error.Code,
            number = error.Number,
            http = error.Http,
            zh = ListedText.Of(error.Zh).ToLines(),
            en = ListedText.Of(error.En).ToLines(),
            remedy_zh = ListedText.Of(error.RemedyZh).ToLines(),
            remedy_en = ListedText.Of(error.RemedyEn).ToLines(),
            retry = $"{error.Retry}".ToLowerInvariant(),
            audience = $"{error.Audience}".ToLowerInvariant(),
            beyond = error.Beyond,
            page = ErrorCatalogue.PageOf(error),
        },
        s_readable);

    private static readonly JsonSerializerOptions s_readable = new()
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static IEnumerable<string> Said(params string[] texts) => texts.Select(ListedText.Of)
        .SelectMany(text => text.Items.Append(text.Lead).Append(text.Introduction));
}
