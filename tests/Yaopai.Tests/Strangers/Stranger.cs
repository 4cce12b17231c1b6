using System.Diagnostics;

namespace Yaopai.Tests.Strangers;

/// <summary>Runs a program of <c>tests/Strangers</c>, which holds the server against a package that nobody here wrote.</summary>
internal static class Stranger
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);

    public static async Task RunAsync(string file, params string[] arguments)
    {
        var folder = Path.Combine(Repository.Root, "tests", "Strangers");
        Assert.SkipUnless(
            Directory.Exists(Path.Combine(folder, "node_modules")), "The packages are not installed: ./test.sh does that (npm ci).");

        var start = new ProcessStartInfo("node", [file, .. arguments]) { WorkingDirectory = folder, RedirectStandardError = true };
        using var node = Process.Start(start)!;
        using var late = new CancellationTokenSource(s_patience);
        var said = await node.StandardError.ReadToEndAsync(late.Token);
        await node.WaitForExitAsync(late.Token);

        Assert.True(node.ExitCode == 0, said);
    }
}
