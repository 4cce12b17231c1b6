using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Yaopai.Server.Stores;

namespace Yaopai.Server.Hosting;

/// <summary>What a part of the server has to say to those who have just started it.</summary>
internal interface IIntroduction
{
    IEnumerable<(string What, string Where)> Lines();
}

/// <summary>Says, once the server is ready, where it is, in which environment, and what to try.</summary>
internal sealed class Banner(
    IServer server, Readiness readiness, IHostEnvironment environment, IHostApplicationLifetime life, IEnumerable<IIntroduction> parts,
    ILogger<Banner> log) : IHostedService
{
    public Task StartAsync(CancellationToken ct)
    {
        life.ApplicationStarted.Register(() => _ = ShowAsync());
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken ct) => Task.CompletedTask;

    private async Task ShowAsync()
    {
        try
        {
            await readiness.Ready.WaitAsync(life.ApplicationStopping);
        }
        catch (OperationCanceledException)
        {
            return;
        }

        var addresses = server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
        log.IsReady(environment.EnvironmentName, string.Join(", ", addresses), Introduction());
    }

    private string Introduction() => parts.Any()
        ? $"The sandbox is on.{string.Concat(parts.SelectMany(part => part.Lines()).Select(line => $"\n  {line.What,-9}{line.Where}"))}"
        : "There is no sandbox and no demo data. To try things out: ASPNETCORE_ENVIRONMENT=Development, or YAOPAI_SANDBOX=true.";
}
