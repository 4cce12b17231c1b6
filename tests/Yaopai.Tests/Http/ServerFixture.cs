using System.Net.Http.Json;
using Yaopai.Tests.Storage;

namespace Yaopai.Tests.Http;

/// <summary>A server for the tests of one class, over SQLite.</summary>
public class ServerFixture : IAsyncLifetime
{
    private readonly OnSqlite _engine = new();

    public TestServer Server { get; private set; } = null!;

    public Engine Engine => _engine;

    protected virtual (string Key, string Value)[] Settings => [];

    public virtual async ValueTask InitializeAsync()
    {
        await _engine.InitializeAsync();
        Server = await TestServer.StartAsync(_engine, Settings);
    }

    public virtual async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await _engine.DisposeAsync();
    }

    /// <summary>Breaks something until the answer is disposed.</summary>
    public async Task<IAsyncDisposable> BreakAsync(object fault)
    {
        var response = await Server.Http.PostAsJsonAsync("/sandbox/faults", fault);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        return new Mend(Server);
    }

    private sealed class Mend(TestServer server) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync() => await server.Http.DeleteAsync("/sandbox/faults");
    }
}
