using System.Globalization;
using System.Text;
using System.Text.Json;
using Yaopai.Server.Gateway;
using Yaopai.Server.Journal;

namespace Yaopai.Server.Sandbox.Requests;

/// <summary>GET /sandbox/requests/stream: new entries as server-sent events, until the caller leaves or the server stops.</summary>
internal sealed class RequestStream(
    RequestJournal journal, RequestFilterReader filters, IHostApplicationLifetime lifetime, TimeProvider time)
{
    private const int MostListeners = 64;

    /// <summary>Of entries that somebody missed who comes back.</summary>
    private const int MostMissed = 500;

    /// <summary>Proxies cut a connection on which nothing is said for a minute.</summary>
    private static readonly TimeSpan s_heartbeat = TimeSpan.FromSeconds(15);

    private int _listeners;

    public async Task WriteAsync(HttpContext http)
    {
        var (filter, problem) = await filters.ReadAsync(http.Request.Query, http.RequestAborted);
        if (problem is null && Interlocked.Increment(ref _listeners) > MostListeners)
        {
            Interlocked.Decrement(ref _listeners);
            problem = new Problem(503, "Too many listen", $"The most is {MostListeners} at once; end some of the others.");
        }

        if (problem is not null)
        {
            await problem.WriteAsync(http.Response);
            return;
        }

        using var ends = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, lifetime.ApplicationStopping);
        try
        {
            await ListenAsync(http, filter!.Query, ends.Token);
        }
        catch (OperationCanceledException) when (ends.IsCancellationRequested)
        {
        }
        finally
        {
            Interlocked.Decrement(ref _listeners);
        }
    }

    private async Task ListenAsync(HttpContext http, JournalQuery query, CancellationToken ct)
    {
        var response = http.Response;
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-store";
        response.Headers["X-Accel-Buffering"] = "no"; // nginx keeps answers back otherwise

        using var listener = journal.Listen();
        await response.WriteAsync(": listening\n\n", ct);
        var last = 0L;
        if (long.TryParse(http.Request.Headers["Last-Event-ID"], NumberStyles.None, CultureInfo.InvariantCulture, out var seen))
        {
            foreach (var missed in journal.List(query, MostMissed).Where(entry => entry.Number > seen && entry.IsOver).Reverse())
            {
                await SendAsync(response, missed, ct);
                last = missed.Number;
            }
        }

        await response.Body.FlushAsync(ct);
        while (await MoreAsync(response, listener, ct))
        {
            while (listener.Entries.TryRead(out var entry))
            {
                if (entry.Number > last && query.Takes(entry))
                    await SendAsync(response, entry, ct);
            }

            await response.Body.FlushAsync(ct);
        }
    }

    /// <summary>Waits for an entry, and says in between that the line is not dead.</summary>
    private async Task<bool> MoreAsync(HttpResponse response, JournalListener listener, CancellationToken ct)
    {
        var more = listener.Entries.WaitToReadAsync(ct).AsTask();
        while (true)
        {
            try
            {
                return await more.WaitAsync(s_heartbeat, time, ct);
            }
            catch (TimeoutException)
            {
                await response.WriteAsync(": still here\n\n", ct);
                await response.Body.FlushAsync(ct);
            }
        }
    }

    private static Task SendAsync(HttpResponse response, JournalEntry entry, CancellationToken ct)
    {
        var json = JsonSerializer.Serialize(entry, JournalJson.Options); // on one line, as events have it
        return response.Body.WriteAsync(Encoding.UTF8.GetBytes($"id: {entry.Number}\nevent: request\ndata: {json}\n\n"), ct).AsTask();
    }
}
