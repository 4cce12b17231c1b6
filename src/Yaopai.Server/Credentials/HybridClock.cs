using Yaopai.Server.Stores;

namespace Yaopai.Server.Credentials;

/// <summary>What credentials and revocations are dated by: the wall clock, and never before what this node has seen (a hybrid logical
/// clock).</summary>
/// <remarks>
/// A revocation is dated ahead by as much as clocks may be apart, so that it ends what a faster clock has dated; what is made when it is
/// known is dated after it all the same (docs/decisions/0018).
/// </remarks>
internal sealed class HybridClock(TimeProvider time, ClockSkew skew, IRevocationStore store) : IRevocationListener
{
    /// <summary>Twice what clocks may be apart at most, and some more. What is further ahead is of a broken clock, and nobody follows it.
    /// </summary>
    public static readonly TimeSpan Furthest = TimeSpan.FromMinutes(15);

    private long _latest;

    /// <summary>After every revocation that this node knows. What stands on anything that has to be looked at is dated by it first: a
    /// revocation that comes meanwhile has to be later.</summary>
    public DateTimeOffset Now
    {
        get
        {
            var now = time.GetUtcNow().UtcTicks;
            var latest = Volatile.Read(ref _latest);
            if (latest > now && latest - now <= Furthest.Ticks)
                return new DateTimeOffset(latest, TimeSpan.Zero);

            RaiseTo(now);
            return new DateTimeOffset(now, TimeSpan.Zero);
        }
    }

    /// <summary>After every revocation that is stored, also where this node has not heard of it yet.</summary>
    public async ValueTask<DateTimeOffset> NowAsync(CancellationToken ct)
    {
        if (await store.LatestAsync(time.GetUtcNow() + Furthest, ct) is { } latest)
            Follow(latest);
        return Now;
    }

    /// <summary>To the microsecond, as it is stored: no node has dated anything later by now.</summary>
    public async ValueTask<DateTimeOffset> UpperBoundAsync(CancellationToken ct)
    {
        var now = await NowAsync(ct);
        var fastest = time.GetUtcNow() + skew.Most;
        return CeilingOfMicrosecond(now > fastest ? now : fastest);
    }

    public void OnRevoked(Revocation revocation)
    {
        // The revocation of one pair is dated far ahead, and concerns nothing else.
        if (revocation.GrantId == Guid.Empty)
            Follow(revocation.Before);
    }

    private void Follow(DateTimeOffset before)
    {
        if (before - time.GetUtcNow() <= Furthest)
            RaiseTo(before.AddMicroseconds(1).UtcTicks);
    }

    private void RaiseTo(long ticks)
    {
        for (var known = Volatile.Read(ref _latest); known < ticks;)
        {
            var seen = Interlocked.CompareExchange(ref _latest, ticks, known);
            if (seen == known)
                return;

            known = seen;
        }
    }

    /// <summary>Rounded down, a revocation would miss what was dated in the same microsecond.</summary>
    private static DateTimeOffset CeilingOfMicrosecond(DateTimeOffset instant) =>
        instant.AddTicks((TimeSpan.TicksPerMicrosecond - (instant.Ticks % TimeSpan.TicksPerMicrosecond)) % TimeSpan.TicksPerMicrosecond);
}
