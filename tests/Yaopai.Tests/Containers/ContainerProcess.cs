using System.Diagnostics;
using System.Runtime.InteropServices;
using Yaopai.Tests.Http;

namespace Yaopai.Tests.Containers;

/// <summary>The published program as a container runs it: with its variables alone, as a user who can write nothing but the data.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
internal sealed class ContainerProcess : IAsyncDisposable
{
    private const string Nobody = "65534";

    private readonly Process _process;
    private readonly DirectoryInfo _data;

    private ContainerProcess(Process process, DirectoryInfo data, Uri address)
    {
        (_process, _data) = (process, data);
        Port = address.Port;
        Http = new HttpClient { BaseAddress = new($"http://127.0.0.1:{Port}") };
    }

    public int Port { get; }

    public HttpClient Http { get; }

    /// <param name="program">The folder of the program.</param>
    /// <param name="environment">As the container has it; its data folder becomes one of this process, its port a free one.</param>
    public static async Task<ContainerProcess> StartAsync(string program, IReadOnlyDictionary<string, string> environment)
    {
        var data = Directory.CreateTempSubdirectory("yaopai-data-");
        string[] command = [Path.Combine(program, "Yaopai.Server")];
        if (Environment.IsPrivilegedProcess)
        {
            await RunAsync("chown", Nobody, data.FullName);
            command = ["setpriv", $"--reuid={Nobody}", $"--regid={Nobody}", "--clear-groups", .. command];
        }

        var start = new ProcessStartInfo(command[0], command[1..])
        {
            WorkingDirectory = data.FullName,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Clear();
        start.Environment["PATH"] = Environment.GetEnvironmentVariable("PATH");
        start.Environment["DOTNET_ROOT"] = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "../../.."));
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value.Replace("/data", data.FullName, StringComparison.Ordinal)
                .Replace("*:7700", "*:0", StringComparison.Ordinal);
        }

        var process = Process.Start(start)!;
        return new(process, data, await ServerProcess.AddressAsync(process).WaitAsync(TimeSpan.FromSeconds(60)));
    }

    /// <summary>Runs what says whether the container is healthy; its exit code.</summary>
    public Task<int> CheckHealthAsync() => CheckHealthAsync(Port);

    public static async Task<int> CheckHealthAsync(int port)
    {
        var command = Containerfile.HealthCheck.Select(word => word.Replace("/7700", $"/{port}", StringComparison.Ordinal)).ToArray();
        return await RunAsync(command[0], command[1..]);
    }

    /// <summary>As a container is stopped; the exit code.</summary>
    public async Task<int> StopAsync()
    {
        await RunAsync("kill", "-TERM", $"{_process.Id}");
        await _process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
        _data.Delete(recursive: true);
    }

    private static async Task<int> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode;
    }
}
