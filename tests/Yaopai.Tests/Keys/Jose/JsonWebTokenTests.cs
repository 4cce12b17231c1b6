using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Yaopai.Server.Keys.Jose;

namespace Yaopai.Tests.Keys.Jose;

public sealed class JsonWebTokenTests
{
    private static readonly byte[] s_private = SigningKey.MakePrivate();
    private static readonly SigningKey s_key = SigningKey.FromPrivate(s_private);
    private static readonly SigningKey s_stranger = SigningKey.FromPrivate(SigningKey.MakePrivate());

    public static TheoryData<string> Algorithms => ["RS256", "PS256"];

    [Theory, MemberData(nameof(Algorithms))]
    public void What_is_signed_reads_back_and_verifies(string name)
    {
        var token = JsonWebToken.Read(Sign(name, """{"sub":"腰牌"}"""));

        Assert.True(token.HasThreeSegments);
        Assert.Equal($$"""{"kid":"{{s_key.Kid}}","typ":"JWT","alg":"{{name}}"}""", token.Header!.Value.GetRawText());
        Assert.Equal("腰牌", token.Payload!.Value.GetProperty("sub").GetString());
        Assert.Equal((s_key.Kid, name, 256), (token.Kid, token.Algorithm!.Name, token.Signature!.Length));
        Assert.True(token.Verify(s_key));
        Assert.False(token.Verify(s_stranger));
    }

    [Theory, MemberData(nameof(Algorithms))]
    public void The_framework_verifies_what_we_sign(string name)
    {
        var (input, signature) = Split(Sign(name, "{}"));

        using var rsa = Public();
        var padding = name is "PS256" ? RSASignaturePadding.Pss : RSASignaturePadding.Pkcs1;
        Assert.True(rsa.VerifyData(input, signature, HashAlgorithmName.SHA256, padding));
    }

    [Fact]
    public void The_salt_of_PS256_is_32_bytes_long()
    {
        var (input, signature) = Split(Sign("PS256", "{}"));
        using var rsa = RSA.Create();
        rsa.ImportPkcs8PrivateKey(s_private, out _);
        var parameters = rsa.ExportParameters(false);

        // RFC 8017 §9.1.2 by hand: undo RSA, unmask, and see where the padding ends and the salt begins.
        var encoded = new System.Numerics.BigInteger(signature, isUnsigned: true, isBigEndian: true);
        var opened = System.Numerics.BigInteger.ModPow(
            encoded,
            new(parameters.Exponent!, isUnsigned: true, isBigEndian: true),
            new(parameters.Modulus!, isUnsigned: true, isBigEndian: true));
        var message = new byte[256];
        var bytes = opened.ToByteArray(isUnsigned: true, isBigEndian: true);
        bytes.CopyTo(message, 256 - bytes.Length);
        var (masked, hash) = (message[..223], message[223..255]);
        for (var i = 0; i * 32 < masked.Length; i++)
        {
            var mask = SHA256.HashData([.. hash, 0, 0, 0, (byte)i]);
            for (var j = i * 32; j < Math.Min(masked.Length, (i * 32) + 32); j++)
                masked[j] ^= mask[j - (i * 32)];
        }

        masked[0] &= 0x7F;
        var salt = masked[(masked.AsSpan().IndexOf((byte)1) + 1)..];
        Assert.Equal(32, salt.Length);
        Assert.Equal(hash, SHA256.HashData([.. new byte[8], .. SHA256.HashData(input), .. salt]));
    }

    [Fact]
    public void Many_threads_sign_with_one_key() => Parallel.For(0, 64, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i =>
    {
        var token = JsonWebToken.Read(Sign(i % 2 == 0 ? "RS256" : "PS256", $$"""{"n":{{i}}}"""));
        Assert.True(token.Verify(s_key));
        Assert.Equal(i, token.Payload!.Value.GetProperty("n").GetInt32());
    });

    [Theory]
    [InlineData("")]
    [InlineData("e30")]
    [InlineData("e30.e30")]
    [InlineData("e30.e30.e30.e30")]
    [InlineData("....")]
    public void A_token_has_three_segments(string token)
    {
        var read = JsonWebToken.Read(token);

        Assert.False(read.HasThreeSegments);
        Assert.Null(read.Header);
        Assert.False(read.Verify(s_key));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{")]
    [InlineData("{} {}")]
    [InlineData("{} // comment")]
    [InlineData("""{"a":1,}""")]
    [InlineData("""{"alg":"RS256","alg":"PS256"}""")]
    [InlineData("""{"alg":"RS256","\u0061lg":"PS256"}""")]
    [InlineData("""{"a":{"b":1,"b":2}}""")]
    [InlineData("""{"a":"\ud800"}""")]
    [InlineData("""{"\udc00":1}""")]
    [InlineData("""{"a":[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]}""")]
    public void A_header_or_payload_that_is_no_proper_object_is_none(string json)
    {
        Assert.Null(JsonWebToken.Read($"{Encode(json)}.e30.AA").Header);
        Assert.Null(JsonWebToken.Read($"e30.{Encode(json)}.AA").Payload);
    }

    [Fact]
    public void A_header_that_is_no_text_is_none()
    {
        byte[] json = [.. "{\"a\":\""u8, 0xC3, 0x28, .. "\"}"u8];

        Assert.Null(JsonWebToken.Read($"{Base64Url.EncodeToString(json)}.e30.AA").Header);
    }

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""{"alg":"none"}""")]
    [InlineData("""{"alg":"None"}""")]
    [InlineData("""{"alg":"rs256"}""")]
    [InlineData("""{"alg":"RS512"}""")]
    [InlineData("""{"alg":"HS256"}""")]
    [InlineData("""{"alg":256}""")]
    [InlineData("""{"alg":["RS256"]}""")]
    [InlineData("""{"alg":"RS256","crit":["exp"]}""")]
    [InlineData("""{"alg":"RS256","crit":[]}""")]
    public void Only_what_is_offered_is_an_algorithm(string header)
    {
        var input = $"{Encode(header)}.e30";
        var signature = new byte[s_key.SignatureLength];
        s_key.Sign(JoseAlgorithm.RS256, Encoding.ASCII.GetBytes(input), signature);

        var token = JsonWebToken.Read($"{input}.{Base64Url.EncodeToString(signature)}");

        Assert.NotNull(token.Header);
        Assert.Null(token.Algorithm);
        Assert.False(token.Verify(s_key));
    }

    [Fact]
    public void A_signature_of_one_algorithm_does_not_serve_another()
    {
        var rs256 = Sign("RS256", "{}").Split('.');
        var ps256 = Sign("PS256", "{}").Split('.');

        Assert.False(JsonWebToken.Read($"{ps256[0]}.{ps256[1]}.{rs256[2]}").Verify(s_key));
        Assert.False(JsonWebToken.Read($"{rs256[0]}.{rs256[1]}.{ps256[2]}").Verify(s_key));
    }

    [Theory]
    [InlineData("AA")]
    [InlineData("")]
    public void A_signature_of_the_wrong_length_is_base64url_but_verifies_nothing(string signature)
    {
        var token = JsonWebToken.Read(string.Join('.', [.. Sign("RS256", "{}").Split('.')[..2], signature]));

        Assert.NotNull(token.Signature);
        Assert.False(token.Verify(s_key));
    }

    [Theory]
    [InlineData("A")]
    [InlineData("AB")]
    [InlineData("AAB")]
    [InlineData("AA==")]
    [InlineData("AA A")]
    [InlineData("AAA\n")]
    [InlineData("AA+A")]
    [InlineData("AA/A")]
    [InlineData("ＡＡＡＡ")]
    public void Base64url_has_one_text_for_one_value(string text)
    {
        Assert.Null(StrictBase64Url.Decode(text));
        Assert.Null(JsonWebToken.Read($"e30.e30.{text}").Signature);
    }

    [Fact]
    public void Base64url_reads_what_it_writes()
    {
        for (var length = 0; length < 100; length++)
        {
            var value = RandomNumberGenerator.GetBytes(length);
            Assert.Equal(value, StrictBase64Url.Decode(Base64Url.EncodeToString(value)));
        }
    }

    [Fact]
    public void A_published_key_has_its_members_in_the_order_of_the_platform()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
            s_key.Public.WriteTo(writer);

        using var rsa = Public();
        var modulus = Base64Url.EncodeToString(rsa.ExportParameters(false).Modulus);
        Assert.Equal(
            $$"""{"kty":"RSA","e":"AQAB","use":"sig","kid":"{{s_key.Kid}}","alg":"RS256","n":"{{modulus}}"}""",
            Encoding.UTF8.GetString(buffer.WrittenSpan));
    }

    [Fact]
    public void A_key_is_named_after_its_public_half()
    {
        using var rsa = Public();

        Assert.Matches(@"\A[0-9a-f]{64}\z", s_key.Kid);
        Assert.Equal(s_key.Kid, SigningKey.FromPublic(rsa.ExportParameters(false)).Kid);
        Assert.NotEqual(s_key.Kid, s_stranger.Kid);
    }

    [Fact]
    public void ES256_signs_with_r_and_s_of_fixed_length_and_no_other_key_verifies_it()
    {
        var pkcs8 = EllipticSigningKey.MakePrivate();
        var key = EllipticSigningKey.FromPrivate(pkcs8);
        var stranger = EllipticSigningKey.FromPrivate(EllipticSigningKey.MakePrivate());
        using var ec = ECDsa.Create();
        ec.ImportPkcs8PrivateKey(pkcs8, out _);

        for (var i = 0; i < 300; i++) // an r or s with a leading zero comes once in 128
        {
            var text = JsonWebToken.Sign(key, JoseAlgorithm.ES256, Encoding.UTF8.GetBytes($$"""{"n":{{i}}}"""));
            var (input, signature) = Split(text);
            Assert.Equal(64, signature.Length);
            Assert.True(JsonWebToken.Read(text).Verify(key));
            Assert.True(ec.VerifyData(input, signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation));
            Assert.False(JsonWebToken.Read(text).Verify(s_key));
            Assert.False(JsonWebToken.Read(text).Verify(stranger));
        }
    }

    [Theory, MemberData(nameof(Algorithms))]
    public void A_key_for_ES256_verifies_nothing_of_an_RSA_key(string algorithm) =>
        Assert.False(JsonWebToken.Read(Sign(algorithm, "{}")).Verify(EllipticSigningKey.FromPrivate(EllipticSigningKey.MakePrivate())));

    // RFC 7515, appendix A.3: key and token of the standard.
    [Fact]
    public void The_example_of_the_standard_for_ES256_verifies()
    {
        var key = EllipticSigningKey.FromPublic(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new ECPoint
            {
                X = Base64Url.DecodeFromChars("f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU"),
                Y = Base64Url.DecodeFromChars("x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"),
            },
        });

        Assert.True(JsonWebToken.Read(
            "eyJhbGciOiJFUzI1NiJ9"
            + ".eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ"
            + ".DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q").Verify(key));
    }

    [Fact]
    public void A_published_key_for_ES256_has_the_members_of_the_standard()
    {
        var key = EllipticSigningKey.FromPrivate(EllipticSigningKey.MakePrivate());
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
            key.Public.WriteTo(writer);

        var json = JsonDocument.Parse(buffer.WrittenMemory).RootElement;
        Assert.Equal(["kty", "crv", "use", "kid", "alg", "x", "y"], json.EnumerateObject().Select(member => member.Name));
        Assert.Equal(["EC", "P-256", "sig", key.Kid, "ES256"], json.EnumerateObject().Take(5).Select(member => member.Value.GetString()));
        Assert.All(["x", "y"], name => Assert.Equal(32, Base64Url.DecodeFromChars(json.GetProperty(name).GetString()).Length));
    }

    // The example of OpenID Connect Core, appendix A.4.
    [Fact]
    public void The_access_token_hash_is_the_standards() =>
        Assert.Equal("77QmUPtjPfzWtF2AnpK9RQ", AccessTokenHash.Of("jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y"));

    private static string Sign(string algorithm, string payload) =>
        JsonWebToken.Sign(s_key, JoseAlgorithm.Find(algorithm)!, Encoding.UTF8.GetBytes(payload));

    private static (byte[] Input, byte[] Signature) Split(string token)
    {
        var dot = token.LastIndexOf('.');
        return (Encoding.ASCII.GetBytes(token[..dot]), Base64Url.DecodeFromChars(token.AsSpan(dot + 1)));
    }

    private static RSA Public()
    {
        using var rsa = RSA.Create();
        rsa.ImportPkcs8PrivateKey(s_private, out _);
        return RSA.Create(rsa.ExportParameters(includePrivateParameters: false));
    }

    private static string Encode(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));
}
