using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Yaopai.Bench;

/// <summary>How fast an organisation's people are made from a customer's lists, and what the server needs for it.</summary>
internal static class Provision
{
    private const int OfCall = 100, Callers = 4;

    public static async Task<int> RunAsync(string[] arguments)
    {
        var options = new ConfigurationBuilder().AddCommandLine(arguments).Build();
        var server = options["server"] ?? throw new ArgumentException("--server is missing.");
        for (var run = 0; run < options.GetValue("runs", 1); run++)
            await RunOnceAsync(server, options.GetValue("members", 10_000), options.GetValue("departments", 0));
        return 0;
    }

    private static async Task RunOnceAsync(string program, int members, int departments)
    {
        var folder = Directory.CreateTempSubdirectory("yaopai-bench-").FullName;
        try
        {
            var database = $"sqlite:{Path.Combine(folder, "bench.db")}";
            await using var seed = await Seed.PrepareAsync([new("Data", folder), new("Storage:Database", database)]);
            await using var server = await Drive.StartServerAsync(program, folder, database);
            server.Http.DefaultRequestHeaders.Add("x-wlk-Authorization", seed.WeLinkToken);
            await Task.Delay(TimeSpan.FromSeconds(5));
            Say($"idle: {Megabytes(server.ResidentBytes)}");

            if (departments > 0)
                await MeasureAsync(server, seed, "departments", departments, "v1/department/batch/sync", "deptInfos", DepartmentOf);
            await MeasureAsync(server, seed, "members", members, "v1/user/batch/sync", "personInfos",
                i => PersonOf(i, departments == 0 ? 100 : departments));
            var pages = await ListAsync(server);
            Say($"listed {pages} pages of departments: now {Megabytes(server.ResidentBytes)}, most {Megabytes(server.PeakResidentBytes)}");
            await Task.Delay(TimeSpan.FromSeconds(10));
            Say($"ten seconds later: {Megabytes(server.ResidentBytes)}");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>From the first call until nothing is left to be done.</summary>
    private static async Task MeasureAsync(
        Child server, Seed seed, string what, int count, string path, string list, Func<int, object> item)
    {
        var (began, processor) = (Stopwatch.GetTimestamp(), server.ProcessorTime);
        await Parallel.ForAsync(0, (count + OfCall - 1) / OfCall, new ParallelOptions { MaxDegreeOfParallelism = Callers },
            async (call, ct) =>
            {
                var items = Enumerable.Range(call * OfCall, Math.Min(OfCall, count - (call * OfCall))).Select(item).ToArray();
                await AskAsync(server, HttpMethod.Post, path, JsonContent.Create(new Dictionary<string, object> { [list] = items }));
            });
        var accepted = Stopwatch.GetElapsedTime(began);
        while (await seed.IsProvisioningAsync())
            await Task.Delay(20);

        var took = Stopwatch.GetElapsedTime(began);
        var states = await seed.DoneAsync();
        Say(string.Create(CultureInfo.InvariantCulture,
            $"{count:N0} {what}: accepted after {accepted.TotalSeconds:0.0} s, done after {took.TotalSeconds:0.0} s, "
            + $"{count / took.TotalSeconds:N0} a second, "
            + $"{(server.ProcessorTime - processor).TotalMilliseconds / count:0.00} ms of a processor each; "
            + $"{states}; {Megabytes(server.ResidentBytes)}, "
            + $"most {Megabytes(server.PeakResidentBytes)}"));
    }

    /// <summary>All departments and all their people, page by page.</summary>
    private static async Task<int> ListAsync(Child server)
    {
        for (var page = 1; ; page++)
        {
            using var json = await AskAsync(
                server, HttpMethod.Get, $"v2/departments/list?deptCode=0&recursiveflag=1&offset={page}&limit=100", content: null);
            var departments = json.RootElement.GetProperty("departmentInfo");
            foreach (var department in departments.EnumerateArray())
            {
                using var people = await AskAsync(server, HttpMethod.Get,
                    $"v2/user/users?deptCode={department.GetProperty("deptCode").GetString()}&pageNo=1&pageSize=50", content: null);
            }

            if (departments.GetArrayLength() < 100 || page * 100 >= json.RootElement.GetProperty("totalCount").GetInt32())
                return page;
        }
    }

    private static async Task<JsonDocument> AskAsync(Child server, HttpMethod method, string path, HttpContent? content)
    {
        using var request = new HttpRequestMessage(method, "/welink/api/contact/" + path) { Content = content };
        using var response = await server.Http.SendAsync(request);
        var json = await JsonDocument.ParseAsync(await response.Content.ReadAsStreamAsync());
        return json.RootElement.GetProperty("code").GetString() is "0"
            ? json
            : throw new InvalidOperationException($"{path}: {json.RootElement}");
    }

    private static object DepartmentOf(int i) =>
        new { corpDeptCode = $"d{i}", deptNameCn = $"部门{i}", corpParentCode = i < 8 ? "0" : $"d{(i / 8) - 1}" };

    private static object PersonOf(int i, int departments) => new
    {
        corpUserId = $"p{i}",
        userNameCn = $"员工{i}",
        mobileNumber = $"+86-137{i:D8}",
        userEmail = $"p{i}@bench.example",
        sex = "M",
        corpDeptCodes = new[] { $"d{i % departments}" },
    };

    private static string Megabytes(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0} MB");

    private static void Say(string text) => Console.WriteLine(text);
}
