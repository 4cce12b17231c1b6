using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;

namespace Yaopai.Server.Recognition;

/// <summary>Has the tesseract program read pictures: one process a picture, without a shell, few at a time, within limits.</summary>
internal sealed partial class TesseractEngine(
    IOptions<RecognitionOptions> options, TimeProvider time, ILogger<TesseractEngine> log, IRecognitionSeam? seam = null)
    : IOcrEngine, IDisposable
{
    // Of its modes of segmentation only one turns pictures, and that one finds out the arrangement by itself.
    private const string RotationOnly = "0", Turning = "1", AsPage = "3", AsBlock = "6";

    private const int LargestOutput = 4 << 20;

    /// <summary>What the program learns of the server's environment, in which there are keys.</summary>
    private static readonly string[] s_environment = ["PATH", "TESSDATA_PREFIX", "LANG", "SystemRoot"];

    private readonly RecognitionOptions _options = options.Value;
    private readonly SemaphoreSlim _places = new(options.Value.Concurrency);

    public Task<OcrText?> ReadAsync(Picture picture, OcrLayout layout, CancellationToken ct) =>
        InPlaceAsync(late => ReadUprightAsync(picture, layout, late), ct);

    // In one place: who waited for it twice, behind all who wait for theirs, would be read last of all, or never.
    public async Task<(OcrText? Text, int? Rotation)> TurnAndReadAsync(Picture picture, OcrLayout layout, CancellationToken ct)
    {
        int? rotation = null;
        var text = await InPlaceAsync(
            async late =>
            {
                rotation = await FindRotationAsync(picture, late);
                return await ReadUprightAsync(picture with { Rotation = rotation ?? 0 }, layout, late);
            }, ct);
        return (text, rotation);
    }

    public void Dispose() => _places.Dispose();

    private async Task<OcrText?> ReadUprightAsync(Picture picture, OcrLayout layout, CancellationToken ct)
    {
        var mode = picture.Rotation is not 0 ? Turning : layout is OcrLayout.Block ? AsBlock : AsPage;
        return await RunAsync(StartOf(["-l", _options.Languages, "--psm", mode, "tsv"]), picture, ct) is not { } table ? null
            : TesseractTsv.Read(table, picture) ?? Failed("its answer cannot be read");
    }

    private async Task<int?> FindRotationAsync(Picture picture, CancellationToken ct) =>
        await RunAsync(StartOf(["--psm", RotationOnly]), picture, ct) is { } answer && Rotation.Match(answer) is { Success: true } match
            ? int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture)
            : null;

    /// <summary>Waits for a place and has it used; null when that took too long, or the program did not start.</summary>
    private async Task<OcrText?> InPlaceAsync(Func<CancellationToken, Task<OcrText?>> useAsync, CancellationToken ct)
    {
        using var late = new CancellationTokenSource(_options.Timeout, time);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(ct, late.Token);
        try
        {
            await _places.WaitAsync(deadline.Token);
            try
            {
                return await useAsync(deadline.Token);
            }
            finally
            {
                _places.Release();
            }
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            log.OcrFailed("not done in time");
            return null;
        }
        catch (Win32Exception exception)
        {
            log.OcrFailed(exception.Message);
            return null;
        }
    }

    /// <summary>What the program wrote; null when it failed.</summary>
    private async Task<string?> RunAsync(ProcessStartInfo start, Picture picture, CancellationToken ct)
    {
        if (seam is { IsAway: true })
            throw new Win32Exception("the sandbox has taken it away"); // as if the program were not installed

        using var process = Process.Start(start)!;
        byte[]? output;
        using (ct.UnsafeRegister(static process => Kill((Process)process!), process)) // it ends all of the following
        {
            var writing = WriteAsync(process.StandardInput.BaseStream, picture.Bytes);
            var complaining = process.StandardError.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
            output = await ReadAsync(process.StandardOutput.BaseStream);
            if (output is null)
                Kill(process);
            await Task.WhenAll(writing, complaining);
            await process.WaitForExitAsync(CancellationToken.None);
        }

        ct.ThrowIfCancellationRequested();
        if (output is not null && process.ExitCode is 0)
            return Encoding.UTF8.GetString(output);

        log.OcrFailed(output is null ? "it says too much" : $"exit code {process.ExitCode}");
        return null;
    }

    private ProcessStartInfo StartOf(string[] arguments)
    {
        var start = new ProcessStartInfo(_options.Tesseract)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (OperatingSystem.IsLinux())
        {
            // of util-linux, which every system has: it sets the limits and becomes the program. It writes no file and leaves no core
            start.FileName = "prlimit";
            start.ArgumentList.Add($"--as={_options.MaxMemoryBytes}");
            start.ArgumentList.Add($"--cpu={(int)Math.Ceiling(_options.Timeout.TotalSeconds)}");
            start.ArgumentList.Add("--fsize=0");
            start.ArgumentList.Add("--core=0");
            start.ArgumentList.Add("--");
            start.ArgumentList.Add(_options.Tesseract);
        }

        foreach (var argument in (string[])["stdin", "stdout", .. arguments])
            start.ArgumentList.Add(argument);

        var kept = s_environment.Select(name => (name, Value: Environment.GetEnvironmentVariable(name))).ToList();
        start.Environment.Clear();
        foreach (var (name, value) in kept)
        {
            if (value is not null)
                start.Environment[name] = value;
        }

        start.Environment["OMP_THREAD_LIMIT"] = "1"; // its threads wait for each other more than they work
        return start;
    }

    private static async Task WriteAsync(Stream input, ReadOnlyMemory<byte> picture)
    {
        try
        {
            await using (input)
                await input.WriteAsync(picture);
        }
        catch (IOException)
        {
            // it ended before it had read all; its exit code says how
        }
    }

    /// <summary>Null when it is more than can be of use.</summary>
    private static async Task<byte[]?> ReadAsync(Stream output)
    {
        using var read = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (await output.ReadAsync(buffer) is > 0 and var count)
        {
            if (read.Length + count > LargestOutput)
                return null;

            read.Write(buffer, 0, count);
        }

        return read.ToArray();
    }

    private static void Kill(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (Exception exception) when (exception is InvalidOperationException or Win32Exception)
        {
            // it ended by itself
        }
    }

    private OcrText? Failed(string reason)
    {
        log.OcrFailed(reason);
        return null;
    }

    [GeneratedRegex("^Rotate: (0|90|180|270)\r?$", RegexOptions.Multiline)]
    private static partial Regex Rotation { get; }
}
