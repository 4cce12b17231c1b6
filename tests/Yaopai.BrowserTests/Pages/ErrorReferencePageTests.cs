using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Yaopai.BrowserTests.Harness;

namespace Yaopai.BrowserTests.Pages;

/// <summary>The catalogue for everybody, as people meet it.</summary>
public sealed class ErrorReferencePageTests(BrowserFixture fixture) : IClassFixture<BrowserFixture>
{
    public static TheoryData<Look> Looks => Look.All;

    public static TheoryData<Look> Two => Look.Two;

    public static TheoryData<Look> Languages => Look.Languages;

    [Theory, MemberData(nameof(Looks))]
    public Task The_list_is_sound(Look look) => SoundAsync(look, "/errors", 200, "errors");

    [Theory, MemberData(nameof(Two))]
    public Task The_list_of_a_surface_is_sound(Look look) => SoundAsync(look, "/errors/huawei?operation=Token", 200, "errors-surface");

    [Theory, MemberData(nameof(Looks))]
    public Task A_search_is_sound(Look look) => SoundAsync(look, "/errors?q=expired", 200, "errors-search");

    [Theory, MemberData(nameof(Two))]
    public Task A_search_that_finds_nothing_is_sound(Look look) => SoundAsync(look, "/errors?q=qwertz", 200, "errors-nothing");

    [Theory, MemberData(nameof(Looks))]
    public Task One_number_is_sound(Look look) => SoundAsync(look, "/errors/huawei/20155", 200, "error-20155");

    [Theory, MemberData(nameof(Two))]
    public Task A_number_with_several_meanings_is_sound(Look look) => SoundAsync(look, "/errors/huawei/403", 200, "error-403");

    [Theory, MemberData(nameof(Two))]
    public Task A_number_that_takes_many_lines_is_sound(Look look) => SoundAsync(look, "/errors/welink/47110", 200, "error-47110");

    [Theory, MemberData(nameof(Two))]
    public Task A_number_that_no_request_earns_is_sound(Look look) => SoundAsync(look, "/errors/welink/47104", 200, "error-47104");

    [Theory, MemberData(nameof(Two))]
    public Task A_number_that_is_not_there_is_sound(Look look) => SoundAsync(look, "/errors/huawei/99999", 404, "error-missing");

    [Theory, MemberData(nameof(Two))]
    public Task A_search_that_is_too_long_is_sound(Look look) =>
        SoundAsync(look, $"/errors?q={new string('x', 500)}", 400, "errors-too-long");

    [Theory, MemberData(nameof(Languages))]
    public Task A_search_is_made_with_the_keyboard_alone(Look look) => fixture.VisitAsync(look, async visit =>
    {
        await visit.GoAsync("/errors");
        await visit.TabToAsync(visit.IsChinese ? "查找错误码" : "Find an error");
        await visit.Page.Keyboard.TypeAsync("20155");
        await visit.PressAndFollowAsync("Enter");
        var stops = await visit.WalkAsync();
        Assert.Contains("1101/20155", stops);

        await visit.TabToAsync("1101/20155");
        await visit.PressAndFollowAsync("Enter");

        Assert.EndsWith("/errors/huawei/20155", visit.Page.Url, StringComparison.Ordinal);
        await visit.WalkAsync();
    });

    [Theory, MemberData(nameof(Languages))]
    public Task The_way_to_the_content_is_one_key_away(Look look) => fixture.VisitAsync(look, async visit =>
    {
        await visit.GoAsync("/errors?q=20155");
        var stops = await visit.WalkAsync();
        Assert.Equal(visit.IsChinese ? "跳到正文" : "Skip to the content", stops[0]);

        await visit.TabToAsync(stops[0]);
        await visit.Page.Keyboard.PressAsync("Enter");
        Assert.Equal("content", await visit.Page.EvaluateAsync<string>("document.activeElement.id"));
    });

    [Theory, MemberData(nameof(Languages))]
    public Task Lines_that_provoke_an_error_are_copied_with_the_keyboard_alone(Look look) => fixture.VisitAsync(look, async visit =>
    {
        await visit.Page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await visit.GoAsync("/errors/huawei/20155");
        await visit.TabToAsync(visit.IsChinese ? "复制" : "Copy");
        await visit.Page.Keyboard.PressAsync("Enter");

        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Status)).ToHaveTextAsync(visit.IsChinese ? "已复制" : "Copied");
        var provoke = (await visit.Page.APIRequest.GetAsync(new Uri(new Uri(visit.Page.Url), "20155.json").AbsoluteUri)).JsonAsync();
        Assert.Equal(
            (await provoke)!.Value.GetProperty("errors")[0].GetProperty("provoke").GetProperty("real").GetString(),
            await visit.Page.EvaluateAsync<string>("navigator.clipboard.readText()"));
    });

    [Fact]
    public Task The_language_switch_is_remembered() => fixture.VisitAsync(Look.Plain, async visit =>
    {
        await visit.GoAsync("/errors/huawei/20155");
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "中文" }).ClickAsync();
        await Assertions.Expect(visit.Page).ToHaveURLAsync(new Regex("lang=zh-CN$"));
        await visit.GoAsync("/errors");

        Assert.Equal("zh-CN", await visit.Page.Locator("html").GetAttributeAsync("lang"));
    });

    [Fact]
    public Task Without_JavaScript_everything_works_the_same() => fixture.VisitAsync(Look.Plain, javaScript: false, visiting: async visit =>
    {
        await visit.GoAsync("/errors");
        await visit.Page.GetByLabel("Find an error").FillAsync("20155");
        await visit.FollowAsync(() => visit.Page.GetByRole(AriaRole.Button, new() { Name = "Find" }).ClickAsync());
        await visit.FollowAsync(() => visit.Page.GetByRole(AriaRole.Link, new() { Name = "1101/20155" }).ClickAsync());

        Assert.EndsWith("/errors/huawei/20155", visit.Page.Url);
        Assert.Equal(200, visit.Status);
        await visit.ShouldBeSoundAsync("error-without-javascript");
    });

    private Task SoundAsync(Look look, string path, int status, string name) =>
        fixture.VisitAsync(look, test: name, visiting: async visit =>
        {
            await visit.GoAsync(path);
            Assert.Equal(status, visit.Status);
            await visit.ShouldBeSoundAsync(name);
        });
}
