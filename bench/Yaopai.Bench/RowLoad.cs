
namespace Yaopai.Bench;

/// <summary>One row under load, on the server and beside it on its yardstick.</summary>
internal sealed class RowLoad(Row row, Seed seed, Child server, Child floor, Quiet quiet, string folder, int[] databasePids)
{
    private const int LeastForms = 1_000;
    private const double FirstGuessPerSecond = 50_000;

    private readonly List<RowPair> _rounds = [];
    private double _perSecond = FirstGuessPerSecond;

    public Row Row => row;

    private string Forms => Path.Combine(folder, row.Name + ".txt");

    /// <summary>Long enough for the code to be compiled as it stays.</summary>
    public async Task WarmUpAsync(double seconds)
    {
        await WriteFormsAsync(seconds);
        var run = await Checked(Wrk.RunAsync(server.Url, row.Path, row.Sending, Forms, seconds));
        _perSecond = Math.Max(_perSecond, run.PerSecond); // the first requests are slow, and tell too little of those that follow
        if (row.Against is Yardstick.Floor)
            await OnFloorAsync(seconds);
    }

    /// <summary>Measures both, in this order or the other. What the machine lost to others meanwhile decides
    /// whether the pair is kept.</summary>
    public async Task<RowPair> MeasureAsync(double seconds, bool floorFirst)
    {
        await WriteFormsAsync(seconds);
        var yardstick = floorFirst ? await YardstickAsync(seconds) : default;
        var (run, disturbance) = await quiet.WatchAsync(
            () => Checked(Wrk.RunAsync(server.Url, row.Path, row.Sending, Forms, seconds)), [server.Pid, floor.Pid, .. databasePids]);
        if (!floorFirst)
            yardstick = await YardstickAsync(seconds);

        _perSecond = Math.Max(_perSecond, run.PerSecond);
        return new(run, yardstick.Value.Run, yardstick.Value.PerSecond, Disturbance.Worse(disturbance, yardstick.Disturbance));
    }

    public void Keep(RowPair pair) => _rounds.Add(pair);

    public RowFigures Figures() => new(
        row.Name, _rounds.Count, _rounds.Count(round => round.Disturbance.IsTooMuch),
        Median(round => round.Server.PerSecond), Median(round => round.Yardstick),
        Median(round => round.Share), _rounds.Min(round => round.Share), _rounds.Max(round => round.Share),
        Median(round => round.Server.P50.TotalMilliseconds), Median(round => round.Server.P99.TotalMilliseconds),
        Median(round => round.Floor?.P99.TotalMilliseconds ?? 0));

    private double Median(Func<RowPair, double> figure)
    {
        var sorted = _rounds.Select(figure).Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    private async Task<((Run? Run, double PerSecond) Value, Disturbance Disturbance)> YardstickAsync(double seconds) =>
        await quiet.WatchAsync<(Run?, double)>(
            async () =>
            {
                if (row.Against is Yardstick.Signing)
                    return (null, await Signing.PerSecondAsync(TimeSpan.FromSeconds(Math.Min(1, seconds))));

                var run = await OnFloorAsync(seconds);
                return (run, run.PerSecond);
            }, [server.Pid, floor.Pid, .. databasePids]);

    /// <summary>The floor is asked the same, but minds no form that comes twice.</summary>
    private Task<Run> OnFloorAsync(double seconds) => Checked(Wrk.RunAsync(
        floor.Url, "/" + row.Name + new Uri(floor.Url, row.Path).Query, row.Sending is Sending.Once ? Sending.Again : row.Sending,
        Forms, seconds));

    private async Task WriteFormsAsync(double seconds)
    {
        if (row.Sending is Sending.Once || !File.Exists(Forms))
            await seed.WriteAsync(row, Forms, row.Sending is Sending.Once ? LeastForms + (int)(_perSecond * 2 * seconds) : LeastForms);
    }

    /// <summary>A run in which requests failed that should not, or succeeded that should not, has measured something else.</summary>
    private async Task<Run> Checked(Task<Run> running)
    {
        var run = await running;
        // the other path refuses in a header
        var refusals = row.Twin is not null && row.Path.Contains("/token", StringComparison.Ordinal) ? run.Requests : 0;
        return run.Broken == 0 && run.Refused == refusals && run.Requests > 0
            ? run
            : throw new InvalidOperationException(
                $"{row.Name}: of {run.Requests} requests {run.Refused} were refused, {run.Broken} broke.");
    }
}

/// <summary>One round of a row: the server, and what it is held against, one right after the other.</summary>
internal sealed record RowPair(Run Server, Run? Floor, double Yardstick, Disturbance Disturbance)
{
    public double Share => Server.PerSecond / Yardstick;

    public override string ToString() =>
        $"{Server.PerSecond:N0} of {Yardstick:N0} a second, {Share:0.00} (spin {Disturbance.Spin:0.00}, others {Disturbance.Others:P1})";
}
