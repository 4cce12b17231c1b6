using System.Diagnostics;

namespace Yaopai.Tests.Clients;

/// <summary>The tests of <c>samples/SignIn</c> in one language, as a program.</summary>
internal static class SampleSuite
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);
    private static readonly string s_folder = Path.Combine(Repository.Root, "samples", "SignIn");

    private static readonly Lazy<Task<string>> s_javaClasses = new(CompileJavaAsync);

    public static IReadOnlyList<string> Languages { get; } = ["csharp", "node", "python", "java"];

    /// <summary>The server's program, as built beside these tests.</summary>
    public static string ServerProgram { get; } = Path.Combine(AppContext.BaseDirectory, "Yaopai.Server.dll");

    /// <param name="environment">Beside what this process has. Null removes a variable.</param>
    public static async Task<(int ExitCode, string Output)> RunAsync(string language, params (string Name, string? Value)[] environment)
    {
        string[] command = language switch
        {
            "csharp" => ["dotnet", Path.Combine(Repository.Root, "artifacts", "bin", "SignIn", Configuration, "SignIn.dll")],
            "node" => ["node", "--test", Path.Combine(s_folder, "node", "huawei-account.test.mjs")],
            "python" => ["python3", Path.Combine(s_folder, "python", "test_huawei_account.py")],
            "java" => ["java", "-cp", await s_javaClasses.Value, "HuaweiAccountTest"],
            _ => throw new ArgumentOutOfRangeException(nameof(language), language, "There is no suite in it."),
        };
        return await RunAsync(command, environment);
    }

    /// <summary>A program of a few lines, over the client of that language.</summary>
    public static Task<(int ExitCode, string Output)> RunScriptAsync(
        string language, string script, params (string Name, string? Value)[] environment) =>
        RunScriptInAsync(Repository.Root, language, script, environment);

    /// <param name="tree">Where <c>clients</c> is, and the program begins.</param>
    public static async Task<(int ExitCode, string Output)> RunScriptInAsync(
        string tree, string language, string script, params (string Name, string? Value)[] environment)
    {
        var clients = Path.Combine(tree, "clients");
        switch (language)
        {
            case "node":
                var import = $"import {{ startYaopai, YaopaiError }} from '{new Uri(Path.Combine(clients, "node", "yaopai.mjs"))}';";
                return await RunAsync(["node", "--input-type=module", "-e", $"{import}\n{script}"], environment, tree);
            case "python":
                return await RunAsync(
                    ["python3", "-c", $"from yaopai import *\n{script}"],
                    [.. environment, ("PYTHONPATH", Path.Combine(clients, "python"))], tree);
            case "java":
                var folder = Directory.CreateTempSubdirectory("yaopai-script-");
                try
                {
                    var file = Path.Combine(folder.FullName, "Script.java");
                    await File.WriteAllTextAsync(
                        file, $"public class Script {{ public static void main(String[] args) throws Exception {{ {script} }} }}");
                    return await RunAsync(["java", "-cp", await s_javaClasses.Value, file], environment, tree);
                }
                finally
                {
                    folder.Delete(recursive: true);
                }

            default:
                throw new ArgumentOutOfRangeException(nameof(language), language, "There is no client of one file in it.");
        }
    }

    private static string Configuration => Path.GetFileName(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));

    private static async Task<(int ExitCode, string Output)> RunAsync(
        string[] command, (string Name, string? Value)[] environment, string? folder = null)
    {
        Need(command[0]);
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            WorkingDirectory = folder ?? Path.GetTempPath(),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["PYTHONDONTWRITEBYTECODE"] = "1"; // nothing may be written beside the sources
        start.Environment["PYTHONUTF8"] = "1";
        start.Environment["NODE_TEST_CONTEXT"] = null;
        foreach (var (name, value) in environment)
            start.Environment[name] = value;

        using var process = Process.Start(start)!;
        using var late = new CancellationTokenSource(s_patience);
        try
        {
            var complaints = process.StandardError.ReadToEndAsync(late.Token);
            var said = await process.StandardOutput.ReadToEndAsync(late.Token);
            await process.WaitForExitAsync(late.Token);
            return (process.ExitCode, said + await complaints);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    /// <summary>Once a run: the client and the sample, as Java 11 knows the language.</summary>
    private static async Task<string> CompileJavaAsync()
    {
        var classes = Path.Combine(Repository.Root, "artifacts", "samples", $"{Environment.ProcessId}");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(classes, recursive: true);
        Directory.CreateDirectory(classes);
        var (exitCode, output) = await RunAsync(
            [
                "javac", "--release", "11", "-Xlint:all", "-Werror", "-d", classes,
                Path.Combine(Repository.Root, "clients", "java", "Yaopai.java"), .. Directory.GetFiles(Path.Combine(s_folder, "java")),
            ],
            []);
        Assert.True(exitCode == 0, output);
        return classes;
    }

    private static void Need(string program) => Assert.SkipUnless(
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Any(folder => File.Exists(Path.Combine(folder, program))),
        $"There is no {program}: ./test.sh installs it.");
}
