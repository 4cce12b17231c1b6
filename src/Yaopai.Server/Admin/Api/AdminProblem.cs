using System.Text.Encodings.Web;
using System.Text.Json;
using Yaopai.Errors;
using Yaopai.Server.Gateway;

namespace Yaopai.Server.Admin.Api;

/// <summary>A refusal as RFC 9457 has it, with the code of the catalogue.</summary>
internal sealed record AdminProblem(ErrorDefinition Error, string Detail, IReadOnlyList<InputFault>? Faults = null)
{
    private static readonly JsonWriterOptions s_options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Indented = true,
        NewLine = "\n",
    };

    /// <summary>A refusal that no status is written for is a mistake of the caller's.</summary>
    public int Status => Error.Http is 0 ? StatusCodes.Status400BadRequest : Error.Http;

    public async Task WriteAsync(HttpContext http)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, s_options))
            Write(json, http);

        http.Response.StatusCode = Status;
        http.Response.ContentType = "application/problem+json";
        http.Response.Headers["X-Request-Id"] = http.TraceIdentifier;
        if (Status is StatusCodes.Status401Unauthorized)
            http.Response.Headers.WWWAuthenticate = "Bearer realm=\"admin\"";
        await http.Response.Body.WriteAsync(bytes.GetBuffer().AsMemory(0, (int)bytes.Length), http.RequestAborted);
    }

    private void Write(Utf8JsonWriter json, HttpContext http)
    {
        json.WriteStartObject();
        json.WriteString("type", ErrorCatalogue.PageOf(Error) is { } page ? PublicAddress.Of(http.Request, page) : "about:blank");
        json.WriteString("title", Error.En);
        json.WriteNumber("status", Status);
        json.WriteString("detail", Detail);
        json.WriteString("code", Error.Code);
        json.WriteString("remedy", Error.RemedyEn);
        if (Faults is not null)
        {
            json.WriteStartArray("errors");
            foreach (var (pointer, detail) in Faults)
            {
                json.WriteStartObject();
                json.WriteString("pointer", pointer);
                json.WriteString("detail", detail);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        json.WriteString("request_id", http.TraceIdentifier);
        json.WriteEndObject();
    }
}
