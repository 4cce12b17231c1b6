using System.Diagnostics;

namespace Yaopai.Bench;

/// <summary>Tells whether the machine was ours during a measurement: nobody else on its processors,
/// and they as fast as at their best.</summary>
internal sealed class Quiet
{
    private const double TicksPerSecond = 100; // what /proc counts in, whatever the kernel's own clock

    private double _fastest;

    public Quiet()
    {
        Spin(); // compiled now
        _fastest = Spin();
    }

    /// <summary>Runs the measurement, and says how far it can be believed.</summary>
    /// <param name="pids">Whose processor time is ours besides this program's, with their children.</param>
    public async Task<(T Value, Disturbance Disturbance)> WatchAsync<T>(Func<Task<T>> measure, params int[] pids)
    {
        var spinBefore = Spin();
        var before = OthersSeconds(pids);
        var began = Stopwatch.GetTimestamp();
        var value = await measure();
        var elapsed = Stopwatch.GetElapsedTime(began).TotalSeconds;
        var others = OthersSeconds(pids) - before;
        var spinAfter = Spin();

        _fastest = Math.Min(_fastest, Math.Min(spinBefore, spinAfter));
        return (value, new(Math.Max(spinBefore, spinAfter) / _fastest, others / elapsed / Environment.ProcessorCount));
    }

    /// <summary>Processor time of everybody but us so far, and what the host took away.</summary>
    private static double OthersSeconds(int[] pids)
    {
        var all = Fields(File.ReadLines("/proc/stat").First())[1..].Select(double.Parse).ToArray();
        var used = all.Sum() - all[3] - all[4] - all[8] - all[9]; // not what was idle or waited, nor guests, which are counted as user too

        var processes = Processes();
        return (used - processes.Values.Where(IsOurs).Sum(process => process.Ticks)) / TicksPerSecond;

        bool IsOurs(ProcessTime process) =>
            process.Pid == Environment.ProcessId || pids.Contains(process.Pid)
            || (processes.TryGetValue(process.Parent, out var parent) && IsOurs(parent));
    }

    private static Dictionary<int, ProcessTime> Processes()
    {
        var processes = new Dictionary<int, ProcessTime>();
        foreach (var folder in Directory.EnumerateDirectories("/proc").Where(folder => int.TryParse(Path.GetFileName(folder), out _)))
        {
            try
            {
                var stat = File.ReadAllText(Path.Combine(folder, "stat"));
                var fields = Fields(stat[(stat.LastIndexOf(')') + 1)..]); // the name before it may hold spaces
                var pid = int.Parse(Path.GetFileName(folder));

                // Own time, and that of children that have ended.
                processes[pid] = new(pid, int.Parse(fields[1]), fields[11..15].Sum(double.Parse));
            }
            catch (IOException)
            {
                // It ended meanwhile.
            }
        }

        return processes;
    }

    private static string[] Fields(string line) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The best of a few: what is short and passes is not what disturbs seconds.</summary>
    private static double Spin() => Enumerable.Range(0, 4).Select(_ => SpinOnce()).Min();

    private static double SpinOnce()
    {
        var began = Stopwatch.GetTimestamp();
        Parallel.For(0, Environment.ProcessorCount, _ =>
        {
            var state = 1u;
            for (var i = 0; i < 20_000_000; i++)
                state = (state * 1664525) + 1013904223;
            if (state == 0)
                throw new UnreachableException(); // keeps the loop from being left out
        });
        return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
    }

    private readonly record struct ProcessTime(int Pid, int Parent, double Ticks);
}

/// <summary>What a measurement lost to others.</summary>
/// <param name="Spin">How much longer a fixed spin took, just before or just after, than the fastest of all.</param>
/// <param name="Others">The share of all processors that others used meanwhile, or the host took away.</param>
internal readonly record struct Disturbance(double Spin, double Others)
{
    private const double MostSpin = 1.25;
    private const double MostOthers = 0.04;

    public bool IsTooMuch => Spin > MostSpin || Others > MostOthers;

    /// <summary>To find the least of several.</summary>
    public double Weight => Math.Max(Spin - 1, Others);

    public static Disturbance Worse(Disturbance one, Disturbance other) =>
        new(Math.Max(one.Spin, other.Spin), Math.Max(one.Others, other.Others));
}
