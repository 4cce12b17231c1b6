using System.Net;
using System.Net.Sockets;
using Yaopai.Tests.Storage;

namespace Yaopai.Tests.Containers;

/// <summary>The image and the services of compose.yaml, as far as they can be tried without a container engine: the program is built as
/// Containerfile says, and runs with the variables of a service.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class ContainerTests(ContainerBuild build) : IClassFixture<ContainerBuild>
{
    /// <summary>The services that run our image.</summary>
    public static TheoryData<string> Services { get; } = [.. ComposeFile.OfServer];

    /// <summary>A variable that is no setting would stop the start.</summary>
    [Theory, MemberData(nameof(Services))]
    public async Task With_its_environment_a_service_is_ready_for_a_plain_user_who_cannot_write_the_program(string service)
    {
        var environment = ComposeFile.EnvironmentOf(service);
        var isDevelopment = environment.GetValueOrDefault("ASPNETCORE_ENVIRONMENT") is "Development";
        await using var database = new BarePostgres();
        if (environment["YAOPAI_DATABASE"].StartsWith("postgres:Host=database;", StringComparison.Ordinal))
        {
            await database.CreateAsync(isBare: true);
            environment["YAOPAI_DATABASE"] = database.Location;
        }

        await using var container = await ContainerProcess.StartAsync(build.Program, environment);

        await Eventually.HoldsAsync(async () => await container.CheckHealthAsync() == 0);
        Assert.Equal("ready\n", await container.Http.GetStringAsync("/readyz"));

        // As another service calls it, by its name.
        container.Http.DefaultRequestHeaders.Host = $"{service}:7700";
        Assert.Contains(
            $"\"{environment["YAOPAI_Gateway__PublicAddress"]}/huawei/oauth2/v3/token\"",
            await container.Http.GetStringAsync("/huawei/.well-known/openid-configuration"));
        container.Http.DefaultRequestHeaders.Host = null;
        Assert.Equal(isDevelopment ? HttpStatusCode.OK : HttpStatusCode.NotFound, (await container.Http.GetAsync("/sandbox")).StatusCode);

        Assert.Equal(0, await container.StopAsync());
        Assert.NotEqual(0, await container.CheckHealthAsync());
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK", true)]
    [InlineData("HTTP/1.1 503 Service Unavailable", false)]
    [InlineData("", false)]
    public async Task A_container_is_healthy_while_the_server_says_that_it_is_ready(string answer, bool isHealthy)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var asked = AnswerAsync(listener, answer);

        Assert.Equal(isHealthy, await ContainerProcess.CheckHealthAsync(((IPEndPoint)listener.LocalEndpoint).Port) == 0);
        Assert.Equal("GET /readyz HTTP/1.0\r\n\r\n", await asked);
    }

    private static async Task<string> AnswerAsync(TcpListener listener, string answer)
    {
        using var client = await listener.AcceptTcpClientAsync();
        using var reader = new StreamReader(client.GetStream(), leaveOpen: true);
        var request = $"{await reader.ReadLineAsync()}\r\n{await reader.ReadLineAsync()}\r\n";
        await using var writer = new StreamWriter(client.GetStream());
        await writer.WriteAsync(answer is "" ? "" : $"{answer}\r\n\r\n");
        return request;
    }

    /// <summary>A database without a schema: whoever starts first makes it.</summary>
    private sealed class BarePostgres : OnPostgres;
}
