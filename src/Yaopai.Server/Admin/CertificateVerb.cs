using System.CommandLine;
using Yaopai.Errors;
using Yaopai.Server.Gateway;
using Yaopai.Server.Hosting;
using Yaopai.Server.Hosting.Tls;
using Yaopai.Server.Keys;
using Yaopai.Server.OAuth;

namespace Yaopai.Server.Admin;

/// <summary><c>certificate</c>: HTTPS for development, under the names of this machine and of the platforms.</summary>
internal static class CertificateVerb
{
    private static readonly string[] s_thisMachine = ["localhost", "127.0.0.1", "::1"];

    public static Command Command(Shell shell)
    {
        var hosts = Inputs.Texts("--host", "name", "Another host name or address for the certificate.", AppFormats.Host);
        var days = Inputs.Number("--days", "The validity in days.", "n", least: 1, most: DevelopmentCertificate.LongestLife, usual: 397);
        var force = new Option<bool>("--force") { Description = "Replaces an existing certificate." };

        return Shell.Offline("certificate",
            "Creates a development certificate for this machine and the platforms' host names. "
            + "The server then serves HTTPS too.",
            [hosts, days, force, shell.Json], async (result, ct) =>
            {
                var settings = Platform.Configuration(result.GetValue(shell.Database), result.GetValue(shell.Data));
                var names = s_thisMachine.Concat(HostsOf(settings)).Concat(result.GetValue(hosts) ?? [])
                    .Distinct(StringComparer.OrdinalIgnoreCase).ToList();
                var made = DevelopmentCertificate.Make(names, TimeProvider.System.GetUtcNow(), TimeSpan.FromDays(result.GetValue(days)));
                var (files, authority) = Write(settings, made, result.GetValue(force));

                await shell.ShowAsync(result,
                [
                    new("authority",   authority),
                    new("certificate", files.Certificate),
                    new("key",         files.Key),
                    new("names",       names),
                    new("valid_until", made.ValidUntil),
                ]);
                if (!result.GetValue(shell.Json))
                    await shell.Out.WriteAsync(Advice(authority, settings));

                return ExitCode.Done;
            });
    }

    private static IEnumerable<string> HostsOf(IConfiguration settings)
    {
        var services = new ServiceCollection().AddSingleton(settings);
        YaopaiServer.AddSurfaces(services);
        using var provider = services.BuildServiceProvider();
        return [.. provider.GetServices<SurfaceOptions>().SelectMany(surface => surface.Hosts)];
    }

    private static (CertificateFiles Files, string Authority) Write(IConfiguration settings, DevelopmentCertificate.Made made, bool force)
    {
        var files = CertificateFiles.In(Settings.DataFolder(settings));
        if (CertificateFiles.Of(settings) is { } used && used != files)
            throw new CommandException(OperatorErrors.Tls.CertificateSetElsewhere,
                $"The server is set to use {used.Certificate} (Tls:Certificate) and would ignore another.");
        if (File.Exists(files.Certificate) && !force)
            throw new CommandException(OperatorErrors.Tls.CertificatePresent, $"{files.Certificate} already exists.");

        var folder = Path.GetDirectoryName(files.Certificate)!;
        PrivateFolder.Create(Settings.DataFolder(settings));
        PrivateFolder.Create(folder);
        var authority = Path.Combine(folder, "ca.pem");
        PrivateFile.Replace(authority, made.Authority);
        PrivateFile.Replace(files.Key, made.Keys);
        PrivateFile.Replace(files.Certificate, made.Certificates);
        return (files, authority);
    }

    private static string Advice(string authority, IConfiguration settings)
    {
        var url = TlsOptions.Of(settings).Url is { Length: > 0 } set ? set : TlsOptions.UsualUrl;
        var port = new Uri(
            url.Replace("*", "localhost", StringComparison.Ordinal).Replace("+", "localhost", StringComparison.Ordinal)).Port;
        var host = HostsOf(settings).FirstOrDefault() ?? "localhost";
        var full = Path.GetFullPath(authority);
        return $"""

            {CommandLine.Name} now listens on {url} too (a server that serves HTTPS already takes the new certificate by itself).
            Callers have to trust the authority. Its key was not kept: nobody can sign anything else with it.

              curl --cacert {full} https://localhost:{port}/healthz
              curl --cacert {full} --resolve {host}:{port}:127.0.0.1 https://{host}:{port}/.well-known/openid-configuration

            Java     keytool -importcert -noprompt -alias yaopai -file {full} -keystore yaopai.p12 -storepass yaopai-trust
                     then java -Djavax.net.ssl.trustStore=yaopai.p12 -Djavax.net.ssl.trustStorePassword=yaopai-trust …
            Node     NODE_EXTRA_CA_CERTS={full}
            Python   REQUESTS_CA_BUNDLE={full}, or SSL_CERT_FILE={full}
            Debian   cp {full} /usr/local/share/ca-certificates/yaopai.crt && update-ca-certificates

            """;
    }
}
