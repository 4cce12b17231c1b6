using Microsoft.Playwright;

namespace Yaopai.BrowserTests.Harness;

/// <summary>The checks that have to be made inside a page.</summary>
internal static class Script
{
    private static readonly string s_shared = Read("elements.js");

    public static Task<T> RunAsync<T>(IPage page, string name, string argument) =>
        page.EvaluateAsync<T>($"argument => {{ {s_shared}\n return ({Read(name)})(argument); }}", argument);

    private static string Read(string name)
    {
        using var stream = typeof(Script).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
