using System.Net;
using System.Net.Http.Json;
using System.Text;
using Yaopai.Errors;
using Yaopai.Tests.Http;

namespace Yaopai.Tests.OrderService;

/// <summary>The sample answers every error of its table, as RFC 9457 has it.</summary>
public sealed class OrderServiceTests
{
    private static readonly ErrorTable s_table = ErrorTable.Read(
        Path.Combine(Repository.Root, "samples", "OrderService", "OrderErrors.tsv"));

    private static readonly (string Code, string Path, object Body)[] s_mistakes =
    [
        ("2-05-001", "/orders/none/payment", new { amount = 1 }),
        ("2-05-002", "/orders",              new { quantity = 1 }),
        ("2-05-002", "/orders",              new { product = "tea", quantity = "two" }),
        ("2-05-002", "/orders/1/payment",    "amount"),
        ("2-05-003", "/orders",              new { product = "tea", quantity = 0 }),
        ("2-05-003", "/orders",              new { product = "tea", quantity = 101 }),
        ("2-05-004", "/orders",              new { product = "sugar", quantity = 1 }),
        ("2-05-005", "/orders",              new { product = "teapot", quantity = 3 }),
        ("2-06-001", "/orders/1/payment",    new { amount = 179 }),
        ("2-06-002", "/orders/1/payment",    new { amount = 180 }),
    ];

    [Fact]
    public async Task Every_error_of_the_table_is_earned_by_a_mistake()
    {
        await using var sample = await OrderServiceProcess.StartAsync();
        await OrderAsync(sample, "teapot", HttpStatusCode.Created);
        using var paid = await sample.Http.PostAsJsonAsync("/orders/1/payment", new { amount = 180 });
        Assert.Equal(HttpStatusCode.NoContent, paid.StatusCode);

        var earned = new HashSet<string>();
        foreach (var (code, path, body) in s_mistakes)
        {
            using var answer = await sample.Http.PostAsJsonAsync(path, body);
            await ShouldBeAsync(code, path, answer);
            earned.Add(code);
        }

        using var unknown = await sample.Http.GetAsync("/orders/none");
        await ShouldBeAsync("2-05-001", "/orders/none", unknown);
        using var form = await sample.Http.PostAsync("/orders", new FormUrlEncodedContent([new("product", "tea")]));
        await ShouldBeAsync("2-05-002", "/orders", form);
        using var strange = await sample.Http.PostAsync("/orders", Strange());
        await ShouldBeAsync("2-05-002", "/orders", strange);
        Assert.Equal(
            s_table.Errors.Select(error => error.Code).Where(code => code is not "1-05-001"), earned.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_stock_that_cannot_be_read_is_an_error_of_the_system()
    {
        await using var sample = await OrderServiceProcess.StartAsync("--Stock=nowhere.json");

        using var answer = await sample.Http.PostAsJsonAsync("/orders", new { product = "tea", quantity = 1 });

        await ShouldBeAsync("1-05-001", "/orders", answer);
    }

    [Fact]
    public async Task A_problem_speaks_the_callers_language_and_links_to_its_page()
    {
        await using var sample = await OrderServiceProcess.StartAsync();
        sample.Http.DefaultRequestHeaders.Add("Accept-Language", "zh-CN");

        using var answer = await sample.Http.GetAsync("/orders/none");
        var problem = await answer.JsonAsync();

        Assert.Equal("没有这个订单。", problem.GetProperty("title").GetString());
        Assert.Equal(
            ErrorExplanation.Of(s_table.Errors.Single(error => error.Code is "2-05-001")),
            await sample.Http.GetStringAsync(problem.GetProperty("type").GetString()));
        using var missing = await sample.Http.GetAsync("/errors/2-99-001");
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
    }

    [Fact]
    public void The_table_has_no_fault() => Assert.Empty(s_table.Lint());

    private static async Task OrderAsync(OrderServiceProcess sample, string product, HttpStatusCode expected)
    {
        using var answer = await sample.Http.PostAsJsonAsync("/orders", new { product, quantity = 1 });
        Assert.Equal(expected, answer.StatusCode);
    }

    private static StringContent Strange()
    {
        var content = new StringContent("{\"product\":\"tea\",\"quantity\":1}", Encoding.UTF8, "application/json");
        content.Headers.ContentType!.CharSet = "nonsense";
        return content;
    }

    private static async Task ShouldBeAsync(string code, string path, HttpResponseMessage answer)
    {
        var error = s_table.Errors.Single(error => error.Code == code);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = await answer.JsonAsync();
        Assert.Equal((error.Code, error.Http), (problem.GetProperty("code").GetString(), (int)answer.StatusCode));
        Assert.Equal(
            [$"/errors/{code}", error.En, $"{error.Http}", path, error.RemedyEn, error.Retry.ToString().ToLowerInvariant()],
            new[] { "type", "title", "status", "instance", "remedy", "retry" }.Select(name => problem.GetProperty(name).ToString()));
        Assert.NotEqual("", problem.GetProperty("detail").GetString());
    }
}
