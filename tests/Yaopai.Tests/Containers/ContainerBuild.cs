using System.Diagnostics;

namespace Yaopai.Tests.Containers;

/// <summary>What the first stage of the Containerfile builds: its instructions, carried out in a folder that has what they copy
/// and no more.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class ContainerBuild : IAsyncLifetime
{
    /// <summary>Where the Containerfile has the program.</summary>
    private const string App = "/app";

    private const UnixFileMode ForAll =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(10);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("yaopai-container-");

    /// <summary>The published program, which nobody but this user can change.</summary>
    public string Program => In(App[1..]);

    private string Source => In("source");

    public async ValueTask InitializeAsync()
    {
        File.SetUnixFileMode(_folder.FullName, ForAll);
        Directory.CreateDirectory(Source);
        foreach (var line in Containerfile.Build)
        {
            foreach (var (sources, target) in new[] { line }.Copies())
                Copy(sources, target);
            if (line.Name is "RUN")
                await RunAsync(line.Text.Replace($" {App}", $" {Program}", StringComparison.Ordinal));
        }
    }

    public ValueTask DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    /// <summary>As COPY does: files into a folder, or what is in a folder into another.</summary>
    private void Copy(string[] sources, string target)
    {
        foreach (var source in sources)
        {
            var from = Path.Combine(Repository.Root, source);
            string[] files = Directory.Exists(from) ? Directory.GetFiles(from, "*", SearchOption.AllDirectories) : [from];
            foreach (var file in files.Where(file => DockerIgnore.Allows(Path.GetRelativePath(Repository.Root, file))))
            {
                var name = Directory.Exists(from) ? Path.GetRelativePath(from, file) : Path.GetFileName(file);
                var to = Path.GetFullPath(Path.Combine(Source, target, name));
                Directory.CreateDirectory(Path.GetDirectoryName(to)!);
                File.Copy(file, to, overwrite: true); // the files that a restore reads come first, and again with their folder
            }
        }
    }

    private async Task RunAsync(string command)
    {
        var start = new ProcessStartInfo("sh", ["-c", command]) { WorkingDirectory = Source, RedirectStandardOutput = true };
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1"; // what outlives the build would hold the folder
        using var shell = Process.Start(start)!;
        using var late = new CancellationTokenSource(s_patience);
        var said = await shell.StandardOutput.ReadToEndAsync(late.Token);
        await shell.WaitForExitAsync(late.Token);
        Assert.True(shell.ExitCode == 0, $"{command}\n{said}");
    }

    private string In(string name) => Path.Combine(_folder.FullName, name);
}
