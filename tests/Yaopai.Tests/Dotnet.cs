using System.Diagnostics;

namespace Yaopai.Tests;

/// <summary>The command line of the SDK.</summary>
internal static class Dotnet
{
    /// <summary>Packs projects that were built with these tests.</summary>
    public static async Task PackAsync(DirectoryInfo into, params string[] projects)
    {
        var configuration = Path.GetFileName(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        foreach (var project in projects)
        {
            var (exitCode, output) = await RunAsync(
                Repository.Root,
                ["pack", $"src/{project}", "--no-build", "-c", configuration, "-o", into.FullName, "--nologo", "-v", "quiet"]);
            Assert.True(exitCode == 0, output);
        }
    }

    public static async Task<(int ExitCode, string Output)> RunAsync(
        string folder, string[] args, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo("dotnet", args) { WorkingDirectory = folder, RedirectStandardOutput = true };
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1"; // nothing may stay behind and hold the folder
        start.Environment["UseSharedCompilation"] = "false";
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output);
    }
}
