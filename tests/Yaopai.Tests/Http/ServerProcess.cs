using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Yaopai.Tests.Storage;

namespace Yaopai.Tests.Http;

/// <summary>The server as a process of its own, that can be killed.</summary>
internal sealed partial class ServerProcess : IAsyncDisposable
{
    private readonly Process _process;

    private ServerProcess(Process process, Uri address)
    {
        (_process, Address) = (process, address);
        Http = new HttpClient { BaseAddress = address };
    }

    public Uri Address { get; }

    public HttpClient Http { get; }

    /// <param name="environment">Settings of this process, besides those that all have.</param>
    public static async Task<ServerProcess> StartAsync(Engine engine, params (string Name, string Value)[] environment)
    {
        // A shell lets what it starts in the background ignore Ctrl+C, and so would its children.
        var start = new ProcessStartInfo("env",
            ["--default-signal=INT", "dotnet", Path.Combine(AppContext.BaseDirectory, "Yaopai.Server.dll"), "--urls", "http://127.0.0.1:0"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        start.Environment["YAOPAI_DATABASE"] = engine.Location;
        start.Environment["YAOPAI_MASTER_KEY"] = engine.MasterKey;
        start.Environment["YAOPAI_Storage__Timeout"] = "00:00:30";
        foreach (var (name, value) in environment)
            start.Environment[name] = value;

        var process = Process.Start(start)!;
        var address = await AddressAsync(process).WaitAsync(TimeSpan.FromSeconds(60));
        var server = new ServerProcess(process, address);
        await Eventually.HoldsAsync(async () => (await server.Http.GetAsync("/readyz")).IsSuccessStatusCode);
        return server;
    }

    /// <summary>As <c>kill -9</c>: nothing of it gets a chance to finish.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>As an operator or a supervisor sends it: <c>TERM</c>.</summary>
    public async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{_process.Id}"]);
        await kill.WaitForExitAsync();
    }

    /// <summary>The exit code, once it has ended by itself.</summary>
    public async Task<int> ExitAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));
        return _process.ExitCode;
    }

    public async Task<string> CodeAsync(string user = "mainland", string scope = "profile")
    {
        var response = await Http.PostAsJsonAsync("/sandbox/authorize", new { surface = "huawei", client_id = 100000001, user, scope });
        return (await response.JsonAsync()).GetProperty("code").GetString()!;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        if (!_process.HasExited)
            await KillAsync();
        _process.Dispose();
    }

    /// <summary>Where a program of ASP.NET Core says that it listens.</summary>
    internal static async Task<Uri> AddressAsync(Process process)
    {
        var seen = new List<string>();
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            seen.Add(line);
            if (Listening.Match(line) is { Success: true } match)
            {
                // Read on, so that the pipe never fills up and holds the server back.
                _ = process.StandardOutput.ReadToEndAsync();
                _ = process.StandardError.ReadToEndAsync();
                return new Uri(match.Groups[1].Value);
            }
        }

        throw new InvalidOperationException(
            $"The server did not start: {string.Join('\n', seen)}{await process.StandardError.ReadToEndAsync()}");
    }

    [GeneratedRegex("Now listening on: (http://[^ ]+)")]
    private static partial Regex Listening { get; }
}
