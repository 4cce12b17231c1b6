using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Yaopai.Server.Keys.Jose;

namespace Yaopai.Server.Sandbox.Issuer;

/// <summary>An ID token with something wrong in it, signed for real.</summary>
/// <param name="key">The key that would sign the right one.</param>
/// <param name="secret">The client secret that the request shows.</param>
internal sealed class WrongIdToken(SigningKey key, JoseAlgorithm algorithm, ReadOnlySpan<byte> payload, string secret)
{
    private const int Hour = 3600, Day = 24 * Hour;

    private readonly JsonObject _claims = JsonNode.Parse(payload)!.AsObject();
    private readonly SigningKey _key = key;
    private SigningKey _signer = key;
    private FaultKind _signature;

    /// <summary>Whether the token has what is to be made wrong.</summary>
    public bool Fits(FaultKind kind) => kind switch
    {
        FaultKind.WrongNonce or FaultKind.MissingNonce => _claims.ContainsKey("nonce"),
        FaultKind.Hs256Secret => secret is not "",
        _ => IsOfClaims(kind) || IsOfSignature(kind),
    };

    /// <param name="other">A key that is not the platform's, or not yet.</param>
    public void Apply(FaultKind kind, Func<SigningKey> other)
    {
        if (IsOfClaims(kind))
            Change(kind);
        else
            (_signature, _signer) = (kind, IsOfAnotherKey(kind) ? other() : _key);
    }

    public string Write() => _signature switch
    {
        FaultKind.AlgNone => Input(kid: null, "none") + '.',
        FaultKind.Hs256Secret => Hashed(Encoding.UTF8.GetBytes(secret)),
        FaultKind.Hs256PublicKey => Hashed(Encoding.ASCII.GetBytes(PemOf(_key.Public))),
        FaultKind.UnknownKid => Signed(Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(_key.Kid)))),
        FaultKind.BadSignature => Signed(_key.Kid),
        _ => Signed(_signer.Kid),
    };

    private static bool IsOfClaims(FaultKind kind) => kind is >= FaultKind.WrongIss and <= FaultKind.WrongAtHash;

    private static bool IsOfSignature(FaultKind kind) => kind is >= FaultKind.BadSignature and <= FaultKind.Hs256PublicKey;

    private static bool IsOfAnotherKey(FaultKind kind) =>
        kind is FaultKind.BadSignature or FaultKind.UnpublishedKey or FaultKind.KeyRotated;

    private void Change(FaultKind kind)
    {
        switch (kind)
        {
            case FaultKind.WrongIss: _claims["iss"] = JsonFaults.Elsewhere; break;
            case FaultKind.WrongAud:
                _claims["aud"] = JsonFaults.SomebodyElse($"{_claims["aud"]}");
                _claims["azp"] = $"{_claims["aud"]}";
                break;
            case FaultKind.SeveralAud:
                _claims["aud"] = new JsonArray($"{_claims["aud"]}", JsonFaults.SomebodyElse($"{_claims["aud"]}"));
                _claims.Remove("azp");
                break;
            case FaultKind.WrongSub: _claims["sub"] = JsonFaults.SomebodyElse($"{_claims["sub"]}"); break;
            case FaultKind.WrongNonce: _claims["nonce"] = "of-another"; break;
            case FaultKind.MissingNonce: _claims.Remove("nonce"); break;
            case FaultKind.Expired: Move(-2 * Hour); break;
            case FaultKind.IssuedInFuture: Move(Day); break;
            case FaultKind.NotYetValid:
                _claims["nbf"] = Number("iat") + Day;
                _claims["exp"] = Number("exp") + Day;
                break;
            case FaultKind.WrongAtHash: _claims["at_hash"] = JsonFaults.SomebodyElse($"{_claims["at_hash"]}"); break;
        }
    }

    private void Move(int seconds)
    {
        _claims["iat"] = Number("iat") + seconds;
        _claims["exp"] = Number("exp") + seconds;
    }

    private long Number(string claim) => _claims[claim]!.GetValue<long>();

    private string Hashed(byte[] secretKey)
    {
        var input = Input(_key.Kid, "HS256");
        return $"{input}.{Base64Url.EncodeToString(HMACSHA256.HashData(secretKey, Encoding.ASCII.GetBytes(input)))}";
    }

    private string Signed(string kid)
    {
        var input = Input(kid, algorithm.Name);
        var signature = new byte[_signer.SignatureLength];
        _signer.Sign(algorithm, Encoding.ASCII.GetBytes(input), signature);
        return $"{input}.{Base64Url.EncodeToString(signature)}";
    }

    private string Input(string? kid, string alg)
    {
        var header = new JsonObject { ["typ"] = "JWT", ["alg"] = alg };
        if (kid is not null)
            header.Insert(0, "kid", kid);
        return $"{Encoded(header)}.{Encoded(_claims)}";
    }

    private static string Encoded(JsonObject json) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(json));

    /// <summary>The form in which libraries are handed a public key, and which the old attack takes for a secret.</summary>
    private static string PemOf(JsonWebKey published)
    {
        var json = JsonNode.Parse(Gateway.Json.Write(published, static (json, key) => Members(json, key)))!["key"]!;
        using var rsa = RSA.Create(new RSAParameters
        {
            Modulus = Base64Url.DecodeFromChars($"{json["n"]}"),
            Exponent = Base64Url.DecodeFromChars($"{json["e"]}"),
        });
        return rsa.ExportSubjectPublicKeyInfoPem();
    }

    private static void Members(Utf8JsonWriter json, JsonWebKey key)
    {
        json.WritePropertyName("key");
        key.WriteTo(json);
    }
}
