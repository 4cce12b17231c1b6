namespace Yaopai.Server.Hosting.Tls;

/// <summary>The certificates that callers are shown: read at start, and again when their files change.</summary>
internal sealed class ServerCertificates
{
    /// <summary>How long a renewed certificate may lie unseen. Looked for when a caller connects: nothing runs meanwhile.</summary>
    public static readonly TimeSpan LookAgainAfter = TimeSpan.FromSeconds(10);

    private readonly CertificateFiles _files;
    private readonly TimeProvider _clock;
    private readonly ILogger<ServerCertificates> _log;
    private (string Certificates, string Keys) _texts;
    private volatile IReadOnlyList<ServerCertificate> _certificates;
    private long _lookedAt;

    public ServerCertificates(CertificateFiles files, TimeProvider clock, ILogger<ServerCertificates> log)
    {
        (_files, _clock, _log) = (files, clock, log);
        _texts = files.Read();
        _certificates = files.Open(_texts, clock.GetUtcNow());
        _lookedAt = clock.GetTimestamp();
    }

    /// <summary>ECDSA for clients that can check it, because signing costs a twelfth; else RSA.</summary>
    public ServerCertificate For(ClientHello hello)
    {
        LookAgain();
        return _certificates.OrderByDescending(certificate => certificate.IsEcdsa).FirstOrDefault(certificate => certificate.Suits(hello))
            ?? _certificates[0];
    }

    private void LookAgain()
    {
        var last = Volatile.Read(ref _lookedAt);
        var now = _clock.GetTimestamp();
        if (_clock.GetElapsedTime(last, now) < LookAgainAfter || Interlocked.CompareExchange(ref _lookedAt, now, last) != last)
            return;

        try
        {
            // The texts and not the files' dates: a renewal may be a link that now points elsewhere.
            var texts = _files.Read();
            if (texts == _texts)
                return;

            _texts = texts; // also when they cannot be used: that is said once
            _certificates = _files.Open(texts, _clock.GetUtcNow());
            _log.CertificateRenewed(_files.Certificate, _certificates[0].Certificate.NotAfter.ToUniversalTime());
        }
        catch (CertificateException exception)
        {
            // The key may still be on its way: the old pair serves on, and the next look finds both.
            _log.CertificateNotRenewed(exception.Error.Code, exception.Message);
        }
    }
}
