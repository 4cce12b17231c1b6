using System.Buffers;
using Yaopai.Server.Hosting.Tls;

namespace Yaopai.Tests.Hosting.Tls;

public sealed class ClientHelloTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("yaopai-hello-");
    private readonly IReadOnlyList<ServerCertificate> _certificates;

    public ClientHelloTests()
    {
        var files = TestCertificate.Shared.WriteTo(_folder.FullName);
        _certificates = files.Open(files.Read(), TimeProvider.System.GetUtcNow());
    }

    /// <summary>What a caller can do, and whether it is shown the ECDSA certificate.</summary>
    public static TheoryData<string, byte[], bool> Callers { get; } = new()
    {
        { "all of it",
            Hello.Of(0x0303, [Hello.EcdsaAes128Gcm, Hello.RsaAes128Gcm], [Hello.EcdsaP256, Hello.RsaPkcs1], [Hello.P256]), true },
        { "TLS 1.3",              Hello.Of(0x0303, [0x1301], [Hello.EcdsaP256, 0x0804], [Hello.X25519, Hello.P256], [0x0304, 0x0303]),
            true },
        { "no ECDSA suite",       Hello.Of(0x0303, [Hello.RsaAes128Gcm], [Hello.EcdsaP256, Hello.RsaPkcs1], [Hello.P256]), false },
        { "no ECDSA signature",   Hello.Of(0x0303, [Hello.EcdsaAes128Gcm, Hello.RsaAes128Gcm], [Hello.RsaPkcs1], [Hello.P256]), false },
        { "not the curve",
            Hello.Of(0x0303, [Hello.EcdsaAes128Gcm, Hello.RsaAes128Gcm], [Hello.EcdsaP256, Hello.RsaPkcs1], [Hello.X25519]), false },
        { "1.3 with RSA alone",   Hello.Of(0x0303, [0x1301], [0x0804], [Hello.X25519], [0x0304]), false },
        { "nothing",              [], false },
        { "something else",       "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"u8.ToArray(), false },
    };

    [Theory, MemberData(nameof(Callers))]
    public void Who_can_check_ECDSA_is_shown_ECDSA(string who, byte[] record, bool isEcdsa)
    {
        var hello = ClientHello.Read(new ReadOnlySequence<byte>(record));

        Assert.True(isEcdsa == _certificates.Single(certificate => certificate.IsEcdsa).Suits(hello), who);
        Assert.True(_certificates.Single(certificate => !certificate.IsEcdsa).Suits(hello));
    }

    [Fact]
    public void A_record_that_is_cut_anywhere_is_read_without_a_fault()
    {
        var whole = Hello.Of(0x0303, [0x1301, Hello.EcdsaAes128Gcm], [Hello.EcdsaP256], [Hello.P256], [0x0304]);
        for (var length = 0; length < whole.Length; length++)
            ClientHello.Read(new ReadOnlySequence<byte>(whole[..length]));

        for (var i = 0; i < whole.Length; i++)
        {
            whole[i] ^= 0xff; // lengths that lie, too
            ClientHello.Read(new ReadOnlySequence<byte>(whole));
            whole[i] ^= 0xff;
        }

        Assert.True(ClientHello.Read(new ReadOnlySequence<byte>(whole)).TakesEcdsa);
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
