using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Yaopai.Errors.Export;

/// <summary>One constant object by surface, operation and name, and the union of its leaves.</summary>
internal static class TypeScriptExport
{
    private const string Types =
        """
        } as const;

        type Leaf<T> = T extends { readonly code: string } ? T : { [K in keyof T]: Leaf<T[K]> }[keyof T];

        /** Any error of the catalogue; narrow it by `number` or `code`. */
        export type ErrorDefinition = Leaf<typeof errors>;

        export type ErrorNumber = ErrorDefinition["number"];

        """;

    public static string Write(IEnumerable<ErrorDefinition> errors)
    {
        var text = new StringBuilder("export const errors = {\n");
        foreach (var surface in errors.GroupBy(error => error.Surface))
        {
            text.Append($"  {surface.Key}: {{\n");
            foreach (var operation in surface.GroupBy(error => error.Operation))
            {
                text.Append($"    {operation.Key}: {{\n");
                foreach (var error in operation)
                    Write(text, error);
                text.Append("    },\n");
            }

            text.Append("  },\n");
        }

        return text.Append(Types.ReplaceLineEndings("\n")).ToString();
    }

    private static void Write(StringBuilder text, ErrorDefinition error) => text
        .Append($"      /** {Comment(error.Number)}: {Comment(ListedText.Of(error.En).Headline)} */\n")
        .Append($"      {error.Name}: {{ number: {Text(error.Number)}, channel: {Text(error.Channel)}, parent: {Text(error.Parent)}, ")
        .Append($"code: {Text(error.Code)}, http: {error.Http}, zh: {Lines(error.Zh)}, en: {Lines(error.En)}, ")
        .Append($"remedyZh: {Lines(error.RemedyZh)}, remedyEn: {Lines(error.RemedyEn)}, ")
        .Append($"retry: {Text(error.Retry.Word())}, audience: {Text(error.Audience.Word())}, ")
        .Append($"beyond: {(error.Beyond ? "true" : "false")} }},\n");

    private static string Lines(string text) => Text(ListedText.Of(text).ToLines());

    private static string Text(string value) => $"\"{JsonEncodedText.Encode(value, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";

    private static string Comment(string value) => value.Replace("*/", "*\u200b/");
}
