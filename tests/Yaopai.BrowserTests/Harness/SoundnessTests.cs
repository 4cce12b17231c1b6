using Xunit.Sdk;

namespace Yaopai.BrowserTests.Harness;

/// <summary>The checks find what they are for.</summary>
public sealed class SoundnessTests(BrowserFixture fixture) : IClassFixture<BrowserFixture>
{
    private static readonly string s_good = """
        <!DOCTYPE html>
        <html lang="en">
        <title>Test</title>
        <link rel="icon" href="data:,">
        <style>
          body { font: 16px sans-serif; background: #fff; color: #222; }
          a { color: #06c; }
          :focus-visible { outline: 3px solid #1663c7; }
          input { appearance: none; border: 1px solid #767676; min-height: 32px; }
          input::placeholder { color: #595959; }
        </style>
        <main>
          <h1>Title</h1>
          <p>Text with <a href="/errors">a link</a></p>
          <form><label for="a">Name</label><input id="a" name="a" placeholder="Ming"><button style="min-height: 32px">Send</button></form>
        </main>
        </html>
        """;

    /// <summary>What is done to a good page, and what has to be said of it.</summary>
    private static readonly (string Good, string Bad, string Expected)[] s_faults =
    [
        ("<html lang=\"en\">",             "<html lang=\"zh-CN\">",                     "lang is zh-CN, not en"),
        ("<title>Test</title>",            "",                                          "document-title: "),
        ("<main>",                         "<div>",                                     "landmark-one-main: "),
        ("<h1>Title</h1>",                 "",                                          "0 first headings"),
        ("<h1>Title</h1>",                 "<h1>A</h1><h1>B</h1>",                      "2 first headings"),
        ("<h1>Title</h1>",                 "<h1>A</h1><h3>B</h3>",                      "heading-order: "),
        ("<label for=\"a\">Name</label>",  "",                                          "no label"),
        ("for=\"a\"",                      "for=\"b\"",                                 "for names b, which is not there"),
        (">a link<",                       "><",                                        "link-name: "),
        (">a link<",                       "><img src=\"data:,\">a link<",              "image-alt: "),
        ("<p>",                            "<p id=\"a\">",                              "the id a is there twice"),
        ("<p>",                            "<p style=\"width: 2000px\">",               "the page scrolls sideways"),
        ("<p>",                            "<p style=\"color: #777\">",                 "color-contrast: "),
        ("<p>",                            "<p style=\"color: rgb(0 0 0 / 0.5)\">",     "color-contrast: "),
        ("<p>",                            "<p style=\"background: #222\">",            "color-contrast: "),
        ("<input",                         "<input style=\"border-color: #ccc\"",       "an edge has a contrast of 1.6"),
        ("#595959",                        "#aaa",                                      "the placeholder has a contrast of 2.3"),
        ("min-height: 32px\">Send",        "padding: 0; border: 0; width: 20px\">Send", "too small"),
        ("<form>",                         "<table><tr><td>x</td></tr></table><form>",  "no caption"),
        ("<form>",                         "<fieldset><p>x</p></fieldset><form>",       "no legend"),
    ];

    private static readonly (string Good, string Bad, string Expected)[] s_focusFaults =
    [
        ("<form>",   "<style>button:focus { outline: none }</style><form>",             "Send: focused, but nothing shows it"),
        ("<form>",   "<style>button:focus { outline-color: #eee }</style><form>",       "Send: focused, but nothing shows it"),
        ("<form>",   "<style>button { position: absolute; left: -900px }</style><form>", "Send: focused, but out of sight"),
        ("<input",   "<input tabindex=\"5\"",                                           "never met: <input#a>"),
    ];

    [Fact]
    public Task A_good_page_is_sound() => fixture.VisitAsync(Look.Plain, async visit =>
    {
        await ShowAsync(visit, s_good);

        Assert.Empty(await visit.FaultsAsync());
        Assert.Equal(["a link", "Name", "Send"], await visit.WalkAsync());
    });

    [Fact]
    public Task Every_fault_is_found() => fixture.VisitAsync(Look.Plain, async visit =>
    {
        foreach (var (good, bad, expected) in s_faults)
        {
            await ShowAsync(visit, With(good, bad));
            var faults = string.Join('\n', await visit.FaultsAsync());
            Assert.True(faults.Contains(expected, StringComparison.Ordinal), $"{expected} is not among:\n{faults}");
        }
    });

    [Fact]
    public Task Every_fault_of_the_focus_is_found() => fixture.VisitAsync(Look.Plain, async visit =>
    {
        foreach (var (good, bad, expected) in s_focusFaults)
        {
            await ShowAsync(visit, With(good, bad));
            Assert.Contains(expected, (await Assert.ThrowsAnyAsync<XunitException>(visit.WalkAsync)).Message, StringComparison.Ordinal);
        }
    });

    [Theory]
    [InlineData("<script>throw new Error('mine')</script>", "script error: ")]
    [InlineData("<script>console.error('mine')</script>", "mine")]
    [InlineData("<img src=\"/healthz/missing\" alt=\"\">", "404 from ")]
    [InlineData("<img src=\"http://127.0.0.1:9/x.png\" alt=\"\">", "a request to somebody else")]
    [InlineData("<style media=\"x\"></style><meta http-equiv=\"Content-Security-Policy\" content=\"script-src 'none'\"><script>1</script>",
        "Content Security Policy")]
    public async Task What_the_browser_complains_of_fails_the_visit(string bad, string expected)
    {
        var fault = await Assert.ThrowsAnyAsync<XunitException>(() => fixture.VisitAsync(Look.Plain, test: "", visiting: visit =>
            ShowAsync(visit, With("<form>", bad + "<form>"))));
        Assert.Contains(expected, fault.Message, StringComparison.Ordinal);
    }

    private static async Task ShowAsync(Visit visit, string html)
    {
        await visit.Page.RouteAsync(
            "**/made-up", route => route.FulfillAsync(new() { ContentType = "text/html; charset=utf-8", Body = html }));
        await visit.GoAsync("/made-up");
    }

    private static string With(string good, string bad)
    {
        Assert.Contains(good, s_good, StringComparison.Ordinal);
        return s_good.Replace(good, bad, StringComparison.Ordinal);
    }
}
