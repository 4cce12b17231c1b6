using System.Net;
using System.Text.RegularExpressions;
using Yaopai.SampleSurface;
using Yaopai.Server.Gateway;
using Yaopai.Tests.Http;
using Yaopai.Tests.Storage;
using E = Yaopai.SampleSurface.GreetingErrors.Hello;

namespace Yaopai.Tests.Surfaces;

/// <summary>What a new surface costs: a folder, a table of errors, and one line; and what it gets for that.</summary>
public sealed class SampleSurfaceTests : IAsyncLifetime
{
    private readonly OnSqlite _engine = new();
    private TestServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        await _engine.InitializeAsync();
        _server = await TestServer.StartWithAsync(_engine, new GreetingModule()); // the one line
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _engine.DisposeAsync();
    }

    [Fact]
    public async Task Its_operation_is_answered_beside_those_of_the_installed_surfaces()
    {
        Assert.Equal("""{"greeting":"Hello, 小明!"}""", await _server.Http.GetStringAsync("/greeting/hello?name=小明"));
        Assert.Equal(HttpStatusCode.OK, (await _server.Http.GetAsync("/huawei/oauth2/v3/certs")).StatusCode);
    }

    [Fact]
    public async Task Its_error_is_answered_and_its_reason_logged()
    {
        var response = await _server.Http.GetAsync("/greeting/hello");

        await ShouldBeAsync(response, 400, E.NameMissing.Code);
        var id = response.Headers.GetValues("X-Request-Id").Single();
        Assert.Contains(_server.Log.Lines, line => line.Contains(
            $"greeting.hello refused with NameMissing (1), app unknown, request {id}: name= is expected", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Its_errors_can_be_forced_and_broken_requests_are_answered()
    {
        using var forced = new HttpRequestMessage(HttpMethod.Get, "/greeting/hello?name=a")
        {
            Headers = { { "Yaopai-Error", E.Internal.Number } },
        };

        await ShouldBeAsync(await _server.Http.SendAsync(forced), 500, E.Internal.Code);
        await ShouldBeAsync(await _server.Http.GetAsync("/greeting/hello?name=%ff"), 500, E.Internal.Code);
        await ShouldBeAsync(await _server.Http.GetAsync("/greeting/hallo"), 500, E.Internal.Code);
    }

    [Fact]
    public void It_needs_a_folder_a_table_and_one_line()
    {
        var folder = Path.Combine(Repository.Root, "tests", "Yaopai.SampleSurface");
        var elsewhere = new[] { "src", "gen", "tests", "bench", "samples", "docs" }
            .SelectMany(name => Directory.GetFiles(Path.Combine(Repository.Root, name), "*", SearchOption.AllDirectories))
            .Where(file => Path.GetExtension(file) is ".cs" or ".razor" or ".tsv" or ".sql" or ".json" or ".md" or ".csproj")
            .Where(file => !file.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            .Where(file => Path.GetFileName(file) is not $"{nameof(SampleSurfaceTests)}.cs")
            .ToList();

        Assert.Equal(
            ["Greeting.tsv", "GreetingDialect.cs", "GreetingModule.cs", "GreetingSurface.cs", "Hello.cs"],
            Directory.GetFiles(folder).Select(Path.GetFileName)
                .Where(name => !name!.EndsWith(".csproj") && name is not "packages.lock.json").Order());
        Assert.NotEmpty(elsewhere);
        Assert.DoesNotContain(elsewhere, file => Regex.IsMatch(File.ReadAllText(file), @"\b(Greeting\w*|greeting)\b"));
    }

    [Fact]
    public void Every_rule_of_it_can_be_read_like_those_of_the_others() =>
        Assert.Equal(
            [E.NameMissing], _server.GetAll<ISurface>().Single(surface => surface.Slug == "greeting").Operations.Single().Refusals);

    private static async Task ShouldBeAsync(HttpResponseMessage response, int status, string code)
    {
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(code, (await response.JsonAsync()).GetProperty("code").GetString());
    }
}
