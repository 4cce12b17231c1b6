using Yaopai.Server.Pages;
using Yaopai.Tests.Http;
using Yaopai.Tests.Storage;

namespace Yaopai.Tests.Pages;

public sealed class LockoutTextsTests(OnSqlite engine) : IClassFixture<OnSqlite>
{
    [Theory]
    [InlineData("00:01:00", "1分钟", "1 minute,")]
    [InlineData("00:15:00", "15分钟", "15 minutes,")]
    [InlineData("00:01:30", "2分钟", "2 minutes,")]
    [InlineData("01:00:00", "1小时", "1 hour,")]
    [InlineData("01:30:00", "90分钟", "90 minutes,")]
    [InlineData("1.00:00:00", "24小时", "24 hours,")]
    public void A_time_is_said_in_the_words_of_either_language(string duration, string zh, string en)
    {
        var phrase = LockoutTexts.For(TimeSpan.Parse(duration));
        Assert.Contains($"请在{zh}后再试", phrase.Zh);
        Assert.Contains($"Wait {en} then try again", phrase.En);
    }

    [Theory]
    [InlineData("en", "Wait 2 hours, then try again")]
    [InlineData("zh-CN", "请在2小时后再试")]
    public async Task Who_failed_too_often_reads_how_long_to_wait(string language, string expected)
    {
        await using var server = await TestServer.StartAsync(
            engine, ("SignIn:LockoutDuration", "02:00:00"), ("SignIn:FailuresBeforeLockout", "1"));
        using var browser = new BrowserClient(server, language);
        var page = await browser.OpenAsync(new IdentityCaller(server).Authorize());
        for (var i = 0; i < 2; i++)
            page = await browser.SubmitAsync(page, ("login", "nobody"), ("password", "wrong"));

        Assert.Equal(429, page.Status);
        Assert.Contains(expected, page.Html);
    }
}
