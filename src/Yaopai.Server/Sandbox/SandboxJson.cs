using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Yaopai.Server.Sandbox;

/// <summary>How the sandbox reads and writes: strict in, readable out.</summary>
internal static class SandboxJson
{
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(), // the schema may be asked for before anything is read or written
    };

    /// <summary>What is wrong with what was sent or written. The framework's message names types of this program,
    /// which help nobody outside.</summary>
    public static string Explain(JsonException exception)
    {
        var message = exception.Message.Split(" Path:")[0];
        var quoted = message.Split('\'') is [_, var name, ..] && !name.Contains('.') ? $" at \"{name}\"" : "";
        return $"The body is not the JSON that is expected here{quoted}. Path: {exception.Path ?? "$"}, line {exception.LineNumber + 1}.";
    }
}
