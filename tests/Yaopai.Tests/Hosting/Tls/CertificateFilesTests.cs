using System.Security.Cryptography;
using Yaopai.Server.Hosting.Tls;

namespace Yaopai.Tests.Hosting.Tls;

/// <summary>Files that are no good, and what is said of them.</summary>
public sealed class CertificateFilesTests : IDisposable
{
    private static readonly DevelopmentCertificate.Made s_good = TestCertificate.Shared.Made;
    private static readonly DateTimeOffset s_now = TimeProvider.System.GetUtcNow();

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("yaopai-pem-");

    public static TheoryData<string, string?, string?> Bad { get; } = new()
    {
        { "certificate.pem",                      null,               s_good.Keys },
        { "key.pem",                              s_good.Certificates, null },
        { "holds no certificate in PEM",          "",                  s_good.Keys },
        { "holds no certificate in PEM",          s_good.Keys,         s_good.Keys },
        { "holds no certificate that can be read", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", s_good.Keys },
        { "holds no private key in PEM",          s_good.Certificates, "" },
        { "holds no private key in PEM",          s_good.Certificates, s_good.Certificates },
        { "belongs to a certificate",             s_good.Certificates, OtherKey() },
        { "belongs to a certificate",             s_good.Authority,    s_good.Keys },
        { "is encrypted",                         s_good.Certificates, EncryptedKey() },
    };

    [Theory, MemberData(nameof(Bad))]
    public void What_cannot_be_used_is_said(string expected, string? certificates, string? keys)
    {
        var files = Write(certificates, keys);

        var fault = Assert.Throws<CertificateException>(() => files.Open(files.Read(), s_now));

        Assert.Contains(expected, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Before_and_after_its_time_a_certificate_is_refused()
    {
        var files = Write(s_good.Certificates, s_good.Keys);

        Assert.Contains("has expired", Assert.Throws<CertificateException>(() => files.Open(files.Read(), s_now.AddDays(31))).Message);
        Assert.Contains("not valid before", Assert.Throws<CertificateException>(() => files.Open(files.Read(), s_now.AddDays(-1))).Message);
    }

    [Fact]
    public void One_key_is_enough_and_the_order_does_not_matter()
    {
        var ecdsaKey = s_good.Keys[s_good.Keys.LastIndexOf("-----BEGIN", StringComparison.Ordinal)..];
        var files = Write(s_good.Authority + s_good.Certificates, ecdsaKey);

        Assert.True(Assert.Single(files.Open(files.Read(), s_now)).IsEcdsa);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private CertificateFiles Write(string? certificates, string? keys)
    {
        var files = new CertificateFiles(Path.Combine(_folder.FullName, "certificate.pem"), Path.Combine(_folder.FullName, "key.pem"));
        if (certificates is not null)
            File.WriteAllText(files.Certificate, certificates);
        if (keys is not null)
            File.WriteAllText(files.Key, keys);
        return files;
    }

    private static string OtherKey()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return key.ExportPkcs8PrivateKeyPem();
    }

    private static string EncryptedKey()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return key.ExportEncryptedPkcs8PrivateKeyPem(
            "password", new PbeParameters(PbeEncryptionAlgorithm.Aes128Cbc, HashAlgorithmName.SHA256, 1));
    }
}
