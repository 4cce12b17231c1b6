using Yaopai.Server.Queues;
using Yaopai.Server.Storage.Engine;

namespace Yaopai.Server.Storage.Sql.Queues;

/// <summary>What a statement asks of an item that waits: that its time has come, and that no node holds it.</summary>
/// <param name="WallClock">Leases are of this one.</param>
internal record DueTerms(long WallClock, long Now, long Beyond)
{
    // A try that is further off than any can be was put off before the clock was moved back.
    public const string IsDue = "lease_until <= @WallClock AND (next_try_at <= @Now OR next_try_at > @Beyond)";

    public DueTerms(Session session, LeaseTerms terms) : this(
        session.Now.ToMilliseconds(), terms.Now.ToMilliseconds(), (terms.Now + terms.LongestRetry).ToMilliseconds())
    {
    }
}
