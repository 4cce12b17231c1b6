using System.Text.Json;
using Yaopai.Errors;
using Yaopai.Errors.Export;

namespace Yaopai.Tests.Errors.Export;

public sealed class ErrorExportTests
{
    private static readonly ErrorDefinition s_error = new(
        "Shop", "Pay", "CardExpired", "http", "1", "402", 402, "卡已过期|", "The \"card\" */ expired", "换卡", "Use <another> card_no",
        Retry.No, Audience.User, Beyond: true);

    [Theory]
    [InlineData("json")]
    [InlineData("md")]
    [InlineData("ts")]
    public void The_whole_catalogue_leaves_the_same_way_twice_with_readable_Chinese_and_plain_line_ends(string format)
    {
        var export = ErrorExport.Find(format)!;
        var text = export.Write(ErrorCatalogue.All);

        Assert.Equal(text, export.Write(ErrorCatalogue.All));
        Assert.Contains(ErrorCatalogue.All[0].Zh, text);
        Assert.EndsWith("\n", text);
        Assert.DoesNotContain('\r', text);
        Assert.All(ErrorCatalogue.All, error => Assert.Contains(error.Name, text));
    }

    [Fact]
    public void An_unknown_format_is_not_found() => Assert.Null(ErrorExport.Find("xml"));

    [Fact]
    public void Json_holds_every_column_of_every_error()
    {
        using var json = JsonDocument.Parse(Write("json", s_error));

        var row = Assert.Single(json.RootElement.EnumerateArray());
        Assert.Equal(
            [
                "Shop", "Pay", "CardExpired", "1/402", "http", "1", "402", "402", s_error.Zh, s_error.En, s_error.RemedyZh,
                s_error.RemedyEn, "no", "user", "beyond",
            ],
            row.EnumerateObject().Select(column => column.Value.ToString()));
    }

    [Fact]
    public void Json_keeps_the_order_of_the_catalogue()
    {
        using var json = JsonDocument.Parse(ErrorExport.Find("json")!.Write(ErrorCatalogue.All));

        Assert.Equal(
            ErrorCatalogue.All.Select(error => $"{error.Surface}.{error.Operation}.{error.Name}"),
            json.RootElement.EnumerateArray().Select(row =>
                $"{row.GetProperty("surface")}.{row.GetProperty("operation")}.{row.GetProperty("name")}"));
    }

    [Fact]
    public void Markdown_is_a_table_an_operation_with_its_marks_escaped() => Assert.Equal(
        """
        # Errors

        ## Shop

        ### Shop.Pay

        | Code | Name | HTTP | Channel | 说明 | Meaning | 处理建议 | Remedy | Retry | Audience |
        | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |
        | 1/402 | CardExpired | 402 | http | 卡已过期\| | The "card" \*/ expired | 换卡 | Use \<another> card\_no | no | user |

        """.ReplaceLineEndings("\n"), Write("md", s_error));

    [Fact]
    public void TypeScript_is_a_constant_by_surface_operation_and_name()
    {
        var text = Write("ts", s_error);

        Assert.StartsWith("export const errors = {\n  Shop: {\n    Pay: {\n      /** ", text);
        Assert.Contains("""CardExpired: { number: "1/402", channel: "http", parent: "1", code: "402", http: 402, zh: "卡已过期|", """, text);
        Assert.Contains("""en: "The \"card\" */ expired", """, text);
        Assert.Contains("""retry: "no", audience: "user", beyond: true },""", text);
        Assert.Contains("\n} as const;\n", text);
        Assert.Contains("export type ErrorDefinition = ", text);
    }

    [Fact]
    public void TypeScript_of_the_whole_catalogue_closes_what_it_opens()
    {
        var text = ErrorExport.Find("ts")!.Write(ErrorCatalogue.All);
        var (depth, inString, inComment) = (0, false, false);
        for (var i = 0; i < text.Length; i++)
        {
            if (inComment)
                inComment = !(text[i] is '/' && text[i - 1] is '*');
            else if (inString)
                (i, inString) = text[i] switch { '\\' => (i + 1, true), '"' or '\n' => (i, false), _ => (i, true) };
            else if (text[i] is '/' && text[i + 1] is '*')
                (i, inComment) = (i + 2, true);
            else if (text[i] is '"')
                inString = true;
            else
                depth += text[i] switch { '{' => 1, '}' => -1, _ => 0 };

            Assert.True(depth >= 0);
        }

        Assert.Equal((0, false, false), (depth, inString, inComment));
    }

    private static string Write(string format, params ErrorDefinition[] errors) => ErrorExport.Find(format)!.Write(errors);
}
