using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Authentication;
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
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", message.Bearer);
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(message.ContentType);
            using var response = await _http.SendAsync(request, deadline.Token);
            return (response.IsSuccessStatusCode, $"HTTP {(int)response.StatusCode}");
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return (false, $"no answer within {_options.Timeout.TotalSeconds:0.###} s");
        }
        catch (HttpRequestException exception)
        {
            return (false, Describe(exception));
        }
    }

    public void Dispose() => _http.Dispose();

    /// <summary>Decided here, at the address itself: a name may lead elsewhere than when it was checked before.</summary>
    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken ct)
    {
        var addresses = await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, ct);
        var isPlain = context.InitialRequestMessage.RequestUri!.Scheme is "http";
        if (addresses.Length == 0 || !addresses.All(address => isPlain ? IPAddress.IsLoopback(address) : Allows(address)))
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
