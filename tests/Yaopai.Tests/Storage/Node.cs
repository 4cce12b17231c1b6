using System.Collections.Concurrent;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Yaopai.Server.Apps;
using Yaopai.Server.Credentials;
using Yaopai.Server.Events;
using Yaopai.Server.Provisioning;
using Yaopai.Server.Storage;
using Yaopai.Server.Storage.Engine;
using Yaopai.Server.Stores;

namespace Yaopai.Tests.Storage;

/// <summary>The storage of one server, with all that runs behind it.</summary>
internal sealed class Node : IAsyncDisposable, IRevocationListener, IChangeListener
{
    private readonly ServiceProvider _services;
    private readonly Stack<IHostedService> _started = new();

    public Node(string location, TimeProvider? clock = null, params (string Key, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(
        [
            new("Storage:Database", location),
            .. settings.Select(setting => new KeyValuePair<string, string?>($"Storage:{setting.Key}", setting.Value)),
        ]).Build();
        _services = new ServiceCollection()
            .AddLogging()
            .AddSingleton(clock ?? TimeProvider.System)
            .AddSingleton<IRevocationListener>(this)
            .AddSingleton<IChangeListener>(this)
            .AddSingleton<IAppClock, WallClock>()
            .AddEvents()
            .AddProvisioning()
            .AddSingleton(Samples.Identifiers)
            .AddStorage(configuration)
            .BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
    }

    public ConcurrentQueue<Revocation> Revoked { get; } = [];

    public ConcurrentQueue<Change> Changed { get; } = [];

    public FeedReader Feed => Get<FeedReader>();

    public T Get<T>() where T : class => _services.GetRequiredService<T>();

    public async Task<Node> StartAsync()
    {
        foreach (var service in _services.GetServices<IHostedService>())
        {
            await service.StartAsync(default);
            _started.Push(service);
        }

        return this;
    }

    public void OnRevoked(Revocation revocation) => Revoked.Enqueue(revocation);

    public void OnChanged(Change change) => Changed.Enqueue(change);

    public async ValueTask DisposeAsync()
    {
        while (_started.TryPop(out var service))
            await service.StopAsync(default);
        await _services.DisposeAsync();
    }
}
