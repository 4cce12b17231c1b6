using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using E = Yaopai.Errors.OperatorErrors.Tls;

namespace Yaopai.Server.Hosting.Tls;

/// <summary>The two PEM files that HTTPS is served with.</summary>
internal sealed record CertificateFiles(string Certificate, string Key)
{
    /// <summary>Those of the settings, else those that the command line made; null when there are none.</summary>
    public static CertificateFiles? Of(IConfiguration configuration)
    {
        if (TlsOptions.Of(configuration) is { Certificate: { Length: > 0 } certificate, Key: { Length: > 0 } key })
            return new CertificateFiles(certificate, key);

        var made = In(Settings.DataFolder(configuration));
        return File.Exists(made.Certificate) && File.Exists(made.Key) ? made : null;
    }

    /// <summary>Where the command line puts what it makes.</summary>
    public static CertificateFiles In(string dataFolder) =>
        new(Path.Combine(dataFolder, "tls", "certificate.pem"), Path.Combine(dataFolder, "tls", "key.pem"));

    public (string Certificates, string Keys) Read() => (Read(Certificate), Read(Key));

    /// <summary>Each certificate that has its key here, with the others as what leads to an authority.</summary>
    public IReadOnlyList<ServerCertificate> Open((string Certificates, string Keys) texts, DateTimeOffset now)
    {
        if (texts.Keys.Contains("-----BEGIN ENCRYPTED PRIVATE KEY-----", StringComparison.Ordinal))
            throw new CertificateException(E.KeyEncrypted, $"The key in {Key} is encrypted.");

        var keys = Blocks(texts.Keys).Where(block => block.Contains("PRIVATE KEY-----", StringComparison.Ordinal)).ToList();
        if (keys.Count == 0)
            throw new CertificateException(E.KeyMalformed, $"{Key} holds no private key in PEM.");

        var all = Certificates(texts.Certificates);
        var own = all.SelectMany(certificate => keys.Select(key => Join(certificate, key))).OfType<X509Certificate2>().ToList();
        if (own.Count == 0)
            throw new CertificateException(E.KeyOfAnotherCertificate, $"No key in {Key} belongs to a certificate in {Certificate}.");

        foreach (var certificate in own)
        {
            if (certificate.NotAfter.ToUniversalTime() <= now)
                throw new CertificateException(
                    E.CertificateExpired, $"The certificate in {Certificate} has expired: {Instant(certificate.NotAfter)}.");
            if (certificate.NotBefore.ToUniversalTime() > now)
                throw new CertificateException(
                    E.CertificateNotYetValid, $"The certificate in {Certificate} is not valid before {Instant(certificate.NotBefore)}.");
        }

        var others = new X509Certificate2Collection(all.Where(one => own.All(mine => mine.Thumbprint != one.Thumbprint)).ToArray());
        return [.. own.Select(certificate => new ServerCertificate(certificate, others))];

        static string Instant(DateTime time) => time.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'");
    }

    private static string Read(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CertificateException(E.FileUnreadable, exception.Message, exception);
        }
    }

    private List<X509Certificate2> Certificates(string text)
    {
        try
        {
            var found = new X509Certificate2Collection();
            found.ImportFromPem(text);
            return found.Count > 0
                ? [.. found]
                : throw new CertificateException(E.CertificateMalformed, $"{Certificate} holds no certificate in PEM.");
        }
        catch (CryptographicException exception)
        {
            throw new CertificateException(E.CertificateMalformed, $"{Certificate} holds no certificate that can be read.", exception);
        }
    }

    /// <summary>Null when they do not belong together.</summary>
    private static X509Certificate2? Join(X509Certificate2 certificate, string key)
    {
        try
        {
            var joined = X509Certificate2.CreateFromPem(certificate.ExportCertificatePem(), key);
            // Windows serves with no key that is in memory only.
            return OperatingSystem.IsWindows() ? X509CertificateLoader.LoadPkcs12(joined.Export(X509ContentType.Pfx), null) : joined;
        }
        catch (Exception exception) when (exception is CryptographicException or ArgumentException)
        {
            return null;
        }
    }

    private static IEnumerable<string> Blocks(string text)
    {
        while (PemEncoding.TryFind(text, out var found))
        {
            yield return text[found.Location];
            text = text[found.Location.End..];
        }
    }
}
