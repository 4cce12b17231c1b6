using System.Net;
using Microsoft.Extensions.Options;
using Yaopai.Server.Accounts;
using Yaopai.Server.Apps;
using Yaopai.Server.Hosting;

namespace Yaopai.Server.Admin.Api;

/// <summary>Wrong admin keys by address: who tries many is made to wait, whatever they show then.</summary>
internal sealed class AdminFailures(IOptions<AdminOptions> options, TimeProvider time)
{
    private static readonly TimeSpan s_window = TimeSpan.FromMinutes(15);

    private readonly AddressFailures _counts = new(
        Options.Create(new SignInOptions { FailuresPerAddress = options.Value.FailuresPerAddress, FailureWindow = s_window }),
        new WallClock(time)); // and not the clock that the sandbox moves

    /// <summary>How long an address has to wait; null where it need not.</summary>
    public TimeSpan? WaitFor(IPAddress peer) =>
        _counts.IsSpent(peer) ? s_window - TimeSpan.FromTicks(time.GetUtcNow().UtcTicks % s_window.Ticks) : null;

    public void Count(IPAddress peer) => _counts.Count(peer);
}
