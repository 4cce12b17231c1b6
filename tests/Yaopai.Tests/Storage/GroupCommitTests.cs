using Yaopai.Server.Storage.Engine;

namespace Yaopai.Tests.Storage;

public sealed class GroupCommitTests : IDisposable
{
    private static readonly TimeSpan s_long = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim _commits = new(0);
    private readonly List<int[]> _groups = [];
    private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Dispose() => _commits.Dispose();

    [Theory, InlineData(false), InlineData(true)]
    public async Task What_waits_while_a_group_is_committed_becomes_the_next_group(bool ownThread)
    {
        await using var writer = new GroupCommit<PendingRow<int, int>>(most: 3, WriteAsync, ownThread);
        var answers = new List<Task<int>> { Add(writer, 0) };
        await _begun.Task;
        answers.AddRange(Enumerable.Range(1, 5).Select(row => Add(writer, row)));

        _commits.Release(10);
        var answered = await Task.WhenAll(answers);

        Assert.Equal([0, 10, 20, 30, 40, 50], answered);
        Assert.Equal([[0], [1, 2, 3], [4, 5]], _groups);
    }

    [Fact]
    public async Task Nobody_is_answered_before_the_commit()
    {
        await using var writer = new GroupCommit<PendingRow<int, int>>(most: 3, WriteAsync);
        var answer = Add(writer, 1);
        await _begun.Task;

        Assert.False(answer.IsCompleted);

        _commits.Release(10);
        Assert.Equal(10, await answer);
    }

    [Fact]
    public async Task When_the_commit_fails_everybody_in_the_group_is_told_and_the_next_group_is_written()
    {
        var tries = 0;
        await using var writer = new GroupCommit<PendingRow<int, int>>(most: 10, async group =>
        {
            _begun.TrySetResult();
            await _commits.WaitAsync();
            if (++tries == 2)
                throw new InvalidOperationException("commit");
            foreach (var waiting in group)
                waiting.Answer(waiting.Row);
        });
        var first = Add(writer, 0);
        await _begun.Task;
        Task<int>[] group = [Add(writer, 1), Add(writer, 2), Add(writer, 3)];
        _commits.Release(10);

        Assert.Equal(0, await first);
        foreach (var answer in group)
            await Assert.ThrowsAsync<InvalidOperationException>(() => answer);
        Assert.Equal(4, await Add(writer, 4));
    }

    [Fact]
    public async Task A_write_whose_caller_has_gone_is_not_begun()
    {
        await using var writer = new GroupCommit<PendingRow<int, int>>(most: 10, WriteAsync);
        using var gone = new CancellationTokenSource();
        var first = Add(writer, 0);
        await _begun.Task;
        var second = Add(writer, 1, gone.Token);
        var third = Add(writer, 2);
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);

        _commits.Release(10);
        await Task.WhenAll(first, third);

        Assert.Equal([[0], [2]], _groups);
    }

    [Fact]
    public async Task Closing_writes_what_waits()
    {
        var writer = new GroupCommit<PendingRow<int, int>>(most: 1, WriteAsync);
        Task<int>[] answers = [Add(writer, 1), Add(writer, 2)];
        _commits.Release(10);

        await writer.DisposeAsync();

        var answered = await Task.WhenAll(answers);
        Assert.Equal([10, 20], answered);
        Assert.Throws<ObjectDisposedException>(() => writer.Add(new(3)));
    }

    private static Task<int> Add(GroupCommit<PendingRow<int, int>> writer, int row, CancellationToken ct = default)
    {
        var waiting = new PendingRow<int, int>(row);
        writer.Add(waiting);
        return waiting.AnswerWithinAsync(s_long, ct);
    }

    private async Task WriteAsync(IReadOnlyList<PendingRow<int, int>> group)
    {
        _begun.TrySetResult();
        await _commits.WaitAsync();
        _groups.Add([.. group.Select(waiting => waiting.Row)]);
        foreach (var waiting in group)
            waiting.Answer(waiting.Row * 10);
    }
}
