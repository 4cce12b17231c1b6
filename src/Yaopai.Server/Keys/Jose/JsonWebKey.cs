using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;

namespace Yaopai.Server.Keys.Jose;

/// <summary>A public signing key as it is published: its members in the order clients have always seen.</summary>
internal sealed class JsonWebKey
{
    private readonly (string Name, string Value)[] _members;

    private JsonWebKey(string kid, params (string Name, string Value)[] members) => (Kid, _members) = (kid, members);

    public string Kid { get; }

    // The key signs PS256 too; the published algorithm is what clients of the platform have always seen.
    public static JsonWebKey Of(string kid, RSAParameters key) => new(
        kid,
        ("kty", "RSA"),
        ("e", Base64Url.EncodeToString(key.Exponent!)),
        ("use", "sig"),
        ("kid", kid),
        ("alg", JoseAlgorithm.RS256.Name),
        ("n", Base64Url.EncodeToString(key.Modulus!)));

    // RFC 7518 §6.2.1.
    public static JsonWebKey Of(string kid, ECParameters key) => new(
        kid,
        ("kty", "EC"),
        ("crv", "P-256"),
        ("use", "sig"),
        ("kid", kid),
        ("alg", JoseAlgorithm.ES256.Name),
        ("x", Base64Url.EncodeToString(key.Q.X!)),
        ("y", Base64Url.EncodeToString(key.Q.Y!)));

    public void WriteTo(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        foreach (var (name, value) in _members)
            writer.WriteString(name, value);
        writer.WriteEndObject();
    }
}
