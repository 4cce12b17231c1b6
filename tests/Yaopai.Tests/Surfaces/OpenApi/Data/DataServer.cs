using Yaopai.Tests.Http;

namespace Yaopai.Tests.Surfaces.OpenApi.Data;

/// <summary>A server whose demo app has defined and stored something, for tests that change the app itself.</summary>
public class DataServer : ServerFixture
{
    private readonly Lazy<Task<(string Note, string Card)>> _objects;

    public DataServer() => _objects = new(() => Demo.PrepareAsync());

    internal DataCaller Demo => field ??= new(Server);

    /// <summary>Its objects.</summary>
    internal Task<(string Note, string Card)> PreparedAsync() => _objects.Value;

    /// <summary>A call of <see cref="GoodDataCalls"/>, about the objects that are there.</summary>
    internal async Task<(string Name, string? Value)[]> GoodAsync(string method)
    {
        var (note, card) = await PreparedAsync();
        return [.. GoodDataCalls.All[method].Select(one => (one.Name, (string?)one.Value.Replace("{note}", note).Replace("{card}", card)))];
    }
}
