using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Yaopai.Bench;

/// <summary>A program under measurement, on a port of its own.</summary>
internal sealed class Child : IAsyncDisposable
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(30);

    private readonly Process _process;
    private readonly Queue<string> _said = new();

    private Child(Process process, Uri url)
    {
        (_process, Url) = (process, url);
        Http = new HttpClient { BaseAddress = url };
    }

    public Uri Url { get; }

    public HttpClient Http { get; }

    public int Pid => _process.Id;

    /// <summary>How long it took from the start of the process to the first 200 of /readyz.</summary>
    public TimeSpan ReadyAfter { get; private set; }

    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    public long ResidentBytes => Read("VmRSS:");

    public long PeakResidentBytes => Read("VmHWM:");

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <param name="arguments">With <c>{url}</c> where the program is told its address.</param>
    public static async Task<Child> StartAsync(
        string program, IEnumerable<string> arguments, IEnumerable<KeyValuePair<string, string?>>? environment = null)
    {
        var url = new Uri($"http://127.0.0.1:{FreePort()}");
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument.Replace("{url}", url.ToString()));
        foreach (var (name, value) in environment ?? [])
            start.Environment[name] = value;

        var began = Stopwatch.GetTimestamp();
        var child = new Child(Process.Start(start)!, url);
        child.Listen();
        await child.UntilReadyAsync(began);
        return child;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        if (!_process.HasExited)
            _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private void Listen()
    {
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    private void Keep(string? line)
    {
        if (line is null)
            return;

        lock (_said)
        {
            _said.Enqueue(line);
            if (_said.Count > 20)
                _said.Dequeue();
        }
    }

    private async Task UntilReadyAsync(long began)
    {
        while (!await IsReadyAsync())
        {
            if (_process.HasExited || Stopwatch.GetElapsedTime(began) > s_timeout)
            {
                lock (_said)
                    throw new InvalidOperationException($"{_process.StartInfo.FileName} does not get ready:\n{string.Join('\n', _said)}");
            }

            await Task.Delay(1);
        }

        ReadyAfter = Stopwatch.GetElapsedTime(began);
    }

    private async Task<bool> IsReadyAsync()
    {
        try
        {
            using var response = await Http.GetAsync("/readyz");
            return response.StatusCode is HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false; // it does not listen yet
        }
    }

    private long Read(string field) => File.ReadLines($"/proc/{Pid}/status")
        .Where(line => line.StartsWith(field, StringComparison.Ordinal))
        .Select(line => 1024 * long.Parse(line[field.Length..].Replace("kB", "").Trim()))
        .Single();
}
