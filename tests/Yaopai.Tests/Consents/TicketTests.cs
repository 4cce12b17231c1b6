using Yaopai.Server.Consents;

namespace Yaopai.Tests.Consents;

public sealed class TicketTests
{
    [Fact]
    public void No_two_kinds_of_tickets_are_taken_for_each_other()
    {
        var kinds = typeof(ITicket).Assembly.GetTypes()
            .Where(type => type.IsClass && type.IsAssignableTo(typeof(ITicket)))
            .Select(type => type.GetProperty(nameof(ITicket.Kind))!.GetValue(null))
            .ToList();

        Assert.True(kinds.Count >= 3);
        Assert.Distinct(kinds);
    }
}
