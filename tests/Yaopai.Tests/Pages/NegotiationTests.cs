namespace Yaopai.Tests.Pages;

public sealed class NegotiationTests(PagesServer server) : IClassFixture<PagesServer>
{
    [Theory]
    [InlineData("application/json", "application/json")]
    [InlineData("Application/JSON; charset=utf-8", "application/json")]
    [InlineData("application/*", "application/json")]
    [InlineData("application/json, text/plain, */*", "application/json")]
    [InlineData("text/html;q=0.5, application/json;q=0.6", "application/json")]
    [InlineData("text/html;q=0, */*", "application/json")]
    [InlineData("text/html;q=0.7, application/json;q=0.6", "text/html")]
    [InlineData("text/html, application/json", "text/html")]
    [InlineData("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "text/html")]
    [InlineData("application/json;q=0, */*", "text/html")]
    [InlineData("*/*", "text/html")]
    [InlineData("image/png", "text/html")]
    [InlineData("json", "text/html")]
    public async Task The_caller_gets_what_it_wants_most(string accepted, string expected)
    {
        foreach (var address in new[] { "/errors", "/errors/huawei", "/errors/huawei/20155" })
        {
            using var answer = await server.GetAsync(address, ("Accept", accepted));
            Assert.Equal(expected, answer.Content.Headers.ContentType?.MediaType);
            Assert.Equal("Accept, Accept-Language, Cookie", string.Join(", ", answer.Headers.Vary));
        }
    }

    [Theory]
    [InlineData("/errors.json")]
    [InlineData("/errors/huawei.json")]
    [InlineData("/errors/huawei/20155.json")]
    public async Task A_json_address_is_json_even_for_a_browser(string address)
    {
        using var answer = await server.GetAsync(address, ("Accept", "text/html"));
        Assert.Equal("application/json", answer.Content.Headers.ContentType?.MediaType);
    }
}
