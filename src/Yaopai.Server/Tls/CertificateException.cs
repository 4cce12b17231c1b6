namespace Yaopai.Server.Tls;

/// <summary>HTTPS cannot be served. The message says what to do about it.</summary>
internal sealed class CertificateException(string message, Exception? inner = null) : Exception(message, inner);
