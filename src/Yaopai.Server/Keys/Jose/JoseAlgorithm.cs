using System.Security.Cryptography;

namespace Yaopai.Server.Keys.Jose;

/// <summary>The signature algorithms this house speaks. What is not in the table does not exist here, "none" included.</summary>
/// <remarks>RSASSA-PSS takes a salt as long as the hash and MGF1 with the same hash, as RFC 7518 §3.5 wants.</remarks>
/// <param name="Padding">Null for a signature of an elliptic curve, which has none.</param>
internal sealed record JoseAlgorithm(string Name, HashAlgorithmName Hash, RSASignaturePadding? Padding)
{
    public static readonly JoseAlgorithm RS256 = new("RS256", HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
    public static readonly JoseAlgorithm PS256 = new("PS256", HashAlgorithmName.SHA256, RSASignaturePadding.Pss);
    public static readonly JoseAlgorithm ES256 = new("ES256", HashAlgorithmName.SHA256, Padding: null);

    public static readonly IReadOnlyList<JoseAlgorithm> All = [RS256, PS256, ES256];

    public bool IsElliptic => Padding is null;

    public static JoseAlgorithm? Find(string? name) => All.FirstOrDefault(algorithm => algorithm.Name == name);
}
