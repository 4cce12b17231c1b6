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

            Written by the test suite: a row counts when an answer of the running server was held against it, status, codes, text and content type,
            and its cause was real: a request that breaks the rule, a database that is stopped, frozen, locked or broken, a clock that moved. Three have no
            outside cause in a program without defects and are provoked by breaking it inside: HTTP 500 by an exception that is thrown in the operation, HTTP 590 by
            an error of another operation that the guard has to stop, a lost key by a key ring that finds none. Operations that do not exist yet are *not yet provoked*.
            The errors of an operator (`Operator`) come on standard error of the program, by their real causes too.

            | surface | documented | provoked | not yet |
            | --- | ---: | ---: | ---: |

            """);
        foreach (var surface in ErrorCatalogue.Surfaces)
        {
            var provoked = surface.Errors.Count(error => Provoked.TestOf(error) is not null);
            text.Append($"| {surface.Name} | {surface.Errors.Count} | {provoked} | {surface.Errors.Count - provoked} |\n");
        }

        foreach (var surface in ErrorCatalogue.Surfaces)
        {
            text.Append($"\n## {surface.Name}\n");
            foreach (var operation in surface.Errors.GroupBy(error => error.Operation))
            {
                text.Append($"\n### {operation.Key}\n\n| name | channel | code | provoked by |\n| --- | --- | --- | --- |\n");
                foreach (var error in operation)
                    text.Append($"| {error.Name} | {error.Channel} | {error.Number} | {Provoked.TestOf(error) ?? "*not yet provoked*"} |\n");
            }
        }

        return text.ToString();
    }
}
