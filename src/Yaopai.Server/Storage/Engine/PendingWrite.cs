namespace Yaopai.Server.Storage.Engine;

/// <summary>A write that waits for its group to be committed.</summary>
internal abstract class PendingWrite
{
    /// <summary>True when its caller has gone: a write that has not begun need not begin any more.</summary>
    public bool IsAbandoned { get; protected set; }

    public abstract void Fail(Exception exception);
}

/// <summary>A write and the answer that its caller waits for.</summary>
internal class PendingWrite<TAnswer> : PendingWrite
{
    private readonly TaskCompletionSource<TAnswer> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Answer(TAnswer answer) => _answer.TrySetResult(answer);

    public override void Fail(Exception exception) => _answer.TrySetException(exception);

    /// <summary>The answer, or a <see cref="TimeoutException"/>. The write may still happen after that, unacknowledged.</summary>
    public async Task<TAnswer> AnswerWithinAsync(TimeSpan timeout, CancellationToken ct)
    {
        try
        {
            return await _answer.Task.WaitAsync(timeout, ct);
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException)
        {
            IsAbandoned = true;
            _ = _answer.Task.ContinueWith(static late => late.Exception, TaskContinuationOptions.OnlyOnFaulted); // nobody is left to see it
            throw;
        }
    }
}

/// <summary>One row that waits to be written together with others.</summary>
internal sealed class PendingRow<TRow, TAnswer>(TRow row) : PendingWrite<TAnswer>
{
    public TRow Row => row;
}
