using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Yaopai.Server.Gateway;

namespace Yaopai.Server.Sandbox.Issuer;

/// <summary>Answers in JSON that are wrong in what they say.</summary>
internal static class JsonFaults
{
    public const string Elsewhere = "https://issuer.elsewhere.example";

    /// <summary>How platforms name a person.</summary>
    private static readonly string[] s_subjects = ["sub", "openID", "unionID", "openid", "unionid", "uid"];

    private static readonly JsonSerializerOptions s_readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Whether the answer has what is to be made wrong.</summary>
    public static bool Fits(FaultKind kind, IOperation operation, JsonObject json) => kind switch
    {
        FaultKind.MissingAccessToken or FaultKind.NumberAccessToken or FaultKind.ExtraFields => json.ContainsKey("access_token"),
        FaultKind.MissingTokenType or FaultKind.WrongTokenType => json.ContainsKey("token_type"),
        FaultKind.MissingExpiresIn or FaultKind.TextExpiresIn => json.ContainsKey("expires_in"),
        FaultKind.MissingIdToken => json.ContainsKey("id_token"),
        FaultKind.JwksWithoutKey => json["keys"] is JsonArray { Count: > 0 },
        FaultKind.WrongDiscoveryIssuer or FaultKind.MissingIssParameter => json.ContainsKey("issuer"),
        FaultKind.WrongSub => operation.Gives.HasFlag(Given.Subject) && s_subjects.Any(json.ContainsKey),
        _ => false,
    };

    public static byte[] Change(FaultKind kind, JsonObject json)
    {
        switch (kind)
        {
            case FaultKind.MissingAccessToken: json.Remove("access_token"); break;
            case FaultKind.MissingTokenType: json.Remove("token_type"); break;
            case FaultKind.MissingExpiresIn: json.Remove("expires_in"); break;
            case FaultKind.MissingIdToken: json.Remove("id_token"); break;
            case FaultKind.NumberAccessToken: json["access_token"] = 12345; break;
            case FaultKind.WrongTokenType: json["token_type"] = "unheard-of"; break;
            case FaultKind.TextExpiresIn: json["expires_in"] = "soon"; break;
            case FaultKind.ExtraFields:
                json["x_number"] = 1;
                json["x_object"] = new JsonObject { ["list"] = new JsonArray(1, "2", null) };
                break;
            case FaultKind.JwksWithoutKey: json["keys"]!.AsArray().RemoveAt(0); break; // the one that signs comes first
            case FaultKind.WrongDiscoveryIssuer: json["issuer"] = Elsewhere; break;
            case FaultKind.MissingIssParameter: json["authorization_response_iss_parameter_supported"] = true; break;
            case FaultKind.WrongSub:
                foreach (var name in s_subjects.Where(json.ContainsKey))
                    json[name] = SomebodyElse($"{json[name]}");
                break;
        }

        return JsonSerializer.SerializeToUtf8Bytes(json, s_readable);
    }

    /// <summary>An identifier of the same form, which is always the same for the same person.</summary>
    public static string SomebodyElse(string identifier) => string.Create(identifier.Length, identifier, static (other, known) =>
    {
        for (var i = 0; i < known.Length; i++)
        {
            other[i] = known[i] switch
            {
                'z' => 'a',
                'Z' => 'A',
                '9' => '1',
                '-' or '_' => known[i],
                var letter => (char)(letter + 1),
            };
        }
    });
}
