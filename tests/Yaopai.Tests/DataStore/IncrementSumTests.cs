using FsCheck;
using FsCheck.Fluent;
using Yaopai.Server.Storage.Engine;
using Yaopai.Server.Storage.Hot;

namespace Yaopai.Tests.DataStore;

/// <summary>A group that is added at once answers as if it had been added one by one.</summary>
public sealed class IncrementSumTests
{
    private static readonly long[] s_edges = [long.MinValue, long.MinValue + 1, -1, 0, 1, long.MaxValue - 1, long.MaxValue];

    private static readonly Gen<long> s_numbers = Gen.OneOf(
        Gen.Elements(s_edges), Gen.Choose(-5, 5).Select(number => (long)number), ArbMap.Default.GeneratorFor<long>());

    private static readonly Gen<(long Start, long[] By)> s_groups =
        s_numbers.SelectMany(start => s_numbers.ArrayOf().Where(by => by.Length > 0).Select(by => (start, by)));

    [Fact]
    public void Each_is_told_the_number_after_its_own_part_or_nothing_and_no_part_of_the_way_overflows() =>
        Prop.ForAll(Arb.From(s_groups), group =>
        {
            var waiting = group.By.Select(by => new PendingRow<HashIncrement, long?>(new(1, "type", "key", "", by))).ToArray();
            var sum = new IncrementSum(waiting.GroupBy(one => one.Row with { By = 0 }).Single());
            var taken = group.Start >= sum.Least && group.Start <= sum.Most;
            sum.Answer(taken ? group.Start + sum.Total : null);

            Int128 number = group.Start;
            foreach (var one in waiting)
            {
                if (one.AnswerWithinAsync(TimeSpan.FromMinutes(1), default).GetAwaiter().GetResult() is not { } answer)
                    continue;

                number += one.Row.By;
                if (answer != number)
                    return false;
            }

            return number == (taken ? (Int128)group.Start + sum.Total : group.Start);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    [Theory]
    [InlineData(0, 1, 2)]
    [InlineData(-3, 1, 2)]
    [InlineData(long.MaxValue - 3, 1, 2)]
    public void What_fits_is_taken(long start, long first, long second)
    {
        long[] by = [first, second];
        var waiting = by.Select(one => new PendingRow<HashIncrement, long?>(new(1, "type", "key", "", one))).ToArray();
        var sum = new IncrementSum(waiting.GroupBy(one => one.Row with { By = 0 }).Single());

        Assert.InRange(start, sum.Least, sum.Most);
        Assert.Equal(by.Sum(), sum.Total);
    }
}
