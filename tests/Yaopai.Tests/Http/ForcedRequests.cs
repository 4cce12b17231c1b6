using Yaopai.Server.Sandbox;

namespace Yaopai.Tests.Http;

/// <summary>Remembers of each request whether the sandbox was breaking something when it was sent, or was asked to by it.</summary>
internal sealed class ForcedRequests(Faults? faults, SocketsHttpHandler? inner = null)
    : DelegatingHandler(inner ?? new SocketsHttpHandler())
{
    private static readonly HttpRequestOptionsKey<bool> s_key = new(nameof(ForcedRequests));

    public static bool Contain(HttpRequestMessage request) => request.Options.TryGetValue(s_key, out var isForced) && isForced;

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken ct)
    {
        request.Options.Set(s_key, faults?.All.Count > 0 || request.Headers.Contains(Faults.Header)
            || request.Headers.Contains(Faults.FaultHeader));
        return base.SendAsync(request, ct);
    }
}
