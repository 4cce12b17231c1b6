using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Yaopai.Server.Keys.Jose;

/// <summary>An RSA key that signs and verifies on many threads at once.</summary>
internal sealed class SigningKey
{
    private const int Bits = 2048;

    private readonly InstancePool<RSA> _instances;
    private readonly Dictionary<JoseAlgorithm, byte[]> _headers;

    private SigningKey(Func<RSA> open)
    {
        _instances = new InstancePool<RSA>(open);
        var rsa = _instances.Rent();
        var parameters = rsa.ExportParameters(includePrivateParameters: false);
        Kid = Convert.ToHexStringLower(SHA256.HashData(rsa.ExportSubjectPublicKeyInfo()));
        SignatureLength = parameters.Modulus!.Length;
        _instances.Return(rsa);

        // The key signs PS256 too; the published algorithm is what clients of the platform have always seen.
        Public = new JsonWebKey(
            "RSA", Base64Url.EncodeToString(parameters.Exponent!), "sig", Kid, JoseAlgorithm.RS256.Name,
            Base64Url.EncodeToString(parameters.Modulus));
        _headers = JoseAlgorithm.All.ToDictionary(algorithm => algorithm, EncodeHeader);
    }

    /// <summary>SHA-256 of the public key in lower-case hex.</summary>
    public string Kid { get; }

    public JsonWebKey Public { get; }

    public int SignatureLength { get; }

    /// <summary>A new private key, as <see cref="FromPrivate"/> reads it. Takes a processor for some 100 ms.</summary>
    public static byte[] MakePrivate()
    {
        using var rsa = RSA.Create(Bits);
        return rsa.ExportPkcs8PrivateKey();
    }

    public static SigningKey FromPrivate(byte[] pkcs8) => new(() =>
    {
        var rsa = RSA.Create();
        rsa.ImportPkcs8PrivateKey(pkcs8, out _);
        return rsa;
    });

    /// <summary>A key that only verifies.</summary>
    public static SigningKey FromPublic(RSAParameters parameters) => new(() => RSA.Create(parameters));

    /// <summary>The first segment of every token of this key and algorithm: base64url of the header, in ASCII.</summary>
    public ReadOnlySpan<byte> EncodedHeader(JoseAlgorithm algorithm) => _headers[algorithm];

    public void Sign(JoseAlgorithm algorithm, ReadOnlySpan<byte> data, Span<byte> signature)
    {
        var rsa = _instances.Rent();
        rsa.SignData(data, signature, algorithm.Hash, algorithm.Padding);
        _instances.Return(rsa);
    }

    public bool Verify(JoseAlgorithm algorithm, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        // RFC 8017 §8.1.2 and §8.2.2: a signature is as long as the modulus, neither shorter nor padded.
        if (signature.Length != SignatureLength)
            return false;

        var rsa = _instances.Rent();
        var verified = rsa.VerifyData(data, signature, algorithm.Hash, algorithm.Padding);
        _instances.Return(rsa);
        return verified;
    }

    private byte[] EncodeHeader(JoseAlgorithm algorithm) =>
        Base64Url.EncodeToUtf8(Encoding.ASCII.GetBytes($$"""{"kid":"{{Kid}}","typ":"JWT","alg":"{{algorithm.Name}}"}"""));
}
