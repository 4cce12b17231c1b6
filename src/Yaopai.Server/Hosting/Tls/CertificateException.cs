using Yaopai.Errors;

namespace Yaopai.Server.Hosting.Tls;

/// <summary>A certificate that HTTPS cannot be served with.</summary>
internal sealed class CertificateException(ErrorDefinition error, string message, Exception? inner = null) : Exception(message, inner)
{
    public ErrorDefinition Error => error;
}
