using System.Diagnostics;
using Yaopai.Tests.Http;

namespace Yaopai.Tests.OrderService;

/// <summary>The sample as a process of its own, on a free port.</summary>
internal sealed class OrderServiceProcess : IAsyncDisposable
{
    private readonly Process _process;

    private OrderServiceProcess(Process process, Uri address)
    {
        (_process, Address) = (process, address);
        Http = new HttpClient { BaseAddress = address };
    }

    public Uri Address { get; }

    public HttpClient Http { get; }

    public static async Task<OrderServiceProcess> StartAsync(params string[] settings)
    {
        var configuration = Path.GetFileName(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        var program = Path.Combine(Repository.Root, "artifacts", "bin", "OrderService", configuration, "OrderService.dll");
        var process = Process.Start(new ProcessStartInfo("dotnet", [program, "--urls=http://127.0.0.1:0", .. settings])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        })!;
        return new(process, await ServerProcess.AddressAsync(process).WaitAsync(TimeSpan.FromSeconds(60)));
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
