using System.Diagnostics;

namespace Yaopai.Bench;

/// <summary>What one run of the load generator counted.</summary>
internal sealed record Run(long Requests, TimeSpan Took, long Broken, long Refused, TimeSpan P50, TimeSpan P99)
{
    public double PerSecond => Requests / Took.TotalSeconds;
}

/// <summary>The load generator: one thread, on the same processors as what it measures.</summary>
internal static class Wrk
{
    private const int Connections = 32;

    public static async Task<Run> RunAsync(Uri url, string path, Sending sending, string forms, double seconds)
    {
        var script = Path.Combine(AppContext.BaseDirectory, "load.lua");
        var start = new ProcessStartInfo("wrk") { RedirectStandardOutput = true };
        foreach (var argument in (string[])
            ["-t1", $"-c{Connections}", $"-d{Math.Ceiling(seconds)}s", "--latency", "--timeout", "10s", "-s", script,
            new Uri(url, path).ToString(), "--", sending.ToString().ToLowerInvariant(), forms])
            start.ArgumentList.Add(argument);

        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        var result = output.Split('\n').LastOrDefault(line => line.StartsWith("RESULT ", StringComparison.Ordinal))
            ?? throw new InvalidOperationException($"wrk said:\n{output}");

        var numbers = result.Split(' ')[1..].Select(double.Parse).ToArray();
        return new(
            (long)numbers[0], TimeSpan.FromMicroseconds(numbers[1]), (long)numbers[2], (long)numbers[3],
            TimeSpan.FromMicroseconds(numbers[4]), TimeSpan.FromMicroseconds(numbers[5]));
    }
}
