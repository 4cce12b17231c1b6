using Yaopai.Server.Admin;
using Yaopai.Server.Storage;
using E = Yaopai.Errors.OperatorErrors;

namespace Yaopai.Tests.Admin;

public sealed class FailuresTests
{
    private static readonly TaskCanceledException s_cancelled = new();

    [Fact]
    public void What_a_failure_cancelled_does_not_hide_it()
    {
        var newer = new SchemaException("newer");

        Assert.Equal(E.Storage.SchemaNewer, Failures.Explain(new AggregateException(s_cancelled, newer))?.Error);
        Assert.Equal(E.Storage.SchemaNewer, Failures.Explain(new AggregateException(newer, s_cancelled, newer))?.Error);
    }

    [Fact]
    public void Cancellations_alone_are_no_failure_and_a_fault_of_the_program_stays_one()
    {
        var fault = new InvalidTimeZoneException();

        Assert.True(Failures.IsCancellation(s_cancelled));
        Assert.True(Failures.IsCancellation(new AggregateException(s_cancelled, s_cancelled)));
        Assert.False(Failures.IsCancellation(new AggregateException(s_cancelled, fault)));
        Assert.Null(Failures.Explain(new AggregateException(s_cancelled, fault)));
    }
}
