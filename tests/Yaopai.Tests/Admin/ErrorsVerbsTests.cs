using System.Text.Json;
using Yaopai.Errors;
using Yaopai.Errors.Export;

namespace Yaopai.Tests.Admin;

public sealed class ErrorsVerbsTests : IDisposable
{
    private readonly string _file = Path.Combine(Path.GetTempPath(), $"yaopai-errors-{Guid.NewGuid():n}");

    public void Dispose() => File.Delete(_file);

    [Fact]
    public async Task A_code_is_explained_in_both_languages()
    {
        var heard = await Operator.OfflineAsync("explain", "1101/20155");

        Assert.Equal((0, ""), (heard.ExitCode, heard.Error));
        Assert.StartsWith(ErrorExplanation.Of(HuaweiAccountErrors.Token.CodeExpired), heard.Output);
    }

    [Theory]
    [InlineData("zh", ExplanationLanguage.Zh)]
    [InlineData("en", ExplanationLanguage.En)]
    public async Task A_code_is_explained_in_one_language(string spoken, ExplanationLanguage language)
    {
        var heard = await Operator.OfflineAsync("explain", "20155", "--lang", spoken, "--surface", "huawei");

        Assert.StartsWith(ErrorExplanation.Of(HuaweiAccountErrors.Token.CodeExpired, language), heard.Output);
    }

    [Fact]
    public async Task A_code_is_explained_with_the_lines_that_provoke_it()
    {
        var heard = await Operator.OfflineAsync("explain", "110", "--lang", "en", "--surface", "open");

        Assert.EndsWith(
            """

              Provoke:  There is no such token.
            curl -si http://127.0.0.1:7700/open/rest/2.0/passport/users/getLoggedInUser -d access_token=unknown

              By force:
            curl -si -X POST http://127.0.0.1:7700/open/rest/2.0/passport/users/getLoggedInUser -H 'Yaopai-Error: 110'

            """, heard.Output);
    }

    [Fact]
    public async Task An_error_that_no_request_earns_is_explained_with_the_reason()
    {
        var heard = await Operator.OfflineAsync("explain", "47104", "--surface", "welink");

        Assert.Contains("\n  触发：没有请求能触发：这个状态只持续几毫秒", heard.Output, StringComparison.Ordinal);
        Assert.Contains("\n  Provoke:  No request earns it: It lasts for the milliseconds", heard.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_errors_with_the_code_are_explained()
    {
        var found = ErrorCatalogue.Find("huawei", "31204");
        var heard = await Operator.OfflineAsync("explain", "31204", "--surface", "huawei");

        Assert.True(found.Count > 1);
        Assert.All(found, error => Assert.Contains(ErrorExplanation.Of(error), heard.Output, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_error_is_explained_by_its_name_too()
    {
        var heard = await Operator.OfflineAsync("explain", "codeverifiermismatch");

        Assert.Equal(0, heard.ExitCode);
        Assert.Contains(HuaweiAccountErrors.Token.CodeVerifierMismatch.Zh, heard.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_code_is_answered_with_its_neighbours()
    {
        var heard = await Operator.OfflineAsync("explain", "20l55");

        Assert.Equal((1, ""), (heard.ExitCode, heard.Output));
        Assert.Contains("No error has the code 20l55.", heard.Error, StringComparison.Ordinal);
        Assert.Contains("1101/20155", heard.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Errors_are_listed_by_surface_operation_and_text()
    {
        var heard = await Operator.OfflineAsync("errors", "list", "expired", "--surface", "huawei", "--operation", "token");

        Assert.Contains("CodeExpired", heard.Output, StringComparison.Ordinal);
        Assert.All(heard.Lines.Skip(1), line => Assert.Matches("huawei +Token ", line));
        Assert.All(heard.Lines.Skip(1), line => Assert.Contains("expired", line, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Errors_that_nobody_defined_are_not_found()
    {
        var heard = await Operator.OfflineAsync("errors", "list", "--operation", "Nothing");

        Assert.Equal((1, ""), (heard.ExitCode, heard.Output));
    }

    [Theory]
    [InlineData("json")]
    [InlineData("md")]
    [InlineData("ts")]
    public async Task The_catalogue_leaves_in_every_format(string format)
    {
        var heard = await Operator.OfflineAsync("errors", "export", "--format", format, "--surface", "welink");
        var written = await Operator.OfflineAsync("errors", "export", "--format", format, "--surface", "welink", "--output", _file);

        Assert.Equal((0, 0), (heard.ExitCode, written.ExitCode));
        Assert.Equal(ErrorExport.Find(format)!.Write(ErrorCatalogue.FindSurface("welink")!.Errors), heard.Output);
        Assert.Equal(heard.Output, await File.ReadAllTextAsync(_file));
    }

    [Fact]
    public async Task The_list_in_json_holds_every_error()
    {
        var heard = await Operator.OfflineAsync("errors", "list", "--json");

        Assert.Equal(ErrorCatalogue.All.Count, JsonDocument.Parse(heard.Output).RootElement.GetArrayLength());
    }

    [Fact]
    public async Task An_export_that_cannot_be_written_is_said_in_a_sentence()
    {
        var heard = await Operator.OfflineAsync("errors", "export", "--output", Path.Combine(_file, "nowhere", "errors.json"));

        Assert.Equal(1, heard.ExitCode);
        Assert.Equal(2, heard.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length); // what happened, and what to do
    }

    [Fact]
    public async Task Lint_finds_no_fault_in_the_catalogue()
    {
        var heard = await Operator.OfflineAsync("errors", "lint");

        Assert.Equal(0, heard.ExitCode);
        Assert.Contains($"{ErrorCatalogue.All.Count} errors read: 0 faults", heard.Lines[^1], StringComparison.Ordinal);
    }
}
