using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using Yaopai.Server.Keys.Jose;

namespace Yaopai.Tests.Keys.Jose;

public sealed class WycheproofTests
{
    private static readonly SigningKey s_ourKey = SigningKey.FromPrivate(SigningKey.MakePrivate());
    private static readonly Dictionary<int, Vector> s_vectors = Load();

    /// <summary>Vectors of a PS256 key with a token of PS384, see README.md.</summary>
    private static readonly int[] s_ofAnotherAlgorithm = [346, 350];

    public static TheoryData<int, string> OfOurAlgorithms => Named(vector => vector.IsOffered);

    public static TheoryData<int, string> OfOtherAlgorithms => Named(vector => !vector.IsOffered);

    [Theory, MemberData(nameof(OfOurAlgorithms))]
    public void A_token_is_verified_as_documented(int id, string comment)
    {
        _ = comment;
        var vector = s_vectors[id];

        Assert.Equal(vector.IsValid && !s_ofAnotherAlgorithm.Contains(id), JsonWebToken.Read(vector.Token).Verify(vector.Key));
    }

    [Theory, MemberData(nameof(OfOtherAlgorithms))]
    public void A_token_of_another_algorithm_is_refused(int id, string comment)
    {
        _ = comment;
        var token = JsonWebToken.Read(s_vectors[id].Token);

        // Some name an algorithm of ours that their key is not for: the key is then none that we could hold.
        Assert.False(token.Verify(token.Algorithm is null ? s_vectors[id].Key : s_ourKey));
    }

    [Fact]
    public void Every_vector_is_used() => Assert.Equal((401, 322), (s_vectors.Count, OfOurAlgorithms.Count));

    private static TheoryData<int, string> Named(Func<Vector, bool> chosen)
    {
        var data = new TheoryData<int, string>();
        foreach (var (id, vector) in s_vectors.Where(pair => chosen(pair.Value)))
            data.Add(id, vector.Comment);
        return data;
    }

    private static Dictionary<int, Vector> Load()
    {
        using var file = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "Keys", "Jose", "json_web_signature_test.json"));
        using var document = JsonDocument.Parse(file);
        return (
            from @group in document.RootElement.GetProperty("testGroups").EnumerateArray()
            let jwk = @group.GetProperty(@group.TryGetProperty("public", out _) ? "public" : "private")
            let isOffered = jwk.TryGetProperty("alg", out var alg) && JoseAlgorithm.Find(alg.GetString()) is not null
            let key = ReadKey(jwk)
            from test in @group.GetProperty("tests").EnumerateArray()
            select (
                Id: test.GetProperty("tcId").GetInt32(),
                Vector: new Vector(
                    test.GetProperty("comment").GetString()!, Text(test.GetProperty("jws")), key, isOffered,
                    test.GetProperty("result").GetString() is "valid")))
            .ToDictionary(pair => pair.Id, pair => pair.Vector);
    }

    private static string Text(JsonElement jws) => jws.ValueKind is JsonValueKind.String ? jws.GetString()! : jws.GetRawText();

    private static SigningKey ReadKey(JsonElement jwk) => jwk.GetProperty("kty").GetString() switch
    {
        "RSA" => SigningKey.FromPublic(new RSAParameters { Modulus = Bytes(jwk, "n"), Exponent = Bytes(jwk, "e") }),
        "EC" when jwk.GetProperty("crv").GetString() is "P-256" => EllipticSigningKey.FromPublic(
            new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new ECPoint { X = Bytes(jwk, "x"), Y = Bytes(jwk, "y") } }),
        _ => s_ourKey,
    };

    private static byte[] Bytes(JsonElement jwk, string name) => Base64Url.DecodeFromChars(jwk.GetProperty(name).GetString());

    private sealed record Vector(string Comment, string Token, SigningKey Key, bool IsOffered, bool IsValid);
}
