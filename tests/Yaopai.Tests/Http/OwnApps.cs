using Yaopai.Server.Sandbox;

namespace Yaopai.Tests.Http;

/// <summary>Three apps of one class on the shared server: one, its sibling of the same developer,
/// and a stranger that may do less.</summary>
/// <remarks>For classes that move an app's clock, change its settings, or take back what people allowed it.</remarks>
public sealed class OwnApps(SharedServer shared) : IAsyncLifetime
{
    public TestServer Server => shared.Server;

    internal DemoData.DemoApp Demo { get; private set; } = null!;

    internal DemoData.DemoApp Sibling { get; private set; } = null!;

    internal DemoData.DemoApp Stranger { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Demo = await Server.NewAppAsync(DemoData.Apps[0]);
        Sibling = await Server.NewAppAsync(DemoData.Apps[1], Demo.DeveloperId);
        Stranger = await Server.NewAppAsync(DemoData.Apps[2]);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
