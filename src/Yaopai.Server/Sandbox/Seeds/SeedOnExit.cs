using System.Text.Json;
using Microsoft.Extensions.Options;
using Yaopai.Server.Stores;

namespace Yaopai.Server.Sandbox.Seeds;

/// <summary>Writes what is there when the server stops, so that the next one begins with it.</summary>
internal sealed class SeedOnExit(SeedExport export, IOptions<SandboxOptions> options, Readiness readiness, ILogger<SeedOnExit> log)
    : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (options.Value.ExportOnExit is not { } path || !readiness.IsReady)
            return;

        try
        {
            await WriteAsync(path, JsonSerializer.SerializeToUtf8Bytes(await export.WriteAsync(cancellationToken), SandboxJson.Options));
            log.SeedWritten(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or StorageException)
        {
            log.SeedNotWritten(path, exception.Message);
        }
    }

    /// <summary>As a whole or not at all, and for its owner alone: client secrets are in it.</summary>
    private static async Task WriteAsync(string path, byte[] bytes)
    {
        var beside = $"{path}.{Randomness.NewGuid():n}";
        var file = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            file.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        await using (var stream = new FileStream(beside, file))
            await stream.WriteAsync(bytes);
        File.Move(beside, path, overwrite: true);
    }
}
