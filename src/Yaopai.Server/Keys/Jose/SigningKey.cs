using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Yaopai.Server.Keys.Jose;

/// <summary>A key that signs and verifies on many threads at once.</summary>
internal abstract class SigningKey
{
    private readonly Dictionary<JoseAlgorithm, byte[]> _headers;

    /// <param name="signatureLength">Of every signature of the key, in bytes.</param>
    /// <param name="algorithms">What the key is for: with any other it neither signs nor verifies.</param>
    protected SigningKey(JsonWebKey @public, int signatureLength, params ReadOnlySpan<JoseAlgorithm> algorithms)
    {
        (Public, SignatureLength) = (@public, signatureLength);
        _headers = algorithms.ToArray().ToDictionary(algorithm => algorithm, EncodeHeader);
    }

    /// <summary>SHA-256 of the public key in lower-case hex.</summary>
    public string Kid => Public.Kid;

    public JsonWebKey Public { get; }

    public int SignatureLength { get; }

    /// <summary>A new private RSA key, as <see cref="FromPrivate"/> reads it. Takes a processor for some 100 ms.</summary>
    public static byte[] MakePrivate() => RsaSigningKey.MakePrivate();

    public static SigningKey FromPrivate(byte[] pkcs8) => RsaSigningKey.FromPrivate(pkcs8);

    /// <summary>A key that only verifies.</summary>
    public static SigningKey FromPublic(RSAParameters parameters) => RsaSigningKey.FromPublic(parameters);

    /// <summary>The first segment of every token of this key and algorithm: base64url of the header, in ASCII.</summary>
    public ReadOnlySpan<byte> EncodedHeader(JoseAlgorithm algorithm) => _headers[algorithm];

    public abstract void Sign(JoseAlgorithm algorithm, ReadOnlySpan<byte> data, Span<byte> signature);

    /// <summary>False also for an algorithm that the key is not for, and for a signature that is shorter or longer
    /// than those of the key.</summary>
    public bool Verify(JoseAlgorithm algorithm, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature) =>
        // RFC 8017 §8.1.2 and §8.2.2, RFC 7518 §3.4: a signature has one length, neither shorter nor padded.
        _headers.ContainsKey(algorithm) && signature.Length == SignatureLength && OnVerify(algorithm, data, signature);

    protected abstract bool OnVerify(JoseAlgorithm algorithm, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature);

    protected static string KidOf(AsymmetricAlgorithm key) => Convert.ToHexStringLower(SHA256.HashData(key.ExportSubjectPublicKeyInfo()));

    private byte[] EncodeHeader(JoseAlgorithm algorithm) =>
        Base64Url.EncodeToUtf8(Encoding.ASCII.GetBytes($$"""{"kid":"{{Kid}}","typ":"JWT","alg":"{{algorithm.Name}}"}"""));
}
