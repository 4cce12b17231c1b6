using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace Yaopai.Server.Accounts.Verification;

/// <summary>A receiver of the operator's own that is posted to.</summary>
/// <remarks>The signature is the HMAC-SHA256 of the instant, a dot and the body: what was heard once cannot be said again later.</remarks>
internal sealed class SignedWebhook(string address, string secret, TimeSpan timeout, TimeProvider time) : IDisposable
{
    public const string SignatureHeader = "X-Yaopai-Signature";

    private readonly HttpMessageInvoker _http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false, // what is posted is for the receiver that the operator named
        UseCookies = false,
        ConnectTimeout = timeout,
        PooledConnectionLifetime = TimeSpan.FromMinutes(1), // names are looked up again
        ActivityHeadersPropagator = null,
    });

    /// <summary>Whether what is posted there can be read by nobody else.</summary>
    public static bool IsAllowed(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && (uri.Scheme is "https" || (uri.Scheme is "http" && uri.IsLoopback));

    /// <summary>Null when it was taken, else what went wrong.</summary>
    public async Task<string?> PostAsync(byte[] json, CancellationToken ct)
    {
        using var late = new CancellationTokenSource(timeout, time);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(ct, late.Token);
        try
        {
            using var request = RequestOf(json);
            using var response = await _http.SendAsync(request, deadline.Token);
            return response.IsSuccessStatusCode ? null : $"HTTP {(int)response.StatusCode}";
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return "no answer in time";
        }
        catch (HttpRequestException exception)
        {
            return $"{exception.HttpRequestError}";
        }
    }

    public void Dispose() => _http.Dispose();

    private HttpRequestMessage RequestOf(byte[] json)
    {
        var instant = time.GetUtcNow().ToUnixTimeSeconds();
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{instant}."), .. json];
        var signature = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), signed);
        var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ByteArrayContent(json) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add(SignatureHeader, $"t={instant},v1={Convert.ToHexStringLower(signature)}");
        return request;
    }
}
