using System.Net.Http.Headers;

namespace Yaopai.Testing;

/// <summary>A platform for tests: a server of this process on a free port of loopback, or one that runs elsewhere.</summary>
/// <remarks>Several in one process share nothing: each has its own port, database, keys and folder. One is enough for many tests
/// where each makes a <see cref="YaopaiWorld"/>, which takes some milliseconds.</remarks>
/// <example><code>
/// await using var platform = await YaopaiSandbox.StartAsync();
/// await using var world = await platform.CreateWorldAsync();
/// var code = await world.SignInAsync(world.User("mainland"), "openid profile");
/// await world.Clock.AdvanceAsync(TimeSpan.FromMinutes(6)); // the code is no longer good
/// </code></example>
public sealed class YaopaiSandbox : YaopaiEnvironment, IAsyncDisposable
{
    private readonly SandboxHost? _host;
    private readonly HttpClient _sandbox;
    private readonly SandboxCalls _calls;

    private YaopaiSandbox(SandboxHost? host, HttpClient sandbox, SandboxCalls calls, Shown shown) : base(calls, shown.Apps, shown.Users)
    {
        (_host, _sandbox, _calls) = (host, sandbox, calls);
        Http = Client(calls.Address);
    }

    /// <summary>For calls of the platform: begins at <see cref="YaopaiEnvironment.Address"/>, follows no redirect, keeps no cookie
    /// and uses no proxy.</summary>
    public HttpClient Http { get; }

    /// <summary>Null where it runs elsewhere.</summary>
    internal SandboxHost? Host => _host;

    /// <summary>Starts a server in this process.</summary>
    /// <param name="options">Null for the demo data and nothing else.</param>
    /// <returns>A platform that is ready. Its end removes all that it had.</returns>
    /// <exception cref="YaopaiException">A setting or the seed cannot be used; the message says which and why.</exception>
    public static async Task<YaopaiSandbox> StartAsync(YaopaiSandboxOptions? options = null, CancellationToken ct = default)
    {
        var host = await SandboxHost.StartAsync(options ?? new YaopaiSandboxOptions(), ct);
        try
        {
            return await OpenAsync(host, host.Address, adminKey: null, ct);
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>Uses a server that runs already, and leaves it running.</summary>
    /// <param name="address">Where its sandbox is.</param>
    /// <param name="adminKey">Its <c>Admin:Key</c>, which it asks for outside Development and from other machines; null for
    /// none.</param>
    /// <returns>The platform.</returns>
    /// <exception cref="YaopaiException">It has no sandbox, or the key is wrong.</exception>
    /// <exception cref="HttpRequestException">Nobody answers there.</exception>
    public static Task<YaopaiSandbox> ConnectAsync(Uri address, string? adminKey = null, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(address);
        return OpenAsync(host: null, address, adminKey, ct);
    }

    /// <summary>Makes a copy of the demo data for one test.</summary>
    /// <returns>The world; its end removes it.</returns>
    /// <exception cref="YaopaiException">There are ten thousand already.</exception>
    public Task<YaopaiWorld> CreateWorldAsync(CancellationToken ct = default) => YaopaiWorld.CreateAsync(_calls, ct);

    /// <summary>Puts everything back to the beginning, worlds too: what was issued before is void.</summary>
    public Task ResetAsync(CancellationToken ct = default) => _calls.SendAsync(HttpMethod.Post, "/sandbox/reset", body: null, ct);

    /// <summary>Stops the server that <see cref="StartAsync"/> started, frees its port and removes its files.</summary>
    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        _sandbox.Dispose();
        if (_host is not null)
            await _host.DisposeAsync();
    }

    private static async Task<YaopaiSandbox> OpenAsync(SandboxHost? host, Uri address, string? adminKey, CancellationToken ct)
    {
        var http = Client(address);
        try
        {
            if (adminKey is not null)
                http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", adminKey);
            var calls = new SandboxCalls(http);
            return new YaopaiSandbox(host, http, calls, await calls.SendAsync<Shown>(HttpMethod.Get, "/sandbox", body: null, ct));
        }
        catch
        {
            http.Dispose();
            throw;
        }
    }

    private static HttpClient Client(Uri address) =>
        new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false })
        {
            BaseAddress = new Uri($"{address.AbsoluteUri.TrimEnd('/')}/"),
        };

    private sealed record Shown(IReadOnlyList<YaopaiApp> Apps, IReadOnlyList<YaopaiUser> Users);
}
