using Yaopai.Server.Storage.Engine;

namespace Yaopai.Server.Storage.Hot;

/// <summary>What a group adds to one number, and who gets which number for it.</summary>
internal sealed class IncrementSum
{
    private readonly List<(PendingRow<HashIncrement, long?> PendingWrite, long Sum)> _parts = [];
    private readonly List<PendingRow<HashIncrement, long?>> _others = [];
    private readonly long _lowest;
    private readonly long _highest;

    public IncrementSum(IGrouping<HashIncrement, PendingRow<HashIncrement, long?>> same)
    {
        Address = same.Key;
        foreach (var waiting in same)
        {
            var sum = (Int128)Total + waiting.Row.By;
            if (sum < long.MinValue || sum > long.MaxValue)
            {
                _others.Add(waiting); // alone it may fit
                continue;
            }

            Total = (long)sum;
            (_lowest, _highest) = (Math.Min(_lowest, Total), Math.Max(_highest, Total));
            _parts.Add((waiting, Total));
        }
    }

    /// <summary>The number that is meant.</summary>
    public HashIncrement Address { get; }

    public long Total { get; }

    /// <summary>From this number on, no part of the way underflows.</summary>
    public long Least => long.MinValue - _lowest;

    /// <summary>Up to this number, no part of the way overflows.</summary>
    public long Most => long.MaxValue - _highest;

    /// <param name="after">The number with all that was added; null when nothing was.</param>
    public void Answer(long? after)
    {
        foreach (var (waiting, sum) in _parts)
            waiting.Answer(after is { } number ? (long)((Int128)number - Total + sum) : null);
        foreach (var waiting in _others)
            waiting.Answer(null);
    }
}
