namespace Yaopai.Server.Stores;

/// <summary>Whether this node can serve: schema, keys and revocations are there; and whether it is to be given more to serve.</summary>
internal sealed class Readiness
{
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _settled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _isLeaving;

    public bool IsReady => _ready.Task.IsCompletedSuccessfully;

    public Task Ready => _ready.Task;

    /// <summary>Ends when it is ready, or known that this may take long: until then requests wait and earn no refusal.</summary>
    public Task Settled => _settled.Task;

    /// <summary>It will stop in a moment. It serves whatever still comes, and asks everybody to go elsewhere.</summary>
    public bool IsLeaving => _isLeaving;

    public void Set()
    {
        _ready.TrySetResult();
        _settled.TrySetResult();
    }

    public void Delay() => _settled.TrySetResult();

    public void Leave() => _isLeaving = true;
}
