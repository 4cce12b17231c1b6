using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Yaopai.Errors.Export;

internal static class JsonExport
{
    // The text stands in a file or an application/json body, never inside HTML, so Chinese stays readable.
    private static readonly JsonWriterOptions s_options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Indented = true,
        NewLine = "\n",
    };

    public static string Write(IEnumerable<ErrorDefinition> errors)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, s_options))
        {
            json.WriteStartArray();
            foreach (var error in errors)
                Write(json, error);
            json.WriteEndArray();
        }

        return Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length) + "\n";
    }

    private static void Write(Utf8JsonWriter json, ErrorDefinition error)
    {
        json.WriteStartObject();
        json.WriteString("surface", error.Surface);
        json.WriteString("operation", error.Operation);
        json.WriteString("name", error.Name);
        json.WriteString("number", error.Number);
        json.WriteString("channel", error.Channel);
        json.WriteString("parent", error.Parent);
        json.WriteString("code", error.Code);
        json.WriteNumber("http", error.Http);
        json.WriteString("zh", ListedText.Of(error.Zh).ToLines());
        json.WriteString("en", ListedText.Of(error.En).ToLines());
        json.WriteString("remedy_zh", ListedText.Of(error.RemedyZh).ToLines());
        json.WriteString("remedy_en", ListedText.Of(error.RemedyEn).ToLines());
        json.WriteString("retry", error.Retry.Word());
        json.WriteString("audience", error.Audience.Word());
        json.WriteString("origin", error.Beyond ? "beyond" : error.ServiceCode is null ? "seed" : "own");
        json.WriteEndObject();
    }
}
