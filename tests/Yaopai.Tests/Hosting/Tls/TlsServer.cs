using System.Net.Security;
using System.Net.Sockets;
using Yaopai.Tests.Http;

namespace Yaopai.Tests.Hosting.Tls;

/// <summary>A server with HTTPS beside HTTP.</summary>
public class TlsServer : ServerFixture
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("yaopai-tls-");

    protected override (string Key, string Value)[] Settings
    {
        get
        {
            var files = TestCertificate.Shared.WriteTo(_folder.FullName);
            return Tls(files.Certificate, files.Key);
        }
    }

    protected virtual (string Key, string Value)[] Tls(string certificate, string key) =>
        [("Tls:Url", "https://127.0.0.1:0"), ("Tls:Certificate", certificate), ("Tls:Key", key)];

    /// <summary>For callers that resolve the platform's host names to this server.</summary>
    public HttpClient Client() => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        SslOptions = { CertificateChainPolicy = TestCertificate.Shared.Trust("").CertificateChainPolicy },
        ConnectCallback = async (_, ct) => (await ConnectAsync(ct)).GetStream(),
    });

    public async Task<TcpClient> ConnectAsync(CancellationToken ct = default)
    {
        var client = new TcpClient();
        await client.ConnectAsync(Server.HttpsAddress.Host, Server.HttpsAddress.Port, ct);
        return client;
    }

    /// <summary>Shakes hands as a caller that can do this and no more.</summary>
    public async Task<SslStream> ShakeHandsAsync(SslClientAuthenticationOptions caller)
    {
        var stream = new SslStream((await ConnectAsync()).GetStream());
        await stream.AuthenticateAsClientAsync(caller);
        return stream;
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
