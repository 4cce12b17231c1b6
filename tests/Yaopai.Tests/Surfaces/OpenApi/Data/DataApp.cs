using Yaopai.Tests.Http;

namespace Yaopai.Tests.Surfaces.OpenApi.Data;

/// <summary>An app of one class that has defined and stored something.</summary>
public sealed class DataApp : IAsyncLifetime
{
    private readonly SharedServer _shared;
    private readonly Lazy<Task<(string Note, string Card)>> _objects;

    public DataApp(SharedServer shared)
    {
        _shared = shared;
        _objects = new(() => Demo.PrepareAsync());
    }

    public TestServer Server => _shared.Server;

    internal DataCaller Demo { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Demo = await NewCallerAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>Another app, which has stored nothing yet.</summary>
    internal async Task<DataCaller> NewCallerAsync() => new(Server, await Server.NewAppAsync());

    /// <summary>Its objects.</summary>
    internal Task<(string Note, string Card)> PreparedAsync() => _objects.Value;

    /// <summary>A call of <see cref="GoodDataCalls"/>, about the objects that are there.</summary>
    internal async Task<(string Name, string? Value)[]> GoodAsync(string method)
    {
        var (note, card) = await PreparedAsync();
        return [.. GoodDataCalls.All[method].Select(one => (one.Name, (string?)one.Value.Replace("{note}", note).Replace("{card}", card)))];
    }
}
