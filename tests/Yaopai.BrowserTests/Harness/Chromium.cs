using Microsoft.Playwright;

namespace Yaopai.BrowserTests.Harness;

/// <summary>Debian's Chromium, started once for all tests: the same engine without the windows, tabs and services around it,
/// which take more of a processor than the pages. Nothing is downloaded; the profile is a temporary folder of its own.</summary>
internal static class Chromium
{
    private const string Program = "/usr/bin/chromium-headless-shell";

    private static readonly Lazy<Task<IBrowser>> s_shared = new(LaunchAsync);

    public static Task<IBrowser> SharedAsync() => s_shared.Value;

    private static async Task<IBrowser> LaunchAsync()
    {
        if (!File.Exists(Program))
            throw new InvalidOperationException($"{Program} is missing: apt-get install chromium-headless-shell fonts-noto-cjk");

        var playwright = await Playwright.CreateAsync();
        return await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Program,
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
                "--disable-background-networking", "--disable-component-update", "--disable-sync",
            ],
        });
    }
}
