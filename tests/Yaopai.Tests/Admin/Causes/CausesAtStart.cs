using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using E = Yaopai.Errors.OperatorErrors;

namespace Yaopai.Tests.Admin.Causes;

internal static class CausesAtStart
{
    public static IReadOnlyList<Cause> All { get; } =
    [
        new(E.Startup.AddressTaken,     1, AddressTakenAsync),
        new(E.Startup.AddressUnusable,  1, scene => scene.ServeAsync("--urls=http://192.0.2.1:7700")), // RFC 5737: nobody has it
        new(E.Startup.FileUnusable,     1,
            scene => Operator.OfflineAsync("errors", "export", "--output", Path.Combine(scene.Folder, "none", "errors.json"))),
        new(E.Startup.Interrupted,      0, InterruptedAsync),
        new(E.Startup.AddressMalformed, 1, scene => scene.ServeAsync("--urls=nonsense")),
        new(E.Settings.SettingRefused,  1, scene => scene.ServeAsync("--Storage:PoolSize=1")),
        new(E.Settings.SettingMistyped, 1, scene => scene.ServeAsync("--Grants:CodeLifetime=abc")),
        new(E.Settings.FileMalformed,   1, FileMalformedAsync),
    ];

    private static async Task<Operator.Heard> AddressTakenAsync(Scene scene)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return await scene.ServeAsync($"--urls=http://{listener.LocalEndpoint}");
    }

    /// <summary>Its database is away; it serves the documented codes meanwhile, until somebody stops it.</summary>
    private static async Task<Operator.Heard> InterruptedAsync(Scene scene)
    {
        using var away = new Closed();
        return await scene.RunAsync(
            [("YAOPAI_DATABASE", away.Database)], ["serve", "--urls=http://127.0.0.1:0", $"--data={scene.Data}"],
            (process, line) =>
            {
                if (!line.Contains("Application started", StringComparison.Ordinal))
                    return;
                using var kill = Process.Start("kill", ["-TERM", $"{process.Id}"]);
                kill.WaitForExit();
            });
    }

    private static async Task<Operator.Heard> FileMalformedAsync(Scene scene)
    {
        var environment = Path.GetFileName(scene.Folder);
        var file = Path.Combine(AppContext.BaseDirectory, $"appsettings.{environment}.json");
        await File.WriteAllTextAsync(file, "{ \"Storage\": ");
        try
        {
            return await scene.RunAsync([("ASPNETCORE_ENVIRONMENT", environment)], ["app", "list", .. scene.Where]);
        }
        finally
        {
            File.Delete(file);
        }
    }
}

/// <summary>A port that is taken and refuses every caller.</summary>
internal sealed class Closed : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    public Closed() => _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));

    public string Database => $"postgres:Host=127.0.0.1;Port={((IPEndPoint)_socket.LocalEndPoint!).Port};Database=yaopai;Username=yaopai";

    /// <summary>From now on callers are let in, and nobody answers them.</summary>
    public Closed Listening()
    {
        _socket.Listen();
        return this;
    }

    public void Dispose() => _socket.Dispose();
}
