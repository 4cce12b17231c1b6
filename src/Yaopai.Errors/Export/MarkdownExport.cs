using System.Text;

namespace Yaopai.Errors.Export;

/// <summary>A heading a surface, a table an operation.</summary>
internal static class MarkdownExport
{
    public static string Write(IEnumerable<ErrorDefinition> errors)
    {
        var text = new StringBuilder("# Errors\n");
        foreach (var surface in errors.GroupBy(error => error.Surface))
        {
            text.Append($"\n## {surface.Key}\n");
            foreach (var operation in surface.GroupBy(error => error.Operation))
            {
                text.Append($"\n### {surface.Key}.{operation.Key}\n\n")
                    .Append("| Code | Name | HTTP | Channel | 说明 | Meaning | 处理建议 | Remedy | Retry | Audience |\n")
                    .Append("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |\n");
                foreach (var error in operation)
                    text.Append("| ").AppendJoin(" | ", Cells(error).Select(Escape)).Append(" |\n");
            }
        }

        return text.ToString();
    }

    private static string[] Cells(ErrorDefinition error) =>
    [
        error.Number, error.Name, error.Http is 0 ? "" : $"{error.Http}", error.Channel,
        Lines(error.Zh), Lines(error.En), Lines(error.RemedyZh), Lines(error.RemedyEn),
        error.Retry.Word(), error.Audience.Word(),
    ];

    private static string Lines(string text) => ListedText.Of(text).ToLines();

    // Names of parameters are full of underscores, and a text may hold a bar or a tag: all of them must be read as written.
    private static string Escape(string cell)
    {
        var escaped = new StringBuilder(cell.Length);
        foreach (var c in cell)
        {
            if (c is '\\' or '|' or '_' or '*' or '`' or '<' or '[')
                escaped.Append('\\');
            escaped.Append(c);
        }

        return escaped.Replace("\n", "<br>").ToString(); // a cell is one line
    }
}
