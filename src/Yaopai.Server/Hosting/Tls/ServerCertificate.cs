using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Yaopai.Server.Hosting.Tls;

/// <summary>A certificate with its key, ready to be shown to callers.</summary>
internal sealed class ServerCertificate(X509Certificate2 certificate, X509Certificate2Collection others)
{
    private const ushort NoCurve = 0;

    // RFC 8446 §4.2.3 and §4.2.7: the signature, and for TLS 1.2 the curve, that a caller has to name.
    private static readonly Dictionary<string, (ushort Signature, ushort Curve)> s_curves = new()
    {
        ["1.2.840.10045.3.1.7"] = (0x0403, 0x0017),
        ["1.3.132.0.34"] = (0x0503, 0x0018),
        ["1.3.132.0.35"] = (0x0603, 0x0019),
    };

    private readonly (ushort Signature, ushort Curve) _demands = CurveOf(certificate);

    public X509Certificate2 Certificate => certificate;

    /// <summary>With the way to an authority, and never a look at the network for it.</summary>
    public SslStreamCertificateContext Context { get; } = SslStreamCertificateContext.Create(certificate, others, offline: true);

    public bool IsEcdsa { get; } = certificate.GetECDsaPublicKey() is not null;

    /// <summary>Whether a caller that said this can check the certificate's signatures.</summary>
    public bool Suits(ClientHello hello) =>
        !IsEcdsa || (hello.TakesEcdsa && hello.Signatures.Contains(_demands.Signature) && hello.Curves.Contains(_demands.Curve));

    private static (ushort, ushort) CurveOf(X509Certificate2 certificate)
    {
        using var key = certificate.GetECDsaPublicKey();
        return s_curves.GetValueOrDefault(key?.ExportParameters(false).Curve.Oid.Value ?? "", (NoCurve, NoCurve));
    }
}
