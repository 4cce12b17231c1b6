using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Playwright;
using Yaopai.Tests;
using Yaopai.Tests.Http;

namespace Yaopai.BrowserTests.Harness;

/// <summary>A person at a page: goes somewhere, uses the keyboard, and is told what is wrong with what is there.</summary>
public sealed class Visit
{
    private const int Timeout = 120_000; // a machine with other work may be slow: only a page that never comes should fail

    private static readonly string s_screenshots = Path.Combine(Repository.Root, "artifacts", "screenshots");

    private readonly Complaints _complaints;
    private readonly bool _runsScripts;

    internal Visit(IPage page, Look look, TestServer server, bool runsScripts)
    {
        (Page, Look, Server, _runsScripts) = (page, look, server, runsScripts);
        page.SetDefaultTimeout(Timeout);
        _complaints = new Complaints(page, server.Address);
    }

    /// <summary>For everything that has no word here: <c>Page.GetByLabel("…").FillAsync("…")</c>.</summary>
    public IPage Page { get; }

    public Look Look { get; }

    public TestServer Server { get; }

    public bool IsChinese => Look.Language is Look.Chinese;

    /// <summary>HTTP status of the page that is shown.</summary>
    public int Status => _complaints.Status;

    public async Task GoAsync(string path) => await Page.GotoAsync(path);

    /// <summary>The browser may go there, too.</summary>
    internal void Allow(AppPage app) => Allow(app.RedirectUri);

    internal void Allow(Uri other) => _complaints.Allow(other);

    /// <summary>The page has put the focus there, or does so at once: a page that has just come may not have done it yet.</summary>
    public Task ShouldFocusAsync(string id) => Assertions.Expect(Page.Locator($"#{id}")).ToBeFocusedAsync(new() { Timeout = Timeout });

    /// <summary>Types where the focus has to be; keys that come before it would be lost.</summary>
    public async Task TypeIntoAsync(string id, string text)
    {
        await ShouldFocusAsync(id);
        await Page.Keyboard.TypeAsync(text);
    }

    /// <summary>What the address of the page that is shown says beside its path.</summary>
    public string? Query(string name) =>
        QueryHelpers.ParseQuery(new Uri(Page.Url).Query).TryGetValue(name, out var value) ? value.ToString() : null;

    /// <summary>Holds the page against what every page must be, by day and by night: <c>soundness.js</c> lists it, beside
    /// what axe knows.</summary>
    /// <param name="name">Screenshots are kept as <c>artifacts/screenshots/{name}-{look}-light.png</c> and <c>…-dark.png</c>.</param>
    public async Task ShouldBeSoundAsync(string name)
    {
        foreach (var scheme in new[] { ColorScheme.Dark, ColorScheme.Light })
        {
            await Page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = scheme });
            await ScreenshotAsync($"{name}-{Look}-{scheme.ToString().ToLowerInvariant()}");
            None(await FaultsHereAsync());
            if (_runsScripts) // axe waits for timers, which a browser without scripts has not
                None(await (scheme is ColorScheme.Light ? Accessibility.FaultsAsync(Page) : Accessibility.FaultsOfColoursAsync(Page)));
        }

        if (!Look.IsPhone)
            return;

        // WCAG 2.2, 1.4.10: nothing has to be scrolled sideways down to a width of 320.
        await Page.SetViewportSizeAsync(320, Look.Screen.Height);
        None(await FaultsHereAsync());
        await Page.SetViewportSizeAsync(Look.Screen.Width, Look.Screen.Height);
    }

    /// <summary>Walks the page with the Tab key alone; everything that can be used must be met, in order, in sight,
    /// with a visible focus.</summary>
    /// <returns>The names of what was met.</returns>
    public async Task<IReadOnlyList<string>> WalkAsync()
    {
        const int most = 150;
        var names = new List<string>();
        await Script.RunAsync<string[]>(Page, "focus.js", "begin");
        while (true)
        {
            await Page.Keyboard.PressAsync("Tab");
            if (await FocusAsync() is not { } focus)
                break;

            Assert.True(focus.Fault is "", $"{focus.Name}: {focus.Fault}");
            Assert.True(names.Count < most, $"More than {most} stops: walk a smaller page.");
            names.Add(focus.Name);
        }

        None(await Script.RunAsync<string[]>(Page, "focus.js", "end"));
        return names;
    }

    /// <summary>Presses Tab until what has this name is focused.</summary>
    public async Task TabToAsync(string name)
    {
        await Script.RunAsync<string[]>(Page, "focus.js", "begin");
        do
        {
            await Page.Keyboard.PressAsync("Tab");
            var focus = await FocusAsync();
            Assert.True(focus is not null, $"The Tab key never comes to {name}.");
            Assert.True(focus.Fault is "", $"{focus.Name}: {focus.Fault}");
            if (focus.Name == name)
                return;
        }
        while (true);
    }

    /// <summary>Presses a key, and waits for the page that it leads to.</summary>
    public Task PressAndFollowAsync(string key) => FollowAsync(() => Page.Keyboard.PressAsync(key));

    /// <summary>Does what leads to another page, and waits until that is there.</summary>
    public Task FollowAsync(Func<Task> leave) => FollowAsync(Page, leave);

    public static async Task FollowAsync(IPage page, Func<Task> leave)
    {
        var loaded = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void Loaded(object? sender, IPage from) => loaded.TrySetResult();
        page.Load += Loaded;
        await leave();
        await loaded.Task.WaitAsync(TimeSpan.FromMilliseconds(Timeout));
        page.Load -= Loaded;
    }

    /// <summary>Waits until the browser is there, over however many pages that lead on by themselves.</summary>
    public Task ShouldComeToAsync(string address) => Assertions.Expect(Page).ToHaveURLAsync(address, new() { Timeout = Timeout });

    /// <summary>Kept as <c>artifacts/screenshots/{name}.png</c>: the whole page, unless it is very long.</summary>
    internal async Task ScreenshotAsync(string name)
    {
        const int longest = 4000;
        var height = await Page.EvaluateAsync<int>("document.documentElement.scrollHeight");
        await Page.ScreenshotAsync(
            new PageScreenshotOptions { Path = Path.Combine(s_screenshots, $"{name}.png"), FullPage = height <= longest });
    }

    internal void ShouldBeFreeOfComplaints() => None(_complaints.All);

    /// <summary>What is wrong with the page as it is shown at this moment.</summary>
    internal async Task<IReadOnlyList<string>> FaultsAsync() => [.. await FaultsHereAsync(), .. await Accessibility.FaultsAsync(Page)];

    private Task<string[]> FaultsHereAsync() => Script.RunAsync<string[]>(Page, "soundness.js", Look.Language);

    /// <summary>All of them, where the framework would show the first few.</summary>
    private void None(IEnumerable<string> faults) =>
        Assert.True(!faults.Any(), $"{Page.Url} ({Look}):\n{string.Join('\n', faults)}");

    private async Task<Focus?> FocusAsync() =>
        await Script.RunAsync<string[]>(Page, "focus.js", "next") is [var name, var fault] ? new Focus(name, fault) : null;

    private sealed record Focus(string Name, string Fault);
}
