using System.Diagnostics;
using Yaopai.Server.Admin;
using Yaopai.Tests.Storage;

namespace Yaopai.Tests.Admin.Causes;

/// <summary>An operator, a database and a folder, for one error.</summary>
internal sealed class Scene : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("yaopai-cause-");

    public Engine Engine { get; } = new EmptySqlite();

    public string Folder => _folder.FullName;

    public string Data => Path.Combine(Folder, "data");

    public string MasterKeyFile => Path.Combine(Data, "master.key");

    public string[] Where => ["--database", Engine.Location, "--data", Data];

    public Operator Operator => new(Engine.Location, Data);

    public string Write(string name, string text)
    {
        var path = Path.Combine(Folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>Starts the server, which is expected to refuse.</summary>
    public async Task<Operator.Heard> ServeAsync(params string[] settings)
    {
        using var error = new StringWriter();
        var exitCode = await Serving.RunAsync(
            ["--urls=http://127.0.0.1:0", $"--Storage:Database={Engine.Location}", $"--Data={Data}", .. settings], error);
        return new(exitCode, "", error.ToString());
    }

    /// <summary>The program as a process of its own, with settings in its environment.</summary>
    /// <param name="ending">Called with the process and a line that it has printed.</param>
    public async Task<Operator.Heard> RunAsync(
        (string Name, string Value)[] settings, string[] args, Action<Process, string>? ending = null)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Yaopai.Server.dll"), .. args])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Folder,
        };
        foreach (var (name, value) in settings)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        while (await process.StandardOutput.ReadLineAsync() is { } line)
            ending?.Invoke(process, line);
        await process.WaitForExitAsync();
        return new(process.ExitCode, "", await error);
    }

    public async ValueTask DisposeAsync()
    {
        await Engine.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    public static async Task<Scene> SetAsync()
    {
        var scene = new Scene();
        await scene.Engine.InitializeAsync();
        return scene;
    }
}

/// <summary>How an error really comes about, and how the program then ends.</summary>
internal sealed record Cause(Yaopai.Errors.ErrorDefinition Error, int ExitCode, Func<Scene, Task<Operator.Heard>> Provoke);
