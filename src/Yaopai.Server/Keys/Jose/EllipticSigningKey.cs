using System.Security.Cryptography;
using Microsoft.Extensions.ObjectPool;

namespace Yaopai.Server.Keys.Jose;

/// <summary>A key of the curve P-256: ES256.</summary>
internal sealed class EllipticSigningKey : SigningKey
{
    /// <summary>RFC 7518 §3.4: r and s, 32 bytes each, one after the other.</summary>
    private const DSASignatureFormat Format = DSASignatureFormat.IeeeP1363FixedFieldConcatenation;
    private const int Length = 64;

    private readonly ObjectPool<ECDsa> _instances;

    private EllipticSigningKey(ObjectPool<ECDsa> instances, JsonWebKey @public)
        : base(@public, Length, JoseAlgorithm.ES256) => _instances = instances;

    public static new byte[] MakePrivate()
    {
        using var ec = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return ec.ExportPkcs8PrivateKey();
    }

    public static new EllipticSigningKey FromPrivate(byte[] pkcs8) => Open(() =>
    {
        var ec = ECDsa.Create();
        ec.ImportPkcs8PrivateKey(pkcs8, out _);
        return ec;
    });

    /// <summary>A key that only verifies.</summary>
    public static EllipticSigningKey FromPublic(ECParameters parameters) => Open(() => ECDsa.Create(parameters));

    public override void Sign(JoseAlgorithm algorithm, ReadOnlySpan<byte> data, Span<byte> signature)
    {
        var ec = _instances.Get();
        ec.SignData(data, signature, algorithm.Hash, Format);
        _instances.Return(ec);
    }

    protected override bool OnVerify(JoseAlgorithm algorithm, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        var ec = _instances.Get();
        var verified = ec.VerifyData(data, signature, algorithm.Hash, Format);
        _instances.Return(ec);
        return verified;
    }

    private static EllipticSigningKey Open(Func<ECDsa> open)
    {
        var instances = InstancePool.Of(open);
        var ec = instances.Get();
        var key = new EllipticSigningKey(instances, JsonWebKey.Of(KidOf(ec), ec.ExportParameters(includePrivateParameters: false)));
        instances.Return(ec);
        return key;
    }
}
