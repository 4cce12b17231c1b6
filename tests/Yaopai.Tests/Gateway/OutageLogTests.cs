using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Yaopai.Server.Gateway;
using Yaopai.Server.Stores;
using Yaopai.Tests.Http;

namespace Yaopai.Tests.Gateway;

public sealed class OutageLogTests
{
    [Fact]
    public void F12_an_outage_fills_no_log_and_what_was_left_out_is_counted()
    {
        var clock = new FakeTimeProvider();
        using var log = new LogOf();
        using var factory = new LoggerFactory([log]);
        var outages = new OutageLog(clock, factory.CreateLogger<OutageLog>());
        var exception = new StorageException(StorageFailure.Timeout, new TimeoutException("too slow"));

        for (var i = 0; i < 100; i++)
            outages.Say(exception, exception.Failure, "/account", $"request-{i}");
        Assert.Equal(OutageLog.LinesPerSecond, log.Lines.Count);
        Assert.All(log.Lines, line => Assert.Contains("Timeout in /account, request ", line, StringComparison.Ordinal));
        Assert.All(log.Lines, line => Assert.DoesNotContain("   at ", line, StringComparison.Ordinal));

        clock.Advance(TimeSpan.FromSeconds(1));
        outages.Say(exception, exception.Failure, "/account", "next");
        Assert.Contains("Warning 90 more requests failed", log.Lines.ElementAt(OutageLog.LinesPerSecond), StringComparison.Ordinal);
        Assert.Equal(OutageLog.LinesPerSecond + 2, log.Lines.Count);
    }
}
