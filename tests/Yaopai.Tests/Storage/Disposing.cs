namespace Yaopai.Tests.Storage;

/// <summary>An engine of one test.</summary>
internal sealed class Disposing<T>(T it) : IAsyncDisposable where T : Engine
{
    public T It => it;

    public async ValueTask DisposeAsync() => await it.DisposeAsync();
}
