using System.Runtime.InteropServices;
using System.Text.Json;

namespace Yaopai.Bench;

/// <summary>The whole measurement: starts what is measured, alternates between server and floor, and keeps the medians.</summary>
internal sealed class Drive(DriveOptions options, string folder, Quiet quiet)
{
    private const int Starts = 7;
    private const int Tries = 3;
    private static readonly TimeSpan s_idle = TimeSpan.FromSeconds(5);

    private readonly List<RowFigures> _rows = [];
    private int _dropped;

    public static async Task<int> RunAsync(DriveOptions options)
    {
        var folder = Directory.CreateTempSubdirectory("yaopai-bench-").FullName;
        try
        {
            await new Drive(options, folder, new Quiet()).MeasureAsync();
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private async Task MeasureAsync()
    {
        var (server, floor) = await MeasureEngineAsync($"sqlite:{Path.Combine(folder, "bench.db")}", [.. options.Choose(Row.Sqlite)]);
        if (options.WithPostgres)
        {
            await using var cluster = await PostgresCluster.StartAsync();
            await MeasureEngineAsync(cluster.Database, [.. options.Choose(Row.Postgres)], cluster.Pid);
        }

        var signatures = await Signing.PerSecondAsync(TimeSpan.FromSeconds(1));
        new Measurement(
            TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd"), RuntimeInformation.FrameworkDescription, Environment.ProcessorCount,
            options.Rounds, options.Seconds, _dropped, signatures, server, floor, _rows).Write(options.ResultsFile);
    }

    private async Task<(ProgramFigures Server, ProgramFigures Floor)> MeasureEngineAsync(
        string database, IReadOnlyList<Row> rows, params int[] databasePids)
    {
        await using var seed = await Seed.PrepareAsync([new("Data", folder), new("Storage:Database", database)]);
        Say($"{database.Split(':')[0]}: start-up");
        var serverReady = await ReadyAsync(() => StartServerAsync(database));
        var answers = Path.Combine(folder, "answers.json");
        await File.WriteAllTextAsync(answers, "[]");
        var floorReady = await ReadyAsync(() => StartFloorAsync(answers));

        await using var server = await StartServerAsync(database);
        await Task.Delay(s_idle);
        var serverIdle = server.ResidentBytes;

        await RecordAsync(server, seed, rows, answers);
        await using var floor = await StartFloorAsync(answers);
        await Task.Delay(s_idle);
        var floorIdle = floor.ResidentBytes;

        var loads = new List<RowLoad>();
        foreach (var row in rows)
        {
            Say($"{row.Name}: warm-up");
            var load = new RowLoad(row, seed, server, floor, quiet, folder, databasePids);
            await load.WarmUpAsync(Math.Min(2, options.Seconds));
            loads.Add(load);
        }

        for (var round = 0; round < options.Rounds; round++)
        {
            foreach (var load in loads)
                await RoundAsync(load, round);
        }

        _rows.AddRange(loads.Select(load => load.Figures()));
        return (Figures(server, serverReady, serverIdle), Figures(floor, floorReady, floorIdle));
    }

    /// <summary>One pair of measurements; a disturbed one is dropped and made again, and if none is quiet,
    /// the quietest counts and is told.</summary>
    private async Task RoundAsync(RowLoad load, int round)
    {
        RowPair? best = null;
        for (var tries = 1; tries <= Tries && best is not { Disturbance.IsTooMuch: false }; tries++)
        {
            var pair = await load.MeasureAsync(options.Seconds, floorFirst: round % 2 == 0);
            Say($"{load.Row.Name}: round {round + 1}: {pair}");
            if (pair.Disturbance.IsTooMuch)
                _dropped++;
            if (best is null || pair.Disturbance.Weight < best.Disturbance.Weight)
                best = pair;
        }

        if (best!.Disturbance.IsTooMuch)
            _dropped--;
        load.Keep(best);
    }

    private static async Task<double> ReadyAsync(Func<Task<Child>> start)
    {
        var times = new List<double>();
        for (var i = 0; i < Starts; i++)
        {
            await using var child = await start();
            times.Add(child.ReadyAfter.TotalMilliseconds);
        }

        return times.Order().ElementAt(Starts / 2);
    }

    private Task<Child> StartServerAsync(string database) => StartServerAsync(options.Server, folder, database);

    public static Task<Child> StartServerAsync(string program, string folder, string database) => Child.StartAsync(
        program, ["--urls", "{url}"],
        Seed.Settings.Select(pair => KeyValuePair.Create("YAOPAI_" + pair.Key.Replace(":", "__"), (string?)pair.Value)).Concat(
        [
            new("ASPNETCORE_ENVIRONMENT", "Production"),
            new("YAOPAI_DATA", folder),
            new("YAOPAI_DATABASE", database),
            new("YAOPAI_SANDBOX", "false"),
            new("YAOPAI_Logging__LogLevel__Default", "Warning"),
        ]));

    private static Task<Child> StartFloorAsync(string answers) =>
        Child.StartAsync(Environment.ProcessPath!, ["floor", answers, "{url}"], [new("ASPNETCORE_ENVIRONMENT", "Production")]);

    /// <summary>Asks the server once for each row, so that the floor can say the same.</summary>
    private static async Task RecordAsync(Child server, Seed seed, IReadOnlyList<Row> rows, string file)
    {
        var answers = new List<RecordedAnswer>();
        foreach (var row in rows)
            answers.Add(await RecordAsync(server, row, seed.Form(row.Forms)));

        await File.WriteAllBytesAsync(file, JsonSerializer.SerializeToUtf8Bytes(answers));
    }

    private static async Task<RecordedAnswer> RecordAsync(Child server, Row row, string form)
    {
        // As load.lua reads a line: an Authorization header may come before the body, and a query is of a GET.
        var (authorization, sent) = form.StartsWith("Bearer ", StringComparison.Ordinal)
            && form.IndexOf(" {", StringComparison.Ordinal) is var at and > 0
            ? (form[..at], form[(at + 1)..])
            : (null, form);
        string? token = null;
        if (sent.StartsWith("x-wlk-Authorization: ", StringComparison.Ordinal))
            (token, sent) = (sent.Split(' ', 3)[1], sent.Split(' ', 3)[2]);
        using var request = sent is ['?', ..]
            ? new HttpRequestMessage(HttpMethod.Get, new Uri(row.Path + sent, UriKind.Relative))
            : new HttpRequestMessage(HttpMethod.Post, new Uri(row.Path, UriKind.Relative))
            {
                Content = new StringContent(sent, System.Text.Encoding.UTF8, row.ContentType),
            };
        request.Headers.TryAddWithoutValidation("Authorization", authorization);
        request.Headers.TryAddWithoutValidation("x-wlk-Authorization", token);
        using var response = await server.Http.SendAsync(request);
        var headers = response.Headers.Concat(response.Content.Headers)
            .Where(header => header.Key is not ("Date" or "Content-Length"))
            .ToDictionary(header => header.Key, header => string.Join(", ", header.Value));
        var body = await response.Content.ReadAsByteArrayAsync();

        var text = System.Text.Encoding.UTF8.GetString(body);

        // A row that measures a success must get one, and one that measures an error must not.
        var refused = !response.IsSuccessStatusCode || headers.ContainsKey("NSP_STATUS") || body.AsSpan().IndexOf("\"resultCode\":"u8) >= 0
            || (row.Path.StartsWith("/welink/", StringComparison.Ordinal) && body.AsSpan().IndexOf("\"code\":\"0\""u8) < 0)
            || (body.AsSpan().IndexOf("\"errCode\":"u8) >= 0 && body.AsSpan().IndexOf("\"errCode\":0,"u8) < 0);
        if (refused == row.Twin is null)
            throw new InvalidOperationException($"{row.Name} got {(int)response.StatusCode} {text}");

        return new(row.Name, (int)response.StatusCode, headers, body);
    }

    private static ProgramFigures Figures(Child child, double ready, long idle) => new(ready, idle / 1e6, child.PeakResidentBytes / 1e6);

    private static void Say(string text) => Console.Error.WriteLine(text);
}
