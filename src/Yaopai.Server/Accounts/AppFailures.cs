using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Yaopai.Server.Apps;

namespace Yaopai.Server.Accounts;

/// <summary>Failures of people whom an app's own server signs in: they all come from its address, which says nothing of them.</summary>
/// <remarks>The limit is for trying one password on many people. It is high, because one who is at it shuts out all the others.</remarks>
internal sealed class AppFailures(IOptions<SignInOptions> options, IAppClock clock)
{
    private readonly ConcurrentDictionary<long, (long Window, int Count)> _failures = new();

    private long Window => clock.Now.UtcTicks / options.Value.FailureWindow.Ticks;

    public bool IsSpent(long appId) => _failures.TryGetValue(appId, out var failures) && failures.Window == Window
        && failures.Count >= options.Value.FailuresPerApp;

    public void Count(long appId)
    {
        var window = Window;
        _failures.AddOrUpdate(
            appId, (window, 1), (_, known) => known.Window == window ? (window, known.Count + 1) : (window, 1));
    }

    public void Clear() => _failures.Clear();
}
