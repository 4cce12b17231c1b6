using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Yaopai.BrowserTests.Harness;

/// <summary>What axe finds wrong with a page by WCAG 2.2 AA and good practice: a sentence for each element.</summary>
internal static class Accessibility
{
    private static readonly AxeRunOptions s_everything = new()
    {
        RunOnly = new RunOnlyOptions
        {
            Type = "tag",
            Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
        },
    };

    private static readonly AxeRunOptions s_colours = new() { RunOnly = new RunOnlyOptions { Type = "rule", Values = ["color-contrast"] } };

    /// <summary>All that it knows.</summary>
    public static Task<IEnumerable<string>> FaultsAsync(IPage page) => RunAsync(page, s_everything);

    /// <summary>What another colour scheme can make wrong.</summary>
    public static Task<IEnumerable<string>> FaultsOfColoursAsync(IPage page) => RunAsync(page, s_colours);

    private static async Task<IEnumerable<string>> RunAsync(IPage page, AxeRunOptions options)
    {
#pragma warning disable CS0618 // the other mode opens a tab for each page, to gather what frames say; no page here has frames
        var result = await page.Locator(":root").RunAxeLegacy(options);
#pragma warning restore CS0618
        Assert.NotEmpty(result.Passes); // a page on which no rule applies was not looked at
        return
            from violation in result.Violations
            from node in violation.Nodes
            select $"{violation.Id}: {violation.Help}: {node.Html}";
    }
}
