using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Yaopai.Server;
using Yaopai.Server.Apps;
using Yaopai.Server.Gateway;
using Yaopai.Server.Sandbox;
using Yaopai.Server.Stores;
using Yaopai.Tests.Storage;

namespace Yaopai.Tests.Http;

/// <summary>The whole server on a free port of loopback, over a database of its own.</summary>
public sealed class TestServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Proxy _proxy;

    private TestServer(WebApplication app, LogOf log, Proxy proxy)
    {
        (_app, Log, _proxy) = (app, log, proxy);
        Http = new HttpClient(new ForcedRequests(app.Services.GetService<Faults>())) { BaseAddress = new Uri(app.Urls.First()) };
    }

    public HttpClient Http { get; }

    public LogOf Log { get; }

    /// <summary>For clients of another kind: <see cref="Http"/> has one.</summary>
    internal ForcedRequests Through(SocketsHttpHandler handler) => new(_app.Services.GetService<Faults>(), handler);

    public Uri Address => Http.BaseAddress!;

    /// <summary>For servers with a certificate.</summary>
    public Uri HttpsAddress => new(_app.Urls.First(url => url.StartsWith("https:", StringComparison.Ordinal)));

    /// <summary>What a proxy on the way says of every caller, whoever it is;
    /// it counts where <c>Gateway:Proxies</c> names loopback.</summary>
    public string? ForwardedFor
    {
        get => _proxy.ForwardedFor;
        set => _proxy.ForwardedFor = value;
    }

    public T Get<T>() where T : notnull => _app.Services.GetRequiredService<T>();

    public IEnumerable<T> GetAll<T>() where T : notnull => _app.Services.GetServices<T>();

    public static Task<TestServer> StartAsync(Engine engine, params (string Key, string Value)[] settings) =>
        StartAsync(engine, wait: true, settings);

    /// <param name="wait">Whether the server has to be ready, or only to listen.</param>
    public static Task<TestServer> StartAsync(Engine engine, bool wait, params (string Key, string Value)[] settings) =>
        StartAsync(engine, wait, settings, surfaces: []);

    /// <summary>With surfaces beside those that are installed.</summary>
    internal static Task<TestServer> StartWithAsync(Engine engine, params ISurfaceModule[] surfaces) =>
        StartAsync(engine, wait: true, settings: [], surfaces);

    /// <summary>With a clock that the test holds, and by which calls are dated.</summary>
    internal static Task<TestServer> StartAtAsync(Engine engine, IAppClock clock) =>
        StartAsync(engine, wait: true, settings: [], surfaces: [], services => services.AddSingleton(clock));

    /// <summary>With parts of the test's own in the place of the server's.</summary>
    internal static Task<TestServer> StartWithAsync(
        Engine engine, Action<IServiceCollection> replace, params (string Key, string Value)[] settings) =>
        StartAsync(engine, wait: true, settings, surfaces: [], replace);

    internal static Task<TestServer> StartWithAsync(Engine engine, Action<IServiceCollection> replace, bool wait) =>
        StartAsync(engine, wait, settings: [], surfaces: [], replace);

    private static async Task<TestServer> StartAsync(
        Engine engine, bool wait, (string Key, string Value)[] settings, ISurfaceModule[] surfaces,
        Action<IServiceCollection>? replace = null)
    {
        var log = new LogOf();
        var proxy = new Proxy();
        var app = YaopaiServer.Build(
            ["--urls", "http://127.0.0.1:0", "--environment",
                settings.LastOrDefault(setting => setting.Key is "environment").Value ?? "Development"],
            builder =>
            {
                builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
                {
                    ["Storage:Database"] = engine.Location,
                    ["Storage:Timeout"] = "00:00:30", // patience that a busy machine does not exhaust; tests about time-outs set their own
                    ["Gateway:Deadline"] = "00:01:00",
                    ["Keys:MasterKey"] = engine.MasterKey,
                });
                builder.Configuration.AddInMemoryCollection(
                    settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)));
                builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Trace).AddProvider(log);
                builder.Services.AddSingleton<IStartupFilter>(proxy);
                if (replace is not null)
                    builder.Host.ConfigureContainer<IServiceCollection>((_, services) => replace(services)); // the last counts
                foreach (var surface in surfaces)
                {
                    surface.AddProfile(builder.Services);
                    surface.AddSurface(builder.Services);
                }
            });
        await app.StartAsync();
        if (wait)
            await app.Services.GetRequiredService<Readiness>().Ready.WaitAsync(TimeSpan.FromSeconds(60));

        return new TestServer(app, log, proxy);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    internal static string NewMasterKey() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    private sealed class Proxy : IStartupFilter
    {
        public string? ForwardedFor { get; set; }

        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use(going => http =>
            {
                if (ForwardedFor is { } address)
                    http.Request.Headers["X-Forwarded-For"] = address;
                return going(http);
            });
            next(app);
        };
    }
}
