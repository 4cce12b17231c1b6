using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Yaopai.Tests.Http;
using Yaopai.Tests.Storage;

namespace Yaopai.Tests.Clients;

/// <summary>The suites of the samples, each of ten tests beside each other, against one server; and several suites at once.</summary>
public sealed partial class SignInTests : IAsyncLifetime
{
    private const int Tests = 10;
    private const int MostRounds = 5;

    private readonly OnSqlite _engine = new();
    private readonly Callers _callers = new();
    private TestServer _server = null!;

    public static TheoryData<string> Languages { get; } = [.. SampleSuite.Languages];

    [Theory, MemberData(nameof(Languages))]
    public async Task A_suite_of_ten_tests_passes_against_one_server(string language)
    {
        await RunAsync(language);

        await NothingIsLeftAsync();
    }

    /// <summary>The main proof of the sandbox: each suite moves its own clocks and forces its own faults.</summary>
    [Fact]
    public async Task Two_suites_at_once_on_one_server_do_not_disturb_each_other_nor_a_third_party()
    {
        var rounds = 0;
        do
        {
            Assert.True(++rounds <= MostRounds, "The suites never overlapped.");
            _callers.Clear();
            using var over = new CancellationTokenSource();
            var bystander = SignInUntilAsync(over.Token);
            await Task.WhenAll(RunAsync("node"), RunAsync("python"));
            await over.CancelAsync();
            Assert.True(await bystander > 0);
        }
        while (_callers.Turns("node", "Python-urllib") < Tests);

        await NothingIsLeftAsync();
    }

    [Fact]
    public async Task The_suites_of_all_languages_at_once_do_not_disturb_each_other()
    {
        await Task.WhenAll(SampleSuite.Languages.Select(RunAsync));

        await NothingIsLeftAsync();
    }

    public async ValueTask InitializeAsync()
    {
        await _engine.InitializeAsync();
        _server = await TestServer.StartWithAsync(_engine, services => services.AddSingleton<IStartupFilter>(_callers));
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _engine.DisposeAsync();
    }

    private async Task RunAsync(string language)
    {
        var (exitCode, output) = await SampleSuite.RunAsync(language, ("YAOPAI_URL", $"{_server.Address}"));

        Assert.True(exitCode == 0, output);
        Assert.True(Passed.Match(output).Groups.Values.Any(group => group.Value == $"{Tests}"), output);
    }

    /// <summary>The demo app, whose clock nobody moved and for whom nothing is broken.</summary>
    private async Task<int> SignInUntilAsync(CancellationToken over)
    {
        var times = 0;
        for (; !over.IsCancellationRequested; times++)
        {
            var tokens = await new HuaweiCaller(_server).SignInAsync("mainland", "openid profile");
            Assert.NotEmpty(tokens.Access);
        }

        return times;
    }

    private async Task NothingIsLeftAsync()
    {
        Assert.Empty((await ShowAsync("/sandbox/worlds")).GetProperty("worlds").EnumerateArray());
        Assert.Empty((await ShowAsync("/sandbox/faults")).GetProperty("faults").EnumerateArray());
        var clock = await ShowAsync("/sandbox/clock");
        Assert.Equal("PT0S", clock.GetProperty("offset").GetString());
        Assert.Empty(clock.GetProperty("apps").EnumerateArray());
    }

    private Task<JsonElement> ShowAsync(string path) => _server.Http.GetFromJsonAsync<JsonElement>(path);

    /// <summary>As each runner says it.</summary>
    [GeneratedRegex(@"# pass (\d+)|(\d+) passed, 0 failed|Total: (\d+), Errors: 0, Failed: 0, Skipped: 0")]
    private static partial Regex Passed { get; }

    /// <summary>Who called, in order.</summary>
    private sealed class Callers : IStartupFilter
    {
        private readonly ConcurrentQueue<string> _agents = new();

        public void Clear() => _agents.Clear();

        /// <summary>How often a call of one followed a call of the other.</summary>
        public int Turns(params string[] names)
        {
            string[] mine = [.. _agents.Select(agent => names.FirstOrDefault(agent.StartsWith)).OfType<string>()];
            Assert.All(names, name => Assert.Contains(name, mine));
            return mine.Zip(mine.Skip(1)).Count(pair => pair.First != pair.Second);
        }

        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use(going => http =>
            {
                _agents.Enqueue(http.Request.Headers.UserAgent.ToString());
                return going(http);
            });
            next(app);
        };
    }
}
