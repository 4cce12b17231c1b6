using System.CommandLine;

namespace Yaopai.Server.Admin;

/// <summary>What the command line says of the server; arguments that start it come to <see cref="Serving"/> before.</summary>
internal static class ServeVerb
{
    public static Command Command(Shell shell) => Shell.Offline(
        Serving.Verb,
        "Runs the server, as does calling it without a verb. Accepts settings: --port 8080 --urls http://0.0.0.0:8080 "
        + "--environment Production --Section:Key=value",
        [],
        (_, _) => Serving.RunAsync([], shell.Terminal.Error));
}
