using System.Diagnostics;

namespace Yaopai.Tests.Storage;

/// <summary>Waits for what happens by itself, and fails with the last answer when it does not.</summary>
internal static class Eventually
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(60);

    public static async Task HoldsAsync(Func<Task<bool>> condition)
    {
        var since = Stopwatch.GetTimestamp();
        while (!await condition())
        {
            Assert.True(Stopwatch.GetElapsedTime(since) < s_timeout, "It did not come about.");
            await Task.Delay(20);
        }
    }

    /// <summary>Until it throws nothing.</summary>
    public static Task SucceedsAsync<TException>(Func<Task> act) where TException : Exception => HoldsAsync(async () =>
    {
        try
        {
            await act();
            return true;
        }
        catch (TException)
        {
            return false;
        }
    });
}
