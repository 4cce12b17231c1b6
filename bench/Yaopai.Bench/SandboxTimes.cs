using System.Diagnostics;
using System.Globalization;

namespace Yaopai.Bench;

/// <summary>How long a test waits for a world of its own, and for a snapshot to be restored.</summary>
internal static class SandboxTimes
{
    private const int WarmUp = 20, Times = 100;

    public static async Task<int> RunAsync(string[] arguments)
    {
        var options = new ConfigurationBuilder().AddCommandLine(arguments).Build();
        var program = options["server"] ?? throw new ArgumentException("--server is missing.");
        var folder = Directory.CreateTempSubdirectory("yaopai-bench-").FullName;
        try
        {
            await using var server = await Child.StartAsync(program, ["--urls", "{url}"], new Dictionary<string, string?>
            {
                ["ASPNETCORE_ENVIRONMENT"] = "Development",
                ["YAOPAI_DATABASE"] = $"sqlite:{Path.Combine(folder, "bench.db")}",
                ["YAOPAI_DATA"] = folder,
            });
            await MeasureAsync(server, "a world", "/sandbox/worlds");
            await PostAsync(server, "/sandbox/reset");
            await PostAsync(server, "/sandbox/snapshots/demo");
            await MeasureAsync(server, "a restored snapshot of the demo data", "/sandbox/snapshots/demo/restore");
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task MeasureAsync(Child server, string what, string path)
    {
        for (var i = 0; i < WarmUp; i++)
            await PostAsync(server, path);

        var took = new double[Times];
        for (var i = 0; i < Times; i++)
        {
            var began = Stopwatch.GetTimestamp();
            await PostAsync(server, path);
            took[i] = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        }

        Array.Sort(took);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{what}: median {took[Times / 2]:0.0} ms, 95 of 100 within {took[(Times * 95 / 100) - 1]:0.0} ms"));
    }

    private static async Task PostAsync(Child server, string path)
    {
        using var answer = await server.Http.PostAsync(path, content: null);
        answer.EnsureSuccessStatusCode();
    }
}
