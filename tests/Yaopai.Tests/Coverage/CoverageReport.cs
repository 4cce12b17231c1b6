using System.Text;
using Yaopai.Errors;
using Yaopai.Tests.Http;

namespace Yaopai.Tests.Coverage;

/// <summary>docs/error-coverage.md: row by row which test provokes it over HTTP, and what is not provoked yet.</summary>
internal static class CoverageReport
{
    public static string Write()
    {
        var text = new StringBuilder();
        text.Append("""
            # Which documented errors are provoked, and by which test

            Written by the test suite: a row counts when an answer of the running server was held against it, status, codes, text and
            content type. Its cause is **real** (a request that breaks the rule, a database that is stopped, frozen, locked or broken, a
            clock that moved) or **forced**: the sandbox was told to break something at a seam, because no request from outside can do so in
            a program without defects. HTTP 500 needs an exception that nobody foresaw, HTTP 590 an operation that answers with another
            one's error, some errors a key ring that finds no key.
            The errors of an operator (`Operator`) come on standard error of the program or from its admin API, by their real causes.
            The test is the operation's own where there is one, with the row of its table.

            | surface | documented | by a real cause | forced | not yet |
            | --- | ---: | ---: | ---: | ---: |

            """);
        foreach (var surface in ErrorCatalogue.Surfaces)
        {
            var causes = surface.Errors.Select(Provoked.CauseOf).ToArray();
            var (real, forced) = (causes.Count(cause => cause is { IsForced: false }), causes.Count(cause => cause is { IsForced: true }));
            text.Append($"| {surface.Name} | {causes.Length} | {real} | {forced} | {causes.Length - real - forced} |\n");
        }

        foreach (var surface in ErrorCatalogue.Surfaces)
        {
            text.Append($"\n## {surface.Name}\n");
            foreach (var operation in surface.Errors.GroupBy(error => error.Operation))
            {
                text.Append($"\n### {operation.Key}\n\n| name | channel | code | cause | test |\n| --- | --- | --- | --- | --- |\n");
                foreach (var error in operation)
                    text.Append($"| {error.Name} | {error.Channel} | {error.Number} | {Cells(Provoked.CauseOf(error))} |\n");
            }
        }

        return text.ToString();
    }

    private static string Cells(Provoked.Cause? cause) => cause is null
        ? "*not yet provoked* | "
        : $"{(cause.IsForced ? "forced" : "real")} | [{Path.GetFileName(cause.File)}](../{cause.File}) {cause.Method}{Row(cause.Row)}";

    /// <summary>Whatever a row holds, it stays one cell of one line.</summary>
    private static string Row(string row) => row is ""
        ? ""
        : $" `{string.Concat(row.Select(character => character is '|' or '`' || char.IsControl(character) ? '·' : character))}`";
}
