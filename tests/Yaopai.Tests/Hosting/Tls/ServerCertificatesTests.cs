using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Yaopai.Server.Hosting.Tls;
using Yaopai.Tests.Http;
using Yaopai.Tests.Keys;

namespace Yaopai.Tests.Hosting.Tls;

/// <summary>A renewal takes effect without a restart.</summary>
public sealed class ServerCertificatesTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("yaopai-renew-");
    private readonly FakeTimeProvider _clock = new(Rings.Noon);
    private readonly LogOf _log = new();
    private readonly CertificateFiles _files;
    private readonly ServerCertificates _certificates;
    private readonly TestCertificate _renewed;

    public ServerCertificatesTests()
    {
        _files = TestCertificate.Make(_clock.GetUtcNow()).WriteTo(_folder.FullName);
        _renewed = TestCertificate.Make(_clock.GetUtcNow());
        _certificates = new ServerCertificates(
            _files, _clock, LoggerFactory.Create(logging => logging.AddProvider(_log)).CreateLogger<ServerCertificates>());
    }

    [Fact]
    public void Changed_files_are_read_at_the_next_look()
    {
        var before = Shown();
        _renewed.WriteTo(_folder.FullName);

        Assert.Equal(before, Shown()); // not at every connection
        _clock.Advance(ServerCertificates.LookAgainAfter);
        Assert.NotEqual(before, Shown());
    }

    [Fact]
    public void Half_of_a_renewal_leaves_the_old_pair_in_service()
    {
        var before = Shown();
        File.WriteAllText(_files.Certificate, _renewed.Made.Certificates);
        _clock.Advance(ServerCertificates.LookAgainAfter);
        Assert.Equal(before, Shown());
        Assert.Contains(_log.Lines, line => line.StartsWith("Error The new certificate cannot be used", StringComparison.Ordinal));

        File.WriteAllText(_files.Key, _renewed.Made.Keys);
        _clock.Advance(ServerCertificates.LookAgainAfter);
        Assert.NotEqual(before, Shown());
    }

    [Fact]
    public void What_cannot_be_used_is_said_once()
    {
        var before = Shown();
        File.WriteAllText(_files.Key, "no key");
        for (var i = 0; i < 3; i++)
        {
            _clock.Advance(ServerCertificates.LookAgainAfter);
            Assert.Equal(before, Shown());
        }

        Assert.Single(_log.Lines, line => line.StartsWith("Error", StringComparison.Ordinal));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private string Shown() => _certificates.For(ClientHello.Unknown).Certificate.Thumbprint;
}
