using System.Text.Json;
using Yaopai.Errors;

namespace Yaopai.Tests.Admin;

public sealed class ErrorNumberVerbsTests : IDisposable
{
    private const string Header = "code\tmodule\tname\thttp\tzh\ten\tremedy_zh\tremedy_en\tretry\taudience\n";
    private const string Row = "2-05-017\tPay\tDeclined\t402\t拒付。\tThe card was declined.\t换卡。\tUse another card.\tuser\tuser\n";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("yaopai-table-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("2-05", "2-05-018")]
    [InlineData("205", "2-05-018")]
    [InlineData("1-05", "1-05-001")]
    [InlineData("2-06", "2-06-001")]
    public async Task The_next_number_of_a_module_is_given(string module, string expected)
    {
        var heard = await Operator.OfflineAsync("errors", "next", module, "--file", Table(Header + Row));

        Assert.Equal((0, $"{expected}\n", ""), (heard.ExitCode, heard.Output, heard.Error));
    }

    [Fact]
    public async Task Without_a_file_the_numbers_are_those_of_the_server()
    {
        var highest = OperatorErrors.Users.All.Select(error => error.ServiceCode!.Value).Max();

        Assert.Equal($"2-09-{highest.Number + 1:000}\n", (await Operator.OfflineAsync("errors", "next", "2-09")).Output);
    }

    [Fact]
    public async Task A_number_that_is_added_stands_in_the_file_and_the_build_asks_for_the_rest()
    {
        var file = Table(Header + Row.TrimEnd('\n'));

        var heard = await Operator.OfflineAsync("errors", "next", "2-05", "--add", "Expired", "--file", file, "--json");

        Assert.Equal("2-05-018", JsonDocument.Parse(heard.Output).RootElement.GetProperty("code").GetString());
        Assert.Equal(Header + Row + "2-05-018\tPay\tExpired\t\t\t\t\t\t\t\n", await File.ReadAllTextAsync(file));
        Assert.Contains("line 3: error: YAOPAI003: The column http is empty",
            (await Operator.OfflineAsync("errors", "lint", "--file", file)).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Those_who_ask_at_once_get_numbers_of_their_own()
    {
        var file = Table(Header);

        var heard = await Task.WhenAll(Enumerable.Range(1, 8).Select(number =>
            Task.Run(() => Operator.OfflineAsync("errors", "next", "2-05", "--module", "Pay", "--add", $"Name{number}", "--file", file))));

        Assert.All(heard, one => Assert.Equal(0, one.ExitCode));
        Assert.Equal(
            Enumerable.Range(1, 8).Select(number => $"2-05-{number:000}\n"), heard.Select(one => one.Output).Order(StringComparer.Ordinal));
        Assert.Equal(8, ErrorTable.Read(file).Codes.Count);
    }

    [Theory]
    [InlineData("2-5")]
    [InlineData("3-05")]
    [InlineData("2-00")]
    [InlineData("2-05-017")]
    [InlineData("pay")]
    public async Task What_is_no_module_is_refused(string module)
    {
        var heard = await Operator.OfflineAsync("errors", "next", module);

        Assert.Equal(2, heard.ExitCode);
        Assert.Contains("like 2-05", heard.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--add needs a file", "--add", "Expired")]
    [InlineData("--add must be a name in C#", "--add", "Too late", "--file", "Shop.tsv")]
    [InlineData("The module is Pay, not Till.", "--add", "Expired", "--module", "Till", "--file", "Shop.tsv")]
    public async Task What_cannot_be_added_is_refused(string expected, params string[] args)
    {
        var file = Table(Header + Row);

        var heard = await Operator.OfflineAsync(["errors", "next", "2-05", .. args.Select(arg => arg is "Shop.tsv" ? file : arg)]);

        Assert.Equal(2, heard.ExitCode);
        Assert.Contains(expected, heard.Error, StringComparison.Ordinal);
        Assert.Equal(Header + Row, await File.ReadAllTextAsync(file));
    }

    [Fact]
    public async Task The_modules_are_listed_with_what_is_free()
    {
        var heard = await Operator.OfflineAsync(
            "errors", "modules", "--file", Table(Header + Row + Row.Replace("2-05-017", "1-05-001").Replace("Declined", "Offline")));

        Assert.Equal(["1-05 Pay 1 1-05-002", "2-05 Pay 1 2-05-018"],
            heard.Lines.Skip(1).Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries))));
    }

    [Fact]
    public async Task N18_a_table_of_ones_own_is_listed_explained_exported_and_checked()
    {
        var file = Table(Header + Row);

        Assert.Contains(
            "Declined", (await Operator.OfflineAsync("errors", "list", "declined", "--file", file)).Output, StringComparison.Ordinal);
        Assert.Contains("Use another card.", (await Operator.OfflineAsync("errors", "explain", "205017", "--file", file)).Output,
            StringComparison.Ordinal);
        Assert.Contains("Declined: { number: \"2-05-017\"",
            (await Operator.OfflineAsync("errors", "export", "--format", "ts", "--file", file)).Output, StringComparison.Ordinal);
        Assert.Equal("1 error read: 0 faults, 0 warnings\n", (await Operator.OfflineAsync("errors", "lint", "--file", file)).Output);
    }

    [Fact]
    public async Task Lint_reads_the_texts_of_a_table_too()
    {
        var heard = await Operator.OfflineAsync("errors", "lint", "--file", Table(Header + Row.Replace("拒付。", "Declined.")));

        Assert.Equal(1, heard.ExitCode);
        Assert.Contains("Shop.tsv: Pay.Declined: error: zh has no Chinese character", heard.Output, StringComparison.Ordinal);
    }

    private string Table(string text)
    {
        var file = Path.Combine(_folder.FullName, "Shop.tsv");
        File.WriteAllText(file, text);
        return file;
    }
}
