using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Yaopai.Server.Hosting.Tls;

/// <summary>An authority that signs an RSA and an ECDSA certificate, and whose key is then forgotten:
/// nobody can sign anything else with it.</summary>
internal static class DevelopmentCertificate
{
    /// <summary>Browsers on some systems refuse certificates that live longer than 398 days.</summary>
    public const int LongestLife = 398;

    private static readonly TimeSpan s_clockSkew = TimeSpan.FromHours(1);

    /// <param name="names">Host names and addresses.</param>
    public static Made Make(IReadOnlyList<string> names, DateTimeOffset now, TimeSpan lifetime)
    {
        // Signed with RSA: whatever a caller can do, it can check that.
        using var authorityKey = RSA.Create(2048);
        using var authority = Authority(authorityKey, now, lifetime);
        var signer = X509SignatureGenerator.CreateForRSA(authorityKey, RSASignaturePadding.Pkcs1);
        using var rsa = RSA.Create(2048);
        using var ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var subject = $"O=Yaopai, CN={names[0]}";
        var forRsa = new CertificateRequest(subject, rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var forEcdsa = new CertificateRequest(subject, ecdsa, HashAlgorithmName.SHA256);
        using var rsaCertificate = Sign(forRsa, authority, signer, names);
        using var ecdsaCertificate = Sign(forEcdsa, authority, signer, names);
        return new Made(
            authority.ExportCertificatePem() + "\n",
            $"{rsaCertificate.ExportCertificatePem()}\n{ecdsaCertificate.ExportCertificatePem()}\n",
            $"{rsa.ExportPkcs8PrivateKeyPem()}\n{ecdsa.ExportPkcs8PrivateKeyPem()}\n",
            now + lifetime);
    }

    private static X509Certificate2 Authority(RSA key, DateTimeOffset now, TimeSpan lifetime)
    {
        var request = new CertificateRequest(
            $"O=Yaopai, CN=Yaopai development authority of {now:yyyy-MM-dd HH:mm}",
            key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, critical: true));
        request.CertificateExtensions.Add(
            new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        return request.CreateSelfSigned(now - s_clockSkew, now + lifetime);
    }

    private static X509Certificate2 Sign(
        CertificateRequest request, X509Certificate2 authority, X509SignatureGenerator signer, IReadOnlyList<string> names)
    {
        var alternatives = new SubjectAlternativeNameBuilder();
        foreach (var name in names)
        {
            if (IPAddress.TryParse(name, out var address))
                alternatives.AddIpAddress(address);
            else
                alternatives.AddDnsName(name);
        }

        request.CertificateExtensions.Add(alternatives.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], critical: false)); // servers
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(authority, true, false));
        return request.Create(authority.SubjectName, signer, authority.NotBefore, authority.NotAfter, RandomNumberGenerator.GetBytes(16));
    }

    /// <summary>In PEM; the keys belong to the certificates.</summary>
    internal sealed record Made(string Authority, string Certificates, string Keys, DateTimeOffset ValidUntil);
}
