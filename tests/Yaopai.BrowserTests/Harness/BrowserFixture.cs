using System.Runtime.CompilerServices;
using Microsoft.Playwright;
using Yaopai.Tests.Http;

namespace Yaopai.BrowserTests.Harness;

/// <summary>The real server for the tests of one class, and a browser to visit it with.</summary>
public class BrowserFixture : ServerFixture
{
    /// <summary>One visit, with cookies and storage of its own. Whatever the browser complained of meanwhile fails
    /// the test at its end.</summary>
    /// <param name="javaScript">False for a browser that runs none.</param>
    /// <param name="test">Names the screenshot of a failure; empty for none.</param>
    public async Task VisitAsync(Look look, Func<Visit, Task> visiting, bool javaScript = true, [CallerMemberName] string test = "")
    {
        var browser = await Chromium.SharedAsync();
        await using var context = await browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = Server.Address.ToString(),
            JavaScriptEnabled = javaScript,
            Locale = look.Language,
            ReducedMotion = ReducedMotion.Reduce,
            ViewportSize = look.Screen,
        });
        var visit = new Visit(await context.NewPageAsync(), look, Server, javaScript);
        try
        {
            await visiting(visit);
            visit.ShouldBeFreeOfComplaints();
        }
        catch when (test is not "")
        {
            await visit.ScreenshotAsync($"failed-{test}-{look}");
            throw;
        }
    }
}
