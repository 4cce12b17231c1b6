using System.Text;

namespace Yaopai.Errors;

/// <summary>A text of the catalogue as people read it: sentences, what introduces a list, and the list.</summary>
/// <remarks>A row of the table is one line, in which <c> ; </c> parts the items of a list.</remarks>
/// <param name="Lead">The sentences before; empty where the text is a list from its beginning.</param>
/// <param name="Introduction">The sentence that ends in a colon; empty where there is none.</param>
public sealed record ListedText(string Lead, string Introduction, IReadOnlyList<string> Items)
{
    private const string Mark = " ; ";

    public static ListedText Of(string text)
    {
        var parts = text.Split(Mark, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length < 2)
            return new(text, "", []);
        if (parts[0][^1] is not (':' or '：'))
            return new("", "", parts);

        var stop = Math.Max(parts[0].LastIndexOf("。 ", StringComparison.Ordinal), parts[0].LastIndexOf(". ", StringComparison.Ordinal)) + 1;
        return new(parts[0][..stop], parts[0][stop..].Trim(), parts[1..]);
    }

    /// <summary>What says it in one line: a headline, a cell.</summary>
    public string Headline => Lead is not "" ? Lead : Introduction is not "" ? Introduction : Items[0];

    /// <summary>A line each, with a dash before every item.</summary>
    public string ToLines(string indent = "")
    {
        var text = new StringBuilder($"{Lead} {Introduction}".Trim());
        foreach (var item in Items)
            text.Append(text.Length is 0 ? "- " : $"\n{indent}- ").Append(item);

        return text.ToString();
    }
}
