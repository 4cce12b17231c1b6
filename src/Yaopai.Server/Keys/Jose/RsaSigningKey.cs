using System.Security.Cryptography;
using Microsoft.Extensions.ObjectPool;

namespace Yaopai.Server.Keys.Jose;

/// <summary>RSA-2048: RS256 and PS256.</summary>
internal sealed class RsaSigningKey : SigningKey
{
    private const int Bits = 2048;

    private readonly ObjectPool<RSA> _instances;

    private RsaSigningKey(ObjectPool<RSA> instances, JsonWebKey @public, int signatureLength)
        : base(@public, signatureLength, JoseAlgorithm.RS256, JoseAlgorithm.PS256) => _instances = instances;

    public static new byte[] MakePrivate()
    {
        using var rsa = RSA.Create(Bits);
        return rsa.ExportPkcs8PrivateKey();
    }

    public static new RsaSigningKey FromPrivate(byte[] pkcs8) => Open(() =>
    {
        var rsa = RSA.Create();
        rsa.ImportPkcs8PrivateKey(pkcs8, out _);
        return rsa;
    });

    public static new RsaSigningKey FromPublic(RSAParameters parameters) => Open(() => RSA.Create(parameters));

    public override void Sign(JoseAlgorithm algorithm, ReadOnlySpan<byte> data, Span<byte> signature)
    {
        var rsa = _instances.Get();
        rsa.SignData(data, signature, algorithm.Hash, algorithm.Padding!);
        _instances.Return(rsa);
    }

    protected override bool OnVerify(JoseAlgorithm algorithm, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        var rsa = _instances.Get();
        var verified = rsa.VerifyData(data, signature, algorithm.Hash, algorithm.Padding!);
        _instances.Return(rsa);
        return verified;
    }

    private static RsaSigningKey Open(Func<RSA> open)
    {
        var instances = InstancePool.Of(open);
        var rsa = instances.Get();
        var parameters = rsa.ExportParameters(includePrivateParameters: false);
        var key = new RsaSigningKey(instances, JsonWebKey.Of(KidOf(rsa), parameters), parameters.Modulus!.Length);
        instances.Return(rsa);
        return key;
    }
}
