using Microsoft.Playwright;

namespace Yaopai.BrowserTests.Harness;

/// <summary>Debian's Chromium, started once for all tests. Nothing is downloaded; the profile is a temporary folder of its own.</summary>
internal static class Chromium
{
    private const string Program = "/usr/bin/chromium";

    private static readonly Lazy<Task<IBrowser>> s_shared = new(LaunchAsync);

    public static Task<IBrowser> SharedAsync() => s_shared.Value;

    private static async Task<IBrowser> LaunchAsync()
    {
        if (!File.Exists(Program))
            throw new InvalidOperationException($"{Program} is missing: apt-get install chromium fonts-noto-cjk");

        var playwright = await Playwright.CreateAsync();
        return await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Program,
            Args =
            [
                "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
                "--disable-background-networking", "--disable-component-update", "--disable-sync",
            ],
        });
    }
}
