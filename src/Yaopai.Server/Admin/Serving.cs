using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Options;
using Yaopai.Errors;
using Yaopai.Server.Gateway;
using Yaopai.Server.Hosting;
using Yaopai.Server.Storage;
using Yaopai.Server.Stores;

namespace Yaopai.Server.Admin;

/// <summary>The verb that is meant when there is none: runs the server.</summary>
internal static class Serving
{
    public const string Verb = "serve";

    /// <summary>The arguments as settings (<c>--urls …</c>, <c>--Section:Key=…</c>);
    /// null when they hold another verb, or ask for help.</summary>
    public static string[]? SettingsOf(string[] args)
    {
        var verb = -1;
        for (var i = 0; i < args.Length; i++)
        {
            if (args[i] is "--help" or "-h" or "-?" or "--version")
                return null;
            if (args[i].Contains('='))
                continue;
            if (args[i] is ['-' or '/', ..])
            {
                i++; // its value
                continue;
            }

            if (args[i] is not Verb || verb >= 0)
                return null;
            verb = i;
        }

        return verb < 0 ? args : [.. args[..verb], .. args[(verb + 1)..]];
    }

    public static async Task<int> RunAsync(string[] settings, TextWriter error)
    {
        StorageStartup? storage = null;
        Startup? startup = null;
        using var stop = new CancellationTokenSource();
        using var hurry = new CancellationTokenSource();
        using var term = StopOn(PosixSignal.SIGTERM, stop, hurry);
        using var interrupt = StopOn(PosixSignal.SIGINT, stop, hurry);
        try
        {
            var ready = () => false;
            await using var app = YaopaiServer.Build(settings, builder =>
                // Until the server is ready, what stops it is said here or by Startup, in a sentence.
                builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", level => level >= LogLevel.Warning && ready()));
            var readiness = app.Services.GetRequiredService<Readiness>();
            ready = () => readiness.IsReady && app.Lifetime.ApplicationStarted.IsCancellationRequested;
            storage = app.Services.GetRequiredService<StorageStartup>();
            startup = app.Services.GetRequiredService<Startup>();
            await RunAsync(app, readiness, stop.Token, hurry.Token);
            if (FailureOf(storage, startup) is { } late)
                ExceptionDispatchInfo.Throw(late); // too late to stop the start, it stopped the server
            if (!readiness.IsReady)
                await SayInterruptedAsync(error);
            return Environment.ExitCode;
        }
        catch (Exception exception) when (StartupFailures.Explain(FailureOf(storage, startup) ?? exception) is { } complaint)
        {
            await error.WriteLineAsync($"{complaint with { Detail = $"The server cannot start. {complaint.Detail}" }}");
            return ExitCode.Refused;
        }
        catch (Exception exception) when (stop.IsCancellationRequested || StartupFailures.IsCancellation(exception))
        {
            await SayInterruptedAsync(error);
            return Environment.ExitCode;
        }
    }

    /// <summary>Serves until it is told to stop, and a while longer: balancers hear of it in that time, and send nothing more.</summary>
    private static async Task RunAsync(WebApplication app, Readiness readiness, CancellationToken stop, CancellationToken hurry)
    {
        await app.StartAsync(stop);
        await using (stop.UnsafeRegister(static app => ((WebApplication)app!).Lifetime.StopApplication(), app))
            await EndOfAsync(Timeout.InfiniteTimeSpan, app.Lifetime.ApplicationStopping);

        var drain = app.Services.GetRequiredService<IOptions<GatewayOptions>>().Value.DrainIn(app.Environment);
        if (readiness.IsReady && drain > TimeSpan.Zero)
        {
            readiness.Leave();
            app.Logger.Draining(drain);
            await EndOfAsync(drain, hurry);
        }

        try
        {
            await app.StopAsync(hurry);
        }
        catch (Exception exception) when (hurry.IsCancellationRequested && StartupFailures.IsCancellation(exception))
        {
            // what was under way was told to end, and did
        }
    }

    /// <summary>Of the time, or before it by the token.</summary>
    private static async Task EndOfAsync(TimeSpan time, CancellationToken ct) =>
        await Task.Delay(time, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    /// <summary>What fails cancels what starts beside it, and that alone may be what comes out of the host.</summary>
    public static Exception? FailureOf(StorageStartup? storage, Startup? startup) =>
        storage?.Ready.Exception?.InnerException ?? startup?.Failure;

    /// <summary>Also before there is a host that would hear the signal.</summary>
    /// <param name="hurry">By the second, whoever gives it has no patience.</param>
    private static PosixSignalRegistration StopOn(PosixSignal signal, CancellationTokenSource stop, CancellationTokenSource hurry) =>
        PosixSignalRegistration.Create(
            signal,
            context =>
            {
                context.Cancel = true;
                (stop.IsCancellationRequested ? hurry : stop).Cancel();
            });

    private static Task SayInterruptedAsync(TextWriter error) =>
        error.WriteLineAsync($"{new Complaint(OperatorErrors.Startup.Interrupted, "The server was stopped before it was ready.")}");
}
