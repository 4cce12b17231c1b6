using Yaopai.Errors;
using Yaopai.Server.Surfaces.OpenApi.Data;
using Yaopai.Tests.Docs;
using Yaopai.Tests.Http;
using Audience = Yaopai.Server.Surfaces.OpenApi.Calls.Audience;

namespace Yaopai.Tests.Surfaces.OpenApi.Data;

/// <summary>The table of methods says what the methods take, of whom, and what they answer.</summary>
public sealed class DataDocumentTests(SharedServer fixture)
{
    private static readonly string[] s_lines = new Document("docs/surfaces/open-api.md").Text.Split('\n');

    [Fact]
    public void Each_method_has_its_row_in_their_order()
    {
        var methods = fixture.Server.Get<DataMethods>().All;

        Assert.Equal(
            methods.Select(method => $"| `{method.Name}` | {ArgumentsOf(method)}| {TokenOf(method)} |"),
            s_lines.Where(line => methods.Any(method => line.StartsWith($"| `{method.Name}` |", StringComparison.Ordinal)))
                .Select(line => string.Join('|', line.Split('|').Take(4)) + "|"));
    }

    [Fact]
    public void Each_error_that_is_provoked_is_in_the_row()
    {
        foreach (var cause in DataCauseTests.Causes)
        {
            var row = s_lines.Single(line => line.StartsWith($"| `{cause.Data.Item1}` |", StringComparison.Ordinal));
            var error = OpenApiErrors.Api.All.Single(error => error.Name == cause.Data.Item3);
            Assert.Contains($" {error.Code} ", row[row[..^1].LastIndexOf('|')..]);
        }
    }

    private static string ArgumentsOf(DataMethod method) =>
        string.Concat(method.Arguments.Select(argument => $"`{argument.Name}`{(argument.IsRequired ? "" : "?")} "));

    private static string TokenOf(DataMethod method) => (method.Audience, method.Writes) switch
    {
        (Audience.Users, false) => "a person's",
        (Audience.Users, true) => "a person's¹",
        (Audience.AppAlone, _) => "the app's own",
        (_, false) => "either",
        (_, true) => "either¹",
    };
}
