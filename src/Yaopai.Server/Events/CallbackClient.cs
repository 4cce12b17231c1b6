using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using Microsoft.Extensions.Options;

namespace Yaopai.Server.Events;

/// <summary>Calls addresses that others chose: only where it may, following nothing, believing nothing, waiting not long.</summary>
internal sealed class CallbackClient : IDisposable
{
    private const int KilobytesOfHeaders = 16;
    private const int BytesOfBody = 4096;

    private readonly HttpMessageInvoker _http;
    private readonly EventOptions _options;
    private readonly bool _isDevelopment;

    public CallbackClient(IOptions<EventOptions> options, IHostEnvironment environment)
    {
        (_options, _isDevelopment) = (options.Value, environment.IsDevelopment());
        _http = new HttpMessageInvoker(new SocketsHttpHandler
        {
            AllowAutoRedirect = false, // another address is another decision
            UseProxy = false,          // a proxy would connect for us, where we cannot see to what
            UseCookies = false,
            ConnectCallback = ConnectAsync,
            ConnectTimeout = _options.Timeout,
            PooledConnectionLifetime = TimeSpan.FromMinutes(1), // names are looked up again
            MaxResponseHeadersLength = KilobytesOfHeaders,
            MaxResponseDrainSize = BytesOfBody,
            ResponseDrainTimeout = TimeSpan.FromSeconds(1),
            ActivityHeadersPropagator = null,
        });
    }

    /// <summary>Whether the receiver took the message (2xx), and what is to be said of its answer.</summary>
    public async Task<(bool Taken, string Answer)> PostAsync(string address, EventMessage message, CancellationToken ct)
    {
        if (Callback.FaultOf(address, _isDevelopment) is { } fault)
            return (false, $"the callback {fault}");

        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(ct);
        deadline.CancelAfter(_options.Timeout);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ByteArrayContent(message.Body) };
            if (message.Bearer is { } bearer)
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", bearer);
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(message.ContentType);
            using var response = await _http.SendAsync(request, deadline.Token);
            if (!response.IsSuccessStatusCode || message.IsTakenBy is not { } isTakenBy)
                return (response.IsSuccessStatusCode, $"HTTP {(int)response.StatusCode}");

            return isTakenBy(await ReadAsync(response.Content, deadline.Token))
                ? (true, $"HTTP {(int)response.StatusCode}")
                : (false, $"HTTP {(int)response.StatusCode}, and its answer says that it did not take the event");
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return (false, $"no answer within {_options.Timeout.TotalSeconds:0.###} s");
        }
        catch (HttpRequestException exception)
        {
            return (false, Describe(exception));
        }
        catch (IOException)
        {
            return (false, "the callback's answer broke off");
        }
    }

    /// <summary>Whether something answers there within the time, and not with an error. A redirection will do: nobody follows it.</summary>
    public async Task<bool> AnswersAsync(string address, TimeSpan timeout, CancellationToken ct)
    {
        if (Callback.FaultOf(address, _isDevelopment) is not null)
            return false;

        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(ct);
        deadline.CancelAfter(timeout);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Head, address);
            using var response = await _http.SendAsync(request, deadline.Token);

            // where HEAD is not known, something is there all the same
            return (int)response.StatusCode is < 400 or 405 or 501;
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return false;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    public void Dispose() => _http.Dispose();

    /// <summary>The beginning of an answer: more of it is not believed to say anything.</summary>
    private static async Task<string> ReadAsync(HttpContent content, CancellationToken ct)
    {
        var bytes = new byte[BytesOfBody];
        await using var stream = await content.ReadAsStreamAsync(ct);
        return Encoding.UTF8.GetString(bytes, 0, await stream.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, ct));
    }

    /// <summary>Decided here, at the address itself: a name may lead elsewhere than when it was checked before.</summary>
    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken ct)
    {
        var addresses = await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, ct);
        if (addresses.Length == 0 || !addresses.All(Allows))
            throw new ForbiddenAddressException();

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, context.DnsEndPoint.Port, ct);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private bool Allows(IPAddress address) => _isDevelopment || _options.AllowPrivateNetworks || PublicAddresses.IsPublic(address);

    /// <summary>For the developer of the receiver; of our own network it says nothing.</summary>
    private static string Describe(HttpRequestException exception) => exception switch
    {
        { InnerException: ForbiddenAddressException } => "the callback's address is not public",
        { InnerException: SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain } } =>
            "the callback's host name is not found",
        { InnerException: AuthenticationException } => "the callback's certificate is not trusted, or no TLS came about",
        { HttpRequestError: HttpRequestError.NameResolutionError } => "the callback's host name is not found",
        { HttpRequestError: HttpRequestError.ConnectionError } => "no connection to the callback",
        _ => "the callback's answer is not HTTP",
    };

    private sealed class ForbiddenAddressException : Exception;
}
