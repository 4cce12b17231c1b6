using System.Net.Security;
using System.Security.Authentication;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace Yaopai.Server.Hosting.Tls;

/// <summary>HTTPS as the platforms have it: TLS 1.2 and 1.3, and for 1.2 the four suites that their documents name.</summary>
internal static class TlsRegistration
{
    private static readonly TlsCipherSuite[] s_suites =
    [
        TlsCipherSuite.TLS_AES_256_GCM_SHA384,
        TlsCipherSuite.TLS_AES_128_GCM_SHA256,
        TlsCipherSuite.TLS_CHACHA20_POLY1305_SHA256,
        TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
        TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
        TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
        TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
    ];

    /// <summary>Null on Windows, where the system alone decides about suites.</summary>
    private static readonly CipherSuitesPolicy? s_policy = OperatingSystem.IsWindows() ? null : new CipherSuitesPolicy(s_suites);

    private static readonly object s_hello = new();

    /// <summary>Where the server listens, and with what: <c>urls</c>, else the usual address,
    /// and HTTPS where there is a certificate.</summary>
    /// <param name="usualUrl">For HTTP, when the settings name no address.</param>
    public static void UseAddresses(this WebApplicationBuilder builder, string usualUrl)
    {
        var files = CertificateFiles.Of(builder.Configuration);
        if (files is not null)
            builder.Services.AddSingleton(files).AddSingleton<ServerCertificates>();

        // Endpoints that are configured one by one bring their own certificates, and no other address is listened on.
        var isOneByOne = builder.Configuration.GetSection("Kestrel:Endpoints").Exists();
        var urls = isOneByOne ? [] : Urls(builder.Configuration, usualUrl, files);
        if (urls.Length > 0)
            builder.WebHost.UseUrls(urls);

        var isPromised = urls.Any(url => url.StartsWith("https:", StringComparison.OrdinalIgnoreCase));
        var isKept = files is not null || builder.Configuration.GetSection("Kestrel:Certificates:Default").Exists();
        builder.Services.AddOptions<TlsOptions>().BindConfiguration(TlsOptions.SectionName)
            .Validate(options => options.IsWhole, "Tls:Certificate and Tls:Key go together: set both, or neither.")
            .Validate(options => options.IsHttps, "Tls:Url must begin with https:; addresses for HTTP are in urls.")
            .Validate(options => isKept || !isPromised || !options.IsWhole,
                "HTTPS needs a certificate: set Tls:Certificate and Tls:Key, or make one for development: ./run.sh certificate")
            .ValidateOnStart();
        builder.Services.AddOptions<KestrelServerOptions>().Configure<IServiceProvider>((kestrel, services) =>
            kestrel.ConfigureHttpsDefaults(https => Restrict(https, isOneByOne ? null : services.GetService<ServerCertificates>())));
    }

    private static string[] Urls(ConfigurationManager configuration, string usualUrl, CertificateFiles? files)
    {
        var named = configuration["urls"];
        var https = TlsOptions.Of(configuration).Url is { Length: > 0 } url ? url
            : files is not null && string.IsNullOrEmpty(named) ? TlsOptions.UsualUrl
            : "";
        return [.. (string.IsNullOrEmpty(named) ? usualUrl : named).Split(';'), .. https.Split(';', StringSplitOptions.RemoveEmptyEntries)];
    }

    private static void Restrict(HttpsConnectionAdapterOptions https, ServerCertificates? certificates)
    {
        https.SslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13;
        https.OnAuthenticate = (connection, tls) =>
        {
            tls.CipherSuitesPolicy = s_policy;
            if (certificates is null)
                return;

            tls.ServerCertificateSelectionCallback = null;
            tls.ServerCertificateContext = certificates.For(connection.Items[s_hello] as ClientHello ?? ClientHello.Unknown).Context;
        };
        if (certificates is null)
            return;

        // Kestrel wants one to begin with; which it is, is decided once the caller has said what it can do.
        https.ServerCertificateSelector = (_, _) => certificates.For(ClientHello.Unknown).Certificate;
        https.TlsClientHelloBytesCallback = (connection, record) => connection.Items[s_hello] = ClientHello.Read(record);
    }
}
