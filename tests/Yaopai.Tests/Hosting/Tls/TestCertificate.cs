using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Yaopai.Server.Hosting.Tls;
using Yaopai.Server.Surfaces.HuaweiAccount;

namespace Yaopai.Tests.Hosting.Tls;

/// <summary>Certificates for loopback and the platform's hosts, and callers that trust them.</summary>
internal sealed record TestCertificate(DevelopmentCertificate.Made Made)
{
    public const string Host = "oauth-login.cloud.huawei.com";

    public static string[] Hosts { get; } = [.. new HuaweiAccountOptions().Hosts];

    private static readonly Lazy<TestCertificate> s_shared = new(() => Make(TimeProvider.System.GetUtcNow()));

    /// <summary>One for all tests that do not mind which.</summary>
    public static TestCertificate Shared => s_shared.Value;

    public static TestCertificate Make(DateTimeOffset now) =>
        new(DevelopmentCertificate.Make(["localhost", "127.0.0.1", .. Hosts], now, TimeSpan.FromDays(30)));

    public CertificateFiles WriteTo(string folder)
    {
        var files = new CertificateFiles(Path.Combine(folder, "certificate.pem"), Path.Combine(folder, "key.pem"));
        File.WriteAllText(files.Certificate, Made.Certificates);
        File.WriteAllText(files.Key, Made.Keys);
        return files;
    }

    /// <summary>Of a caller that trusts this authority and no other.</summary>
    public SslClientAuthenticationOptions Trust(string host) => new()
    {
        TargetHost = host,
        CertificateChainPolicy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            CustomTrustStore = { X509Certificate2.CreateFromPem(Made.Authority) },
            RevocationMode = X509RevocationMode.NoCheck,
        },
    };
}
