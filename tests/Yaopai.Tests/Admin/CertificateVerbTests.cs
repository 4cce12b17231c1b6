using System.Diagnostics;
using Yaopai.Server.Hosting.Tls;
using Yaopai.Server.Surfaces.OpenApi;
using Yaopai.Server.Surfaces.WeLink;
using Yaopai.Tests.Hosting.Tls;
using Yaopai.Tests.Http;
using Yaopai.Tests.Storage;

namespace Yaopai.Tests.Admin;

public sealed class CertificateVerbTests : IDisposable
{
    private readonly DirectoryInfo _parent = Directory.CreateTempSubdirectory("yaopai-certificate-");

    private string Data => Path.Combine(_parent.FullName, "data");

    [Fact]
    public async Task It_names_this_machine_and_every_host_of_the_surfaces_and_keeps_its_files_private()
    {
        var made = await Operator().AskAsync("certificate", "--host", "yaopai.test", "--host", "192.0.2.7");

        var names = made.GetProperty("names").EnumerateArray().Select(name => name.GetString()).ToList();
        Assert.Equal(
            ["localhost", "127.0.0.1", "::1", .. TestCertificate.Hosts, .. new OpenApiOptions().Hosts, .. new WeLinkOptions().Hosts,
                "yaopai.test", "192.0.2.7"], names);
        var files = CertificateFiles.In(Data);
        var opened = files.Open(files.Read(), TimeProvider.System.GetUtcNow());
        Assert.Equal([false, true], opened.Select(certificate => certificate.IsEcdsa));
        Assert.All(opened, certificate => Assert.True(certificate.Certificate.MatchesHostname("yaopai.test")));
        Assert.Equal(
            ["ca.pem", "certificate.pem", "key.pem"], Directory.GetFiles(Path.Combine(Data, "tls")).Select(Path.GetFileName).Order());
        if (!OperatingSystem.IsWindows())
        {
            foreach (var file in Directory.GetFiles(Path.Combine(Data, "tls")))
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }
    }

    [Fact]
    public async Task One_that_is_there_is_only_replaced_by_force()
    {
        await Operator().AskAsync("certificate");
        var key = await File.ReadAllTextAsync(CertificateFiles.In(Data).Key);

        var refused = await Operator().RunAsync("certificate");
        Assert.Equal((1, ""), (refused.ExitCode, refused.Output));
        Assert.Contains("already exists.\nReplace it with --force", refused.Error, StringComparison.Ordinal);
        Assert.Equal(key, await File.ReadAllTextAsync(CertificateFiles.In(Data).Key));

        await Operator().AskAsync("certificate", "--force", "--days", "1");
        Assert.NotEqual(key, await File.ReadAllTextAsync(CertificateFiles.In(Data).Key));
    }

    [Fact]
    public async Task The_server_finds_it_and_the_commands_that_were_printed_work()
    {
        var heard = await Operator().RunAsync("certificate");
        var commands = heard.Lines.Where(line => line.StartsWith("  curl ", StringComparison.Ordinal)).ToList();
        Assert.Equal(2, commands.Count);

        var engine = new OnSqlite();
        await engine.InitializeAsync();
        await using (var server = await TestServer.StartAsync(engine, ("Data", Data), ("Tls:Url", "https://127.0.0.1:0")))
        {
            var answers = await Task.WhenAll(commands.Select(command =>
                BashAsync(command.Replace("7743", $"{server.HttpsAddress.Port}", StringComparison.Ordinal))));

            Assert.Equal("ok\n", answers[0]);
            Assert.Contains(
                $"\"token_endpoint\":\"https://oauth-login.cloud.huawei.com:{server.HttpsAddress.Port}/oauth2/v3/token\"", answers[1]);
        }

        await engine.DisposeAsync();
    }

    public void Dispose() => _parent.Delete(recursive: true);

    private Operator Operator() => new($"sqlite:{Path.Combine(Data, "yaopai.db")}", Data);

    private static async Task<string> BashAsync(string command)
    {
        using var bash = Process.Start(
            new ProcessStartInfo("bash", ["-c", command]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = bash.StandardError.ReadToEndAsync();
        var output = await bash.StandardOutput.ReadToEndAsync();
        await bash.WaitForExitAsync();
        Assert.True(bash.ExitCode == 0, await error);
        return output;
    }
}
