using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;

namespace Yaopai.Server.Gateway;

/// <summary>Says at start that other machines reach the server without encryption, where no proxy is named that has it.</summary>
internal sealed class PlainHttp(IServer server, IOptions<GatewayOptions> gateway, ILogger<PlainHttp> log) : IHostedLifecycleService
{
    public Task StartedAsync(CancellationToken ct)
    {
        if (gateway.Value.Proxies.Length == 0)
            foreach (var address in server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [])
                if (IsOpen(BindingAddress.Parse(address)))
                    log.HttpBeyondLoopback(address);

        return Task.CompletedTask;
    }

    private static bool IsOpen(BindingAddress address) =>
        address.Scheme.Equals("http", StringComparison.OrdinalIgnoreCase) && !address.IsUnixPipe && !address.IsNamedPipe
        && !address.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        && !(IPAddress.TryParse(address.Host, out var host) && IPAddress.IsLoopback(host));

    public Task StartingAsync(CancellationToken ct) => Task.CompletedTask;

    public Task StartAsync(CancellationToken ct) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken ct) => Task.CompletedTask;

    public Task StopAsync(CancellationToken ct) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken ct) => Task.CompletedTask;
}
