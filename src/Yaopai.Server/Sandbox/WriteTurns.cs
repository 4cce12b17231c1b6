namespace Yaopai.Server.Sandbox;

/// <summary>Writes of which some stand on others: awaited turn by turn, or begun in their order and awaited at the end.</summary>
internal sealed class WriteTurns(bool isOrdered)
{
    private readonly List<Task> _begun = [];

    public bool IsOrdered => isOrdered;

    public Task TakeAsync(IReadOnlyList<Task> writes)
    {
        if (!isOrdered)
            return Task.WhenAll(writes);

        _begun.AddRange(writes);
        return Task.CompletedTask;
    }

    public Task EndAsync() => Task.WhenAll(_begun);
}
