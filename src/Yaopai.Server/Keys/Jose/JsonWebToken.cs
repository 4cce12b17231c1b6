using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace Yaopai.Server.Keys.Jose;

/// <summary>A signed token in its compact form (RFC 7515 §7.1): what it is made of, stated as facts, and how to make one.</summary>
internal sealed class JsonWebToken
{
    private readonly byte[] _signingInput = [];

    private JsonWebToken(string token)
    {
        Span<Range> segments = stackalloc Range[4];
        HasThreeSegments = token.AsSpan().Split(segments, '.') == 3;
        if (!HasThreeSegments)
            return;

        Header = StrictJson.ReadObject(StrictBase64Url.Decode(token.AsSpan(segments[0])));
        Payload = StrictJson.ReadObject(StrictBase64Url.Decode(token.AsSpan(segments[1])));
        Signature = StrictBase64Url.Decode(token.AsSpan(segments[2]));
        Kid = HeaderText("kid");
        // RFC 7515 §4.1.11: a reader that does not understand a critical header has to refuse the token; none is understood here.
        Algorithm = Header?.TryGetProperty("crit", out _) is true ? null : JoseAlgorithm.Find(HeaderText("alg"));
        _signingInput = Encoding.UTF8.GetBytes(token[..segments[1].End.Value]);
    }

    public bool HasThreeSegments { get; }

    /// <summary>Null when the first segment is not a JSON object in base64url.</summary>
    public JsonElement? Header { get; }

    /// <summary>Null when the second segment is not a JSON object in base64url.</summary>
    public JsonElement? Payload { get; }

    /// <summary>Null when the third segment is not base64url.</summary>
    public byte[]? Signature { get; }

    public string? Kid { get; }

    /// <summary>Null when the header names none, or one that is not offered, or asks for an extension.</summary>
    public JoseAlgorithm? Algorithm { get; }

    public static JsonWebToken Read(string token) => new(token);

    /// <summary>Signs a payload (JSON in UTF-8) under the header <c>kid, typ, alg</c>.</summary>
    public static string Sign(SigningKey key, JoseAlgorithm algorithm, ReadOnlySpan<byte> payload)
    {
        var header = key.EncodedHeader(algorithm);
        var signatureStart = header.Length + 1 + Base64Url.GetEncodedLength(payload.Length);
        var length = signatureStart + 1 + Base64Url.GetEncodedLength(key.SignatureLength);

        var buffer = ArrayPool<byte>.Shared.Rent(length + key.SignatureLength);
        var token = buffer.AsSpan(0, length);
        var signature = buffer.AsSpan(length, key.SignatureLength);

        header.CopyTo(token);
        token[header.Length] = (byte)'.';
        Base64Url.EncodeToUtf8(payload, token[(header.Length + 1)..]);
        key.Sign(algorithm, token[..signatureStart], signature);
        token[signatureStart] = (byte)'.';
        Base64Url.EncodeToUtf8(signature, token[(signatureStart + 1)..]);

        var text = Encoding.ASCII.GetString(token);
        ArrayPool<byte>.Shared.Return(buffer);
        return text;
    }

    /// <summary>Whether the key made the signature with the algorithm that the header names.</summary>
    public bool Verify(SigningKey key) => Algorithm is not null && Signature is not null && key.Verify(Algorithm, _signingInput, Signature);

    private string? HeaderText(string name) =>
        Header?.TryGetProperty(name, out var value) is true && value.ValueKind is JsonValueKind.String ? value.GetString() : null;
}
