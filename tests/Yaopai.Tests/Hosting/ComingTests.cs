using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Yaopai.Server.Hosting;
using Yaopai.Server.Keys;
using Yaopai.Server.Stores;
using Yaopai.Tests.Http;
using Yaopai.Tests.Storage;

namespace Yaopai.Tests.Hosting;

/// <summary>A node that listens already, and has not loaded what it needs.</summary>
public sealed class ComingTests(OnSqlite engine) : IClassFixture<OnSqlite>
{
    [Theory]
    [InlineData("/huawei/.well-known/openid-configuration")]
    [InlineData("/account")]
    [InlineData("/sandbox")]
    public async Task F5_what_comes_before_it_is_ready_waits_and_is_answered_as_any_other(string path)
    {
        using var hold = new Hold();
        var port = FreePort();
        var starting = TestServer.StartWithAsync(engine, services => services
            .AddSingleton<IFirstRun>(hold)
            .AddSingleton(PatientStartup), ("urls", $"http://127.0.0.1:{port}"));
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        await Eventually.SucceedsAsync<HttpRequestException>(async () => await http.GetAsync("/healthz"));

        var coming = http.GetAsync(path);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await http.GetAsync("/readyz")).StatusCode); // it is behind the other, and at once
        hold.Dispose();

        Assert.Equal(HttpStatusCode.OK, (await coming).StatusCode);
        await using var server = await starting;
        Assert.DoesNotContain(server.Log.Lines, line => line.StartsWith("Error", StringComparison.Ordinal));
    }

    /// <summary>The database may be away for hours.</summary>
    [Fact]
    public async Task F5_when_it_takes_longer_nobody_waits_and_nothing_is_an_error()
    {
        using var hold = new Hold();
        await using var server = await TestServer.StartWithAsync(
            engine, services => services.AddSingleton<IFirstRun>(hold), wait: false);

        Assert.Equal(HttpStatusCode.BadGateway, (await server.Http.GetAsync("/huawei/oauth2/v3/certs")).StatusCode);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await server.Http.GetAsync("/readyz")).StatusCode);
        Assert.DoesNotContain(server.Log.Lines, line => line.StartsWith("Error", StringComparison.Ordinal));
    }

    [Fact]
    public async Task F5_keys_that_are_not_there_yet_are_no_error_either()
    {
        using var hold = new Hold();
        await using var server = await TestServer.StartWithAsync(
            engine, services => services.AddSingleton<IKeyStore>(hold), wait: false);
        using var response = await server.Http.PostAsJsonAsync("/sandbox/sign-in", new { user = "nobody", password = "nothing" });

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.DoesNotContain(server.Log.Lines, line => line.StartsWith("Error", StringComparison.Ordinal));
    }

    /// <summary>Longer than a busy machine takes.</summary>
    private static Startup PatientStartup(IServiceProvider services)
    {
        var startup = ActivatorUtilities.CreateInstance<Startup>(services);
        startup.Patience = TimeSpan.FromMinutes(1);
        return startup;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Something that the server needs before it is ready, for as long as the test wants.</summary>
    private sealed class Hold : IFirstRun, IKeyStore, IDisposable
    {
        private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task RunAsync(CancellationToken ct) => _released.Task.WaitAsync(ct);

        public async Task<IReadOnlyList<StoredKey>> ListAsync(CancellationToken ct)
        {
            await RunAsync(ct);
            return [];
        }

        public Task<StoredKey> AddOrGetAsync(StoredKey key, CancellationToken ct) => Task.FromResult(key);

        public Task NameAsync(IReadOnlyCollection<StoredKey> keys, CancellationToken ct) => Task.CompletedTask;

        public Task RemoveAsync(KeyKind kind, DateTimeOffset validFromBefore, CancellationToken ct) => Task.CompletedTask;

        public void Dispose() => _released.TrySetResult();
    }
}
