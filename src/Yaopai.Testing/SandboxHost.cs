using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Yaopai.Server;
using Yaopai.Server.Admin;
using Yaopai.Server.Hosting;
using Yaopai.Server.Storage;
using Yaopai.Server.Surfaces.HuaweiAccount;

namespace Yaopai.Testing;

/// <summary>The server in this process, over a database in a folder of its own.</summary>
internal sealed class SandboxHost : IAsyncDisposable
{
    private const int MasterKeyLength = 32;

    /// <summary>For requests that are under way when it ends.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(2);

    private readonly WebApplication _app;
    private readonly DirectoryInfo _folder;

    private SandboxHost(WebApplication app, DirectoryInfo folder)
    {
        (_app, _folder) = (app, folder);
        AppDomain.CurrentDomain.ProcessExit += RemoveFiles;
    }

    public Uri Address => new(_app.Urls.First());

    public string Folder => _folder.FullName;

    public IServiceProvider Services => _app.Services;

    public static async Task<SandboxHost> StartAsync(YaopaiSandboxOptions options, CancellationToken ct)
    {
        var folder = Directory.CreateTempSubdirectory("yaopai-");
        WebApplication? app = null;
        try
        {
            app = YaopaiServer.Build(Arguments(options, folder), builder => Adjust(builder, options), isolated: true);
            await StartAsync(app, ct);
            var host = new SandboxHost(app, folder);
            if (options.IsOwnIssuer) // read at each use, and nobody knows the port before
                app.Services.GetRequiredService<IOptions<HuaweiAccountOptions>>().Value.Issuer = new Uri(host.Address, "huawei").ToString();
            return host;
        }
        catch (Exception exception)
        {
            var failure = FailureOf(app, exception);
            await EndAsync(app, folder);
            if (StartupFailures.Explain(failure) is { } complaint)
                throw new YaopaiException($"The sandbox cannot start. {complaint}", failure);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync(_app, _folder);
        AppDomain.CurrentDomain.ProcessExit -= RemoveFiles;
    }

    /// <summary>Of a platform that nobody ended.</summary>
    private void RemoveFiles(object? sender, EventArgs e)
    {
        try
        {
            _folder.Delete(recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Windows keeps files that are open, and a program that ends has nobody to tell
        }
    }

    private static async ValueTask EndAsync(WebApplication? app, DirectoryInfo folder)
    {
        if (app is not null)
        {
            using var hurry = new CancellationTokenSource(s_patience);
            await app.StopAsync(hurry.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await app.DisposeAsync();
        }

        folder.Delete(recursive: true);
    }

    private static async Task StartAsync(WebApplication app, CancellationToken ct)
    {
        // It waits for its end: a start that fails late would stop the program, which is not ours.
        app.Services.GetRequiredService<Startup>().Patience = Timeout.InfiniteTimeSpan;
        await Task.Run(
            () =>
            {
                CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.InvariantCulture; // flows into all that it starts
                return app.StartAsync(ct);
            },
            ct);
    }

    private static string[] Arguments(YaopaiSandboxOptions options, DirectoryInfo folder) =>
    [
        "--urls=http://127.0.0.1:0",
        "--environment=Development",
        "--hostBuilder:reloadConfigOnChange=false", // a watcher is a scarce thing, and nothing is there to be watched
        $"--Data={folder.FullName}",
        $"--Storage:Database=sqlite:{Path.Combine(folder.FullName, "yaopai.db")}",
        $"--Keys:MasterKey={Convert.ToBase64String(RandomNumberGenerator.GetBytes(MasterKeyLength))}",
        .. options.Seed is { } seed ? [$"--Sandbox:Seed={Path.GetFullPath(seed)}"] : Array.Empty<string>(),
        .. options.Settings.Select(setting => $"--{setting.Key}={setting.Value}"),
    ];

    private static void Adjust(WebApplicationBuilder builder, YaopaiSandboxOptions options)
    {
        builder.Logging.ClearProviders().SetMinimumLevel(options.LogLevel)
            .AddFilter("Microsoft.AspNetCore", LogLevel.Warning); // as the program's own settings have it
        if (options.Log is { } log)
            builder.Services.AddSingleton<ILoggerProvider>(new LogLines(log));
        builder.Services.AddSingleton<IStartupFilter, OneCulture>();
        builder.Services.AddSingleton<IHostLifetime, Guest>();
    }

    private static Exception FailureOf(WebApplication? app, Exception exception) => app is null ? exception
        : Serving.FailureOf(app.Services.GetService<StorageStartup>(), app.Services.GetService<Startup>()) ?? exception;

    /// <summary>Signals are the program's: the usual lifetime would take them, and the program would go on.</summary>
    private sealed class Guest : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }

    /// <summary>The server writes numbers and times in one culture, whatever the program has that it is a guest of.</summary>
    private sealed class OneCulture : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use(going => http =>
            {
                CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.InvariantCulture;
                return going(http);
            });
            next(app);
        };
    }
}
