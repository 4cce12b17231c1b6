using System.Text.Json;
using Microsoft.Extensions.Options;

namespace Yaopai.Server.Journal;

/// <summary>Appends each entry to a file, which is bounded: when it is full it gives its name to a new one.</summary>
internal sealed class JournalFile(RequestJournal journal, IOptions<JournalOptions> options, ILogger<JournalFile> log) : BackgroundService
{
    private bool _isBroken;

    public static string Previous(string file) => file + ".1";

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Value.File is not { Length: > 0 } file || !journal.IsOn)
            return;

        using var listener = journal.Listen();
        try
        {
            await foreach (var entry in listener.Entries.ReadAllAsync(stoppingToken))
                await TryAppendAsync(file, entry, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            while (listener.Entries.TryRead(out var entry)) // what was answered before the server stopped
                await TryAppendAsync(file, entry, CancellationToken.None);
        }
    }

    private async Task TryAppendAsync(string file, JournalEntry entry, CancellationToken ct)
    {
        try
        {
            byte[] line = [.. JsonSerializer.SerializeToUtf8Bytes(entry, JournalJson.Options), (byte)'\n'];
            if (new FileInfo(file) is { Exists: true } full && full.Length + line.Length > options.Value.FileMaxBytes)
                File.Move(file, Previous(file), overwrite: true);

            await using var stream = new FileStream(file, OptionsFor());
            await stream.WriteAsync(line, ct);
            _isBroken = false;
        }
        catch (Exception exception) when (exception is not OperationCanceledException) // whatever it is, requests go on being served
        {
            if (!_isBroken)
                log.JournalFileFailed(file, exception.Message);
            _isBroken = true;
        }
    }

    /// <summary>Nobody but the server's user reads it.</summary>
    private static FileStreamOptions OptionsFor()
    {
        var options = new FileStreamOptions { Mode = FileMode.Append, Access = FileAccess.Write, Share = FileShare.ReadWrite };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return options;
    }
}
