namespace Yaopai.Tests.Pages;

public sealed class LanguageTests(PagesServer server) : IClassFixture<PagesServer>
{
    [Theory]
    [InlineData("zh-CN,zh;q=0.9,en;q=0.8", "zh-CN")]
    [InlineData("zh-TW", "zh-CN")]
    [InlineData("en-GB", "en")]
    [InlineData("en;q=0.4,zh;q=0.7", "zh-CN")]
    [InlineData("fr,zh;q=0.3", "zh-CN")]
    [InlineData("zh;q=0", "en")]
    [InlineData("fr", "en")]
    [InlineData(";;;,,=", "en")]
    public async Task A_page_speaks_the_language_that_the_browser_prefers(string accepted, string expected)
    {
        using var answer = await server.GetAsync("/errors", ("Accept-Language", accepted));
        Assert.Contains($"<html lang=\"{expected}\">", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Without_any_preference_a_page_is_in_English()
    {
        using var answer = await server.GetAsync("/errors");
        Assert.Contains("<html lang=\"en\">", await answer.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("zh-CN", "en", "<html lang=\"zh-CN\">")]
    [InlineData("en", "zh", "<html lang=\"en\">")]
    public async Task The_switch_wins_over_the_browser_and_is_remembered(string chosen, string accepted, string expected)
    {
        using var switched = await server.GetAsync($"/errors?lang={chosen}", ("Accept-Language", accepted));
        var cookie = Assert.Single(switched.Headers.GetValues("Set-Cookie"));
        Assert.Contains(expected, await switched.Content.ReadAsStringAsync());
        Assert.StartsWith($"yaopai-lang={chosen}; ", cookie);
        Assert.Contains("samesite=lax; httponly", cookie);

        using var next = await server.GetAsync("/errors/huawei", ("Accept-Language", accepted), ("Cookie", cookie.Split(';')[0]));
        Assert.Contains(expected, await next.Content.ReadAsStringAsync());
        Assert.False(next.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task A_language_that_nobody_speaks_here_changes_nothing()
    {
        using var answer = await server.GetAsync("/errors?lang=tlh", ("Accept-Language", "zh"));
        Assert.Contains("<html lang=\"zh-CN\">", await answer.Content.ReadAsStringAsync());
        Assert.False(answer.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task The_switch_keeps_what_was_looked_for()
    {
        using var answer = await server.GetAsync("/errors?q=a%26b&lang=en");
        Assert.Contains("href=\"?q=a%26b&amp;lang=zh-CN\"", await answer.Content.ReadAsStringAsync());
    }
}
