using System.Collections.Concurrent;
using Yaopai.Errors;

namespace Yaopai.Tests.Http;

/// <summary>Which documented answers really came over HTTP in this run, and in which test.</summary>
internal static class Provoked
{
    private static readonly ConcurrentDictionary<ErrorDefinition, ConcurrentDictionary<string, bool>> s_tests = new();

    public static void Record(ErrorDefinition definition, string test) => s_tests.GetOrAdd(definition, _ => new())[test] = true;

    /// <summary>The same of an answer that came over HTTP, which is kept for <see cref="RecordedWire"/> too.</summary>
    public static void Record(ErrorDefinition definition, HttpResponseMessage response, string body, string test, string file)
    {
        RecordedWire.Add(definition, response, body);
        Record(definition, $"{Path.GetFileNameWithoutExtension(file)}.{test}");
    }

    /// <summary>The first test by name, so that the report does not depend on which was faster.</summary>
    public static string? TestOf(ErrorDefinition definition) =>
        s_tests.TryGetValue(definition, out var tests) ? tests.Keys.Order(StringComparer.Ordinal).First() : null;
}
