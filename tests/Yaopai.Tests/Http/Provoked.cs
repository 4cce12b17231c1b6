using System.Collections.Concurrent;
using System.Text.Encodings.Web;
using System.Text.Json;
using Xunit.v3;
using Yaopai.Errors;

namespace Yaopai.Tests.Http;

/// <summary>Which documented answers really came in this run, and in which test.</summary>
internal static class Provoked
{
    private static readonly ConcurrentDictionary<ErrorDefinition, ConcurrentDictionary<Cause, bool>> s_causes = new();

    public static void Record(ErrorDefinition definition, bool isForced = false)
    {
        if (TestContext.Current.Test is IXunitTest test) // and no fixture that prepares something
            s_causes.GetOrAdd(definition, _ => new())[Cause.Of(test, isForced)] = true;
    }

    /// <summary>The same of an answer that came over HTTP, which is kept for <see cref="RecordedWire"/> too.</summary>
    public static void Record(ErrorDefinition definition, HttpResponseMessage response, string body)
    {
        RecordedWire.Add(definition, response, body);
        Record(definition, ForcedRequests.Contain(response.RequestMessage!));
    }

    /// <summary>The test that shows it best, whichever was faster; null when none did.</summary>
    /// <remarks>A real cause before a forced one; the operation's own test before one of its surface, and that before any other.</remarks>
    public static Cause? CauseOf(ErrorDefinition definition) => s_causes.TryGetValue(definition, out var causes)
        ? causes.Keys
            .OrderBy(cause => cause.IsForced)
            .ThenBy(cause => cause.DistanceTo(definition))
            .ThenBy(cause => cause.File, StringComparer.Ordinal)
            .ThenBy(cause => cause.Method, StringComparer.Ordinal)
            .ThenBy(cause => cause.Row, StringComparer.Ordinal)
            .First()
        : null;

    /// <summary>A test that provoked an answer.</summary>
    /// <param name="File">Where it is written, from the root of the repository.</param>
    /// <param name="Row">The row of a theory; empty for a test without any.</param>
    /// <param name="IsForced">The sandbox had been told to break something at a seam.</param>
    internal sealed record Cause(string File, string Method, string Row, bool IsForced)
    {
        private const int LongestRow = 60;

        private static readonly JsonSerializerOptions s_readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

        public static Cause Of(IXunitTest test, bool isForced)
        {
            var row = string.Join(", ", test.TestMethodArguments.Select(Cell));
            return new(
                Path.GetRelativePath(Repository.Root, test.TestCase.SourceFilePath!), test.TestMethod.MethodName,
                row.Length > LongestRow ? row[..LongestRow] + "…" : row, isForced);
        }

        /// <summary>A list by what it holds: the name of its type counts the types of the whole assembly.</summary>
        private static string Cell(object? argument) => argument switch
        {
            null => "null",
            Array list => JsonSerializer.Serialize(list, list.GetType(), s_readable),
            _ => $"{argument}",
        };

        /// <summary>From the test that bears the operation's name to one that is about something else.</summary>
        public int DistanceTo(ErrorDefinition definition)
        {
            var name = Path.GetFileNameWithoutExtension(File);
            return name == $"{definition.Operation}Tests" ? 0
                : name.StartsWith(definition.Operation, StringComparison.Ordinal) ? 1
                : File.Contains($"/{definition.Surface}/", StringComparison.Ordinal) ? 2
                : 3;
        }
    }
}
