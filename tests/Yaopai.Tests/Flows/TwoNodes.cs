using Yaopai.Tests.Http;
using Yaopai.Tests.Storage;

namespace Yaopai.Tests.Flows;

/// <summary>Two processes over one PostgreSQL, for the tests of one class.</summary>
public sealed class TwoNodes : IAsyncLifetime
{
    private readonly OnPostgres _engine = new();

    internal ServerProcess First { get; private set; } = null!;

    internal ServerProcess Second { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        await _engine.InitializeAsync();
        var starting = (First: ServerProcess.StartAsync(_engine), Second: ServerProcess.StartAsync(_engine));
        (First, Second) = (await starting.First, await starting.Second);
    }

    public async ValueTask DisposeAsync()
    {
        await First.DisposeAsync();
        await Second.DisposeAsync();
        await _engine.DisposeAsync();
    }
}
