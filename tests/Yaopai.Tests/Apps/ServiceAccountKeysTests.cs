using System.Security.Cryptography;
using System.Text;
using Yaopai.Server.Apps;

namespace Yaopai.Tests.Apps;

public sealed class ServiceAccountKeysTests
{
    [Fact]
    public void What_is_encrypted_to_a_made_pair_its_private_key_opens_with_OAEP_and_SHA256()
    {
        var (account, privateKey) = ServiceAccountKeys.Make();
        using var rsa = RSA.Create();
        rsa.ImportFromPem(privateKey);

        Assert.Equal("腰牌", Encoding.UTF8.GetString(rsa.Decrypt(account.Encrypt("腰牌"u8), RSAEncryptionPadding.OaepSHA256)));
        Assert.ThrowsAny<CryptographicException>(() => rsa.Decrypt(account.Encrypt("腰牌"u8), RSAEncryptionPadding.OaepSHA1));
        Assert.Matches("^[0-9]{9}$", account.ClientId);
        Assert.Matches("^[0-9a-f]{32}$", account.KeyId);
    }

    [Theory]
    [InlineData(2048, (int)ServiceAccountKeyFault.None)]
    [InlineData(4096, (int)ServiceAccountKeyFault.None)]
    [InlineData(1024, (int)ServiceAccountKeyFault.SizeUnsuitable)]
    [InlineData(2040, (int)ServiceAccountKeyFault.SizeUnsuitable)]
    public void A_key_has_2048_to_4096_bits(int bits, int expected)
    {
        using var rsa = RSA.Create(bits);

        Assert.Equal((ServiceAccountKeyFault)expected, FaultOf(rsa.ExportSubjectPublicKeyInfoPem()));
        Assert.Equal((ServiceAccountKeyFault)expected, FaultOf(rsa.ExportRSAPublicKeyPem()));
    }

    [Theory]
    [InlineData(2041)]
    [InlineData(4104)]
    public void A_modulus_of_any_other_size_is_refused(int bits)
    {
        var modulus = new byte[(bits + 7) / 8];
        modulus.AsSpan().Fill(0xff);
        modulus[0] = (byte)(0xff >> ((modulus.Length * 8) - bits));

        Assert.Equal(ServiceAccountKeyFault.SizeUnsuitable, FaultOf(PemOf(modulus, [1, 0, 1])));
    }

    [Theory]
    [InlineData(new byte[] { 1 })]
    [InlineData(new byte[] { 3 })]
    [InlineData(new byte[] { 0xff, 0xff })]
    [InlineData(new byte[] { 1, 0, 2 })]
    public void An_exponent_that_hides_nothing_is_refused(byte[] exponent)
    {
        using var rsa = RSA.Create(2048);

        Assert.NotEqual(ServiceAccountKeyFault.None, FaultOf(PemOf(rsa.ExportParameters(false).Modulus!, exponent)));
    }

    [Fact]
    public void A_private_key_is_refused_as_what_it_is()
    {
        using var rsa = RSA.Create(2048);

        Assert.Equal(ServiceAccountKeyFault.Private, FaultOf(rsa.ExportPkcs8PrivateKeyPem()));
        Assert.Equal(ServiceAccountKeyFault.Private, FaultOf(rsa.ExportRSAPrivateKeyPem()));
    }

    [Fact]
    public void What_is_no_RSA_key_in_PEM_is_unreadable()
    {
        using var ec = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        string[] texts = ["", "key", "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----", ec.ExportSubjectPublicKeyInfoPem(),
            new string('A', 100_000), "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----"];

        Assert.All(texts, text => Assert.Equal(ServiceAccountKeyFault.Unreadable, FaultOf(text)));
    }

    private static ServiceAccountKeyFault FaultOf(string pem)
    {
        ServiceAccountKeys.TryRead(pem, out _, out var fault);
        return fault;
    }

    private static string PemOf(byte[] modulus, byte[] exponent)
    {
        var writer = new System.Formats.Asn1.AsnWriter(System.Formats.Asn1.AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteIntegerUnsigned(modulus);
            writer.WriteIntegerUnsigned(exponent);
        }

        return PemEncoding.WriteString("RSA PUBLIC KEY", writer.Encode());
    }
}
