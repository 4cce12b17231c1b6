using System.Text;

namespace Yaopai.Bench;

/// <summary>The results as a table that a person reads.</summary>
internal static class Report
{
    private const double MostP99 = 20;      // ms
    private const double MostReady = 300;   // ms
    private const double MostIdle = 90;     // MB
    private const double MostPeak = 250;    // MB
    private const double Noise = 0.05;      // what two runs of the same thing differ by on a quiet machine

    public static string Render(Measurement results)
    {
        var (server, floor) = (results.Server, results.Floor);
        var machine = $"{results.Processors} processors, shared with the load generator (one thread, 32 connections) · {results.Runtime}";
        var dropped = $"{results.Dropped} rounds dropped because the machine was busy";
        var text = new StringBuilder();
        text.Append(
            $"""
            # {results.Date}

            {machine} · Production, ReadyToRun ·
            medians of {results.Rounds} rounds of {results.Seconds:0.#} s each on server and yardstick · {dropped},
            {results.Rows.Sum(row => row.Disturbed)} kept although it was (no quiet one was to be had) ·
            RSA-2048: {results.Signatures:N0} signatures/s. What the columns mean: [README](../README.md).

            | operation | requests/s | yardstick | share | least to most | target | met | p50 ms | p99 ms | floor p99 ms |
            | --- | ---: | ---: | ---: | :---: | ---: | :---: | ---: | ---: | ---: |

            """);
        foreach (var figures in results.Rows)
            text.AppendLine(RowOf(figures, results.Rows));

        text.Append(
            $"""

            | program | server | floor | target | met |
            | --- | ---: | ---: | ---: | :---: |
            {RowOf("start to first 200 of /readyz, ms", server.ReadyMilliseconds, floor.ReadyMilliseconds, MostReady)}
            {RowOf("idle after 5 s, MB", server.IdleMegabytes, floor.IdleMegabytes, MostIdle)}
            {RowOf("most under saturation, MB", server.PeakMegabytes, floor.PeakMegabytes, MostPeak)}
            {RowOf("slowest p99 of all rows, ms", results.Rows.Max(row => row.P99), results.Rows.Max(row => row.FloorP99), MostP99, "0.0")}

            """);
        return text.ToString();
    }

    private static string RowOf(string title, double server, double floor, double most, string format = "0") =>
        $"| {title} | {server.ToString(format)} | {floor.ToString(format)} | ≤ {most} | {Met(server <= most)} |";

    private static string RowOf(RowFigures figures, IReadOnlyList<RowFigures> all)
    {
        var row = Row.Sqlite.Concat(Row.Postgres).Single(row => row.Name == figures.Name);
        var (target, met) = Judge(row, figures, all);
        var yardstick = row.Against is Yardstick.Floor ? $"{figures.Yardstick:N0}" : $"{figures.Yardstick:N0} signatures";
        var floorP99 = row.Against is Yardstick.Floor ? $"{figures.FloorP99:0.0}" : "";
        return $"| {row.Title} | {figures.Server:N0} | {yardstick} | {figures.Share:0.00} | {figures.LeastShare:0.00} to "
            + $"{figures.MostShare:0.00} "
            + $"| {target} | {met} | {figures.P50:0.0} | {figures.P99:0.0} | {floorP99} |";
    }

    private static (string Target, string Met) Judge(Row row, RowFigures figures, IReadOnlyList<RowFigures> all)
    {
        if (row.Target is { } share)
            return ($"≥ {share:0.00}", Met(figures.Share >= share));

        if (all.FirstOrDefault(other => other.Name == row.Twin) is not { } success)
            return ("", "");

        var title = Row.Sqlite.Single(other => other.Name == row.Twin).Title;
        return ($"≥ the rate of: {title}", Met(figures.Server >= success.Server * (1 - Noise)));
    }

    private static string Met(bool met) => met ? "yes" : "**no**";
}
