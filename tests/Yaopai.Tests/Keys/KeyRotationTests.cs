using Microsoft.Extensions.Logging.Abstractions;
using Yaopai.Server.Keys;
using Yaopai.Server.Stores;

namespace Yaopai.Tests.Keys;

public sealed class KeyRotationTests
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan s_minute = TimeSpan.FromMinutes(1);

    private readonly Rings _rings = new();

    [Fact]
    public async Task Keys_are_made_at_start_and_each_minute_and_a_failure_of_storage_is_survived()
    {
        var ring = await _rings.StartAsync();
        var ready = new Readiness();
        ready.Set();
        using var rotation = new KeyRotation(ring, ready, _rings.Clock, NullLogger<KeyRotation>.Instance);

        var failed = NextCall("list");
        _rings.Store.IsAway = true;
        await rotation.StartAsync(default);
        await failed.WaitAsync(s_timeout);

        var made = NextCall("2026-11-20");
        _rings.Store.IsAway = false;
        _rings.Clock.Advance(s_minute);
        await made.WaitAsync(s_timeout);

        var madeNextDay = NextCall("2026-11-22");
        _rings.Clock.Advance(TimeSpan.FromDays(1));
        await madeNextDay.WaitAsync(s_timeout);

        await rotation.StopAsync(default);
        Assert.True(rotation.ExecuteTask!.IsCompleted);
    }

    private Task NextCall(string name)
    {
        var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _rings.Store.Called = call => _ = call == name && seen.TrySetResult();
        return seen.Task;
    }
}
