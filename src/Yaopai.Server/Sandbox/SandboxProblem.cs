using System.Text.Json;

namespace Yaopai.Server.Sandbox;

/// <summary>What is wrong with a request to the sandbox itself, as RFC 9457 has it.</summary>
internal sealed record SandboxProblem(int Status, string Title, string Detail)
{
    public static SandboxProblem Invalid(string detail) => new(400, "The request cannot be used", detail);

    public static SandboxProblem NotFound(string detail) => new(404, "There is no such thing", detail);

    public async Task WriteAsync(HttpResponse response)
    {
        response.StatusCode = Status;
        await response.WriteAsJsonAsync(
            new { type = "about:blank", title = Title, status = Status, detail = Detail }, SandboxJson.Options, "application/problem+json");
    }
}

internal static class SandboxJson
{
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
    };
}
