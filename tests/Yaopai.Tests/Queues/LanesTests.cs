using Yaopai.Server.Events;
using Yaopai.Server.Queues;
using Yaopai.Tests.Storage;

namespace Yaopai.Tests.Queues;

public sealed class LanesTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task F13_so_many_items_of_one_owner_are_under_way_at_the_same_time_and_one_of_an_owner_whose_items_fail(int perOwner)
    {
        var queue = new Endless();
        using var lanes = new Lanes(
            queue, new EventSignal(), TimeProvider.System, TimeSpan.FromMilliseconds(20), concurrency: 16, perOwner);
        using var stop = new CancellationTokenSource();
        var running = lanes.RunAsync(stop.Token);

        await StaysAsync(perOwner);
        queue.Finish(Turn.Failed);
        await StaysAsync(1);
        queue.Finish(Turn.Done);
        await StaysAsync(perOwner);

        await stop.CancelAsync();
        queue.Finish(Turn.Nothing);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);

        async Task StaysAsync(int count)
        {
            await Eventually.HoldsAsync(() => Task.FromResult(queue.UnderWay == count));
            var looked = queue.Looked;
            await Eventually.HoldsAsync(() => Task.FromResult(queue.Looked > looked + 10));
            Assert.Equal(count, queue.UnderWay);
        }
    }

    /// <summary>One owner, who always has another item; each takes until the test lets it end.</summary>
    private sealed class Endless : IQueue
    {
        private readonly Lock _lock = new();
        private TaskCompletionSource<Turn> _end = New();
        private int _underWay;
        private int _looked;

        public int UnderWay => Volatile.Read(ref _underWay);

        /// <summary>How often it was asked for owners.</summary>
        public int Looked => Volatile.Read(ref _looked);

        /// <summary>Ends all that are under way.</summary>
        public void Finish(Turn turn)
        {
            TaskCompletionSource<Turn> ended;
            lock (_lock)
                (ended, _end) = (_end, New());
            ended.SetResult(turn);
        }

        public Task<IReadOnlyList<long>> DueOwnersAsync(CancellationToken ct)
        {
            Interlocked.Increment(ref _looked);
            return Task.FromResult<IReadOnlyList<long>>([7]);
        }

        public async Task<Turn> ServeNextAsync(long owner, CancellationToken ct)
        {
            Task<Turn> end;
            lock (_lock)
                end = _end.Task;
            Interlocked.Increment(ref _underWay);
            try
            {
                return await end;
            }
            finally
            {
                Interlocked.Decrement(ref _underWay);
            }
        }

        public void LogInterrupted(long owner, Exception exception)
        {
        }

        private static TaskCompletionSource<Turn> New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
