namespace Yaopai.Server.Stores;

/// <summary>Whether this node can serve: schema, keys and revocations are there.</summary>
internal sealed class Readiness
{
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public bool IsReady => _ready.Task.IsCompletedSuccessfully;

    public Task Ready => _ready.Task;

    public void Set() => _ready.TrySetResult();
}
