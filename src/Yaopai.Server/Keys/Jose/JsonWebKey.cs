using System.Text.Json;

namespace Yaopai.Server.Keys.Jose;

/// <summary>A public signing key as it is published.</summary>
internal sealed record JsonWebKey(string Kty, string E, string Use, string Kid, string Alg, string N)
{
    /// <summary>Writes the members in the order clients have always seen.</summary>
    public void WriteTo(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("kty"u8, Kty);
        writer.WriteString("e"u8, E);
        writer.WriteString("use"u8, Use);
        writer.WriteString("kid"u8, Kid);
        writer.WriteString("alg"u8, Alg);
        writer.WriteString("n"u8, N);
        writer.WriteEndObject();
    }
}
