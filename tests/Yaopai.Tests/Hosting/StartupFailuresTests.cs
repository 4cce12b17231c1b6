using Yaopai.Server.Hosting;
using Yaopai.Server.Storage.Engine;
using E = Yaopai.Errors.OperatorErrors;

namespace Yaopai.Tests.Hosting;

public sealed class StartupFailuresTests
{
    private static readonly TaskCanceledException s_cancelled = new();

    [Fact]
    public void What_a_failure_cancelled_does_not_hide_it()
    {
        var newer = new UnusableDatabaseException(DatabaseFault.SchemaNewer, "newer");

        Assert.Equal(E.Storage.SchemaNewer, StartupFailures.Explain(new AggregateException(s_cancelled, newer))?.Error);
        Assert.Equal(E.Storage.SchemaNewer, StartupFailures.Explain(new AggregateException(newer, s_cancelled, newer))?.Error);
    }

    [Fact]
    public void Cancellations_alone_are_no_failure_and_a_fault_of_the_program_stays_one()
    {
        var fault = new InvalidTimeZoneException();

        Assert.True(StartupFailures.IsCancellation(s_cancelled));
        Assert.True(StartupFailures.IsCancellation(new AggregateException(s_cancelled, s_cancelled)));
        Assert.False(StartupFailures.IsCancellation(new AggregateException(s_cancelled, fault)));
        Assert.Null(StartupFailures.Explain(new AggregateException(s_cancelled, fault)));
    }
}
