namespace Yaopai.Server.Hosting.Tls;

/// <summary>HTTPS: whose certificate, and where.</summary>
internal sealed class TlsOptions
{
    public const string SectionName = "Tls";

    /// <summary>Where HTTPS is, beside the usual address for HTTP, when nothing is said about either.</summary>
    public const string UsualUrl = "https://localhost:7743";

    /// <summary>A PEM file with the certificate and what leads from it to an authority;
    /// two certificates where one is RSA, the other ECDSA.</summary>
    public string? Certificate { get; set; }

    /// <summary>A PEM file with the certificate's private key; both keys where there are two certificates.</summary>
    public string? Key { get; set; }

    /// <summary>An address for HTTPS besides <c>urls</c>.</summary>
    public string? Url { get; set; }

    public bool IsWhole => (Certificate is null or "") == (Key is null or "");

    public bool IsHttps => Url is null or "" || Url.StartsWith("https://", StringComparison.OrdinalIgnoreCase);

    public static TlsOptions Of(IConfiguration configuration) => configuration.GetSection(SectionName).Get<TlsOptions>() ?? new();
}
