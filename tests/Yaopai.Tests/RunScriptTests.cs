using System.Diagnostics;

namespace Yaopai.Tests;

/// <summary><c>./run.sh</c>: when it builds, and what it says when it cannot. Scripts stand for the SDK and the program.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class RunScriptTests : IDisposable
{
    /// <summary>What Debian gives to those who are not root: no <c>/usr/sbin</c>.</summary>
    private const string Plain = "/usr/local/bin:/usr/bin:/bin";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("yaopai-run-");

    public RunScriptTests()
    {
        File.Copy(Path.Combine(Repository.Root, "run.sh"), At("run.sh"));
        foreach (var file in new[] { "Directory.Build.props", "global.json", "BannedSymbols.txt", ".editorconfig",
            "src/Yaopai.Server/Program.cs", "src/Yaopai.Server/Removed.cs", "gen/Generator.cs" })
            Write(file, "");
        WriteScript("sdk/dotnet",
            """
            cd "$(dirname "$0")/.."
            [ "$1" = --version ] && echo 10.0.100 && exit
            mkdir building || exit 7
            echo build >> builds
            sleep 0.5
            rmdir building
            if [ -e broken ]; then echo 'error CS1002: ; expected'; exit 1; fi
            program=artifacts/publish/Yaopai.Server/release/Yaopai.Server
            mkdir -p "$(dirname $program)"
            printf '#!/bin/sh\necho "$ASPNETCORE_ENVIRONMENT: $*"\n' > $program
            chmod +x $program
            """);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task N1_the_path_of_a_plain_user_is_enough()
    {
        var heard = await RunAsync("app", "list");

        Assert.Equal((0, "Development: app list\n"), (heard.ExitCode, heard.Output));
        Assert.Equal("Building for the first time; this takes a minute or more.\n", heard.Error);
    }

    [Fact]
    public async Task N2_of_two_at_once_one_builds_and_the_other_waits()
    {
        var both = await Task.WhenAll(RunAsync("one"), RunAsync("two"));

        Assert.All(both, heard => Assert.Equal(0, heard.ExitCode));
        Assert.Equal(["Development: one\n", "Development: two\n"], both.Select(heard => heard.Output));
        Assert.Equal(1, Builds);
    }

    [Fact]
    public async Task What_has_not_changed_is_not_built_again()
    {
        await RunAsync("one");
        var heard = await RunAsync("two");

        Assert.Equal((0, "Development: two\n", ""), (heard.ExitCode, heard.Output, heard.Error));
        Assert.Equal(1, Builds);
    }

    [Theory]
    [InlineData("src/Yaopai.Server/Program.cs")]
    [InlineData("src/Yaopai.Server/Added/File.cs")]
    [InlineData("gen/Generator.cs")]
    [InlineData("Directory.Build.props")]
    public async Task A_changed_source_is_built(string file)
    {
        await RunAsync("one");
        Write(file, "// changed");
        var heard = await RunAsync("two");

        Assert.Equal((0, "Building what changed.\n"), (heard.ExitCode, heard.Error));
        Assert.Equal(2, Builds);
    }

    [Fact]
    public async Task A_removed_source_is_built_without()
    {
        await RunAsync("one");
        File.Delete(At("src/Yaopai.Server/Removed.cs"));
        await RunAsync("two");

        Assert.Equal(2, Builds);
    }

    [Fact]
    public async Task A_build_that_failed_says_why_and_is_tried_again()
    {
        Write("broken", "");
        var heard = await RunAsync("one");
        Assert.Equal((1, ""), (heard.ExitCode, heard.Output));
        Assert.Contains("error CS1002", heard.Error, StringComparison.Ordinal);

        File.Delete(At("broken"));
        Assert.Equal(0, (await RunAsync("two")).ExitCode);
    }

    [Fact]
    public async Task N16_without_the_sdk_it_says_what_to_install()
    {
        var heard = await RunWithAsync(WithoutSdk(), "one");

        Assert.Equal((1, ""), (heard.ExitCode, heard.Output));
        Assert.Contains("Yaopai needs the .NET SDK 10 to build, and there is no dotnet in PATH.", heard.Error, StringComparison.Ordinal);
        Assert.Contains("https://dot.net/10", heard.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task N16_an_sdk_that_is_too_old_says_so_itself()
    {
        WriteScript("old/dotnet", "echo 'A compatible .NET SDK was not found.'; exit 155");
        var heard = await RunWithAsync($"{At("old")}:{Plain}", "one");

        Assert.Equal((1, ""), (heard.ExitCode, heard.Output));
        Assert.Contains("A compatible .NET SDK was not found.", heard.Error, StringComparison.Ordinal);
        Assert.Contains("https://dot.net/10", heard.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_built_needs_no_sdk()
    {
        await RunAsync("one");

        Assert.Equal(0, (await RunWithAsync(WithoutSdk(), "two")).ExitCode);
    }

    private int Builds => File.ReadAllLines(At("builds")).Length;

    private string At(string path) => Path.Combine(_folder.FullName, path);

    private Task<Heard> RunAsync(params string[] args) => RunWithAsync($"{At("sdk")}:{Plain}", args);

    private async Task<Heard> RunWithAsync(string path, params string[] args)
    {
        var start = new ProcessStartInfo("bash", [At("run.sh"), .. args]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["PATH"] = path;
        start.Environment["HOME"] = At("home");
        start.Environment.Remove("ASPNETCORE_ENVIRONMENT");
        using var bash = Process.Start(start)!;
        var output = bash.StandardOutput.ReadToEndAsync();
        var error = bash.StandardError.ReadToEndAsync();
        await bash.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(1));
        return new(bash.ExitCode, await output, await error);
    }

    /// <summary>A folder with what a script takes for granted, and no dotnet.</summary>
    private string WithoutSdk()
    {
        var folder = Directory.CreateDirectory(At("plain")).FullName;
        foreach (var name in new[] { "bash", "sh", "dirname", "find", "head", "flock", "mkdir", "touch", "mv", "cat" })
            File.CreateSymbolicLink(Path.Combine(folder, name), Path.Combine("/usr/bin", name));
        return folder;
    }

    private void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(path))!);
        File.WriteAllText(At(path), text);
    }

    private void WriteScript(string path, string text)
    {
        Write(path, $"#!/bin/sh\n{text}\n");
        File.SetUnixFileMode(At(path), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private sealed record Heard(int ExitCode, string Output, string Error);
}
