namespace Yaopai.Server.Gateway;

/// <summary>Says, once, that somebody speaks for others whom the settings do not name: a forgotten proxy has no other sign, and makes
/// all callers one address and every cookie one without TLS.</summary>
internal sealed class UnnamedProxies(Proxies named, ILogger<UnnamedProxies> log)
{
    private int _isSaid;

    public void LookAt(HttpContext http)
    {
        if (Volatile.Read(ref _isSaid) != 0 || Proxies.Headers.FirstOrDefault(http.Request.Headers.ContainsKey) is not { } header
            || http.Connection.RemoteIpAddress is not { } peer)
            return;

        if (!named.Contain(peer) && Interlocked.Exchange(ref _isSaid, 1) == 0)
            log.ProxyUnnamed(peer.IsIPv4MappedToIPv6 ? peer.MapToIPv4() : peer, header);
    }
}
