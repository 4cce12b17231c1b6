using System.Text.Json;
using Yaopai.Server.Sandbox;
using Yaopai.Tests.Http;
using Yaopai.Tests.Storage;

namespace Yaopai.Tests.Hosting;

/// <summary>What a server says when it is ready.</summary>
public sealed class BannerTests
{
    [Fact]
    public async Task N9_in_Development_it_says_what_to_open_and_as_whom()
    {
        var line = await ReadyAsync("Development");

        Assert.Contains("in Development, at http://127.0.0.1:", line, StringComparison.Ordinal);
        Assert.Contains("/huawei/oauth2/v3/authorize?", line, StringComparison.Ordinal);
        Assert.Contains($"mainland, hongkong, russia, nophone, unverified, risky, locked, recycled; password {DemoData.Password}", line,
            StringComparison.Ordinal);
        Assert.Contains($"client_id {DemoData.Apps[0].ClientId}", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task N9_in_Production_it_says_that_there_is_no_sandbox_and_how_to_have_one()
    {
        var line = await ReadyAsync("Production");

        Assert.Contains("in Production, at http://127.0.0.1:", line, StringComparison.Ordinal);
        Assert.Contains("no sandbox", line, StringComparison.Ordinal);
        Assert.Contains("YAOPAI_SANDBOX=true", line, StringComparison.Ordinal);
        Assert.DoesNotContain(DemoData.Password, line, StringComparison.Ordinal);
    }

    [Fact]
    public void N9_the_launch_profile_is_for_Development()
    {
        using var settings = JsonDocument.Parse(
            File.ReadAllText(Path.Combine(Repository.Root, "src", "Yaopai.Server", "Properties", "launchSettings.json")));

        Assert.All(settings.RootElement.GetProperty("profiles").EnumerateObject(), profile => Assert.Equal(
            "Development", profile.Value.GetProperty("environmentVariables").GetProperty("ASPNETCORE_ENVIRONMENT").GetString()));
    }

    private static bool IsReady(string line) => line.Contains("Yaopai is ready", StringComparison.Ordinal);

    private static async Task<string> ReadyAsync(string environment)
    {
        await using var engine = new OnSqlite();
        await engine.InitializeAsync();
        await using var server = await TestServer.StartAsync(engine, ("environment", environment));
        await Eventually.HoldsAsync(() => Task.FromResult(server.Log.Lines.Any(IsReady)));
        return server.Log.Lines.Single(IsReady);
    }
}
