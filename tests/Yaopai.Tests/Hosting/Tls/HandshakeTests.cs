using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Yaopai.Tests.Hosting.Tls;

/// <summary>Who gets a connection, with what (contract: TLS 1.2 with four suites; 1.3 besides).</summary>
public sealed class HandshakeTests(TlsServer fixture) : IClassFixture<TlsServer>
{
    private const byte Alert = 21;
    private const byte Handshake = 22;
    private const byte Fatal = 2;
    private const byte ProtocolVersion = 70;

    [Theory]
    [InlineData(TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384, false)]
    [InlineData(TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, false)]
    [InlineData(TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384, true)]
    [InlineData(TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, true)]
    public async Task Each_of_the_four_suites_alone_is_enough(TlsCipherSuite suite, bool isEcdsa)
    {
        await using var stream = await fixture.ShakeHandsAsync(Caller(SslProtocols.Tls12, suite));

        Assert.Equal(suite, stream.NegotiatedCipherSuite);
        Assert.Equal(isEcdsa, new X509Certificate2(stream.RemoteCertificate!).GetECDsaPublicKey() is not null);
    }

    [Theory]
    [InlineData(TlsCipherSuite.TLS_AES_128_GCM_SHA256)]
    [InlineData(TlsCipherSuite.TLS_AES_256_GCM_SHA384)]
    [InlineData(TlsCipherSuite.TLS_CHACHA20_POLY1305_SHA256)]
    public async Task TLS_1_3_is_taken(TlsCipherSuite suite)
    {
        await using var stream = await fixture.ShakeHandsAsync(Caller(SslProtocols.Tls13, suite));

        Assert.Equal((SslProtocols.Tls13, suite), (stream.SslProtocol, stream.NegotiatedCipherSuite));
    }

    [Theory]
    [InlineData(TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256)]
    [InlineData(TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384)]
    [InlineData(TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256)]
    [InlineData(TlsCipherSuite.TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256)]
    [InlineData(TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CCM)]
    [InlineData(TlsCipherSuite.TLS_RSA_WITH_AES_128_GCM_SHA256)]
    [InlineData(TlsCipherSuite.TLS_DHE_RSA_WITH_AES_128_GCM_SHA256)]
    public async Task With_other_suites_alone_the_server_breaks_off(TlsCipherSuite suite)
    {
        var refusal = await Assert.ThrowsAsync<AuthenticationException>(() => fixture.ShakeHandsAsync(Caller(SslProtocols.Tls12, suite)));

        // What came from the server, and not what the caller itself could not do.
        Assert.Contains("alert handshake failure", refusal.InnerException!.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0x0301)]
    [InlineData(0x0302)]
    public async Task TLS_before_1_2_is_refused_for_its_version(ushort version) =>
        Assert.Equal((byte[])[Alert, Fatal, ProtocolVersion], await AnsweredAsync(version));

    [Fact]
    public async Task The_same_caller_with_TLS_1_2_is_answered() => Assert.Equal(Handshake, (await AnsweredAsync(0x0303))[0]);

    /// <summary>The kind of the first record that comes back, and its first two bytes.</summary>
    private async Task<byte[]> AnsweredAsync(ushort version)
    {
        using var client = await fixture.ConnectAsync();
        var stream = client.GetStream();
        await stream.WriteAsync(Hello.Of(version, [Hello.RsaAes128Gcm, 0xc013, 0x002f], [Hello.RsaPkcs1], [Hello.P256]));
        var answer = new byte[7];
        await stream.ReadExactlyAsync(answer).AsTask().WaitAsync(TimeSpan.FromSeconds(30));
        return [answer[0], answer[5], answer[6]];
    }

    private static SslClientAuthenticationOptions Caller(SslProtocols protocol, TlsCipherSuite suite)
    {
        var caller = TestCertificate.Shared.Trust(TestCertificate.Host);
        caller.EnabledSslProtocols = protocol;
#pragma warning disable CA1416 // the tests run where suites can be chosen
        caller.CipherSuitesPolicy = new CipherSuitesPolicy([suite]);
#pragma warning restore CA1416
        return caller;
    }
}
