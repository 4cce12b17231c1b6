using Yaopai.Errors;
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
        try
        {
            var ready = () => false;
            await using var app = YaopaiServer.Build(settings, builder =>
                // Until the server is ready, what stops it is said here or by Startup, in a sentence.
                builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", level => level >= LogLevel.Warning && ready()));
            var readiness = app.Services.GetRequiredService<Readiness>();
            ready = () => readiness.IsReady && app.Lifetime.ApplicationStarted.IsCancellationRequested;
            storage = app.Services.GetRequiredService<StorageStartup>();
            await app.RunAsync();
            if (storage.Ready.IsFaulted)
                await storage.Ready; // too late to stop the start, it stopped the server
            if (!readiness.IsReady)
                await SayInterruptedAsync(error);
            return Environment.ExitCode;
        }
        catch (Exception exception) when (StartupFailures.Explain(CauseOf(exception, storage)) is { } complaint)
        {
            await error.WriteLineAsync($"{complaint with { Detail = $"The server cannot start. {complaint.Detail}" }}");
            return ExitCode.Refused;
        }
        catch (Exception exception) when (StartupFailures.IsCancellation(exception))
        {
            await SayInterruptedAsync(error);
            return Environment.ExitCode;
        }
    }

    /// <summary>A database that cannot be used cancels what starts beside it, and that alone may be what comes out of the host.</summary>
    private static Exception CauseOf(Exception exception, StorageStartup? storage) => storage?.Ready.Exception?.InnerException ?? exception;

    private static Task SayInterruptedAsync(TextWriter error) =>
        error.WriteLineAsync($"{new Complaint(OperatorErrors.Startup.Interrupted, "The server was stopped before it was ready.")}");
}
