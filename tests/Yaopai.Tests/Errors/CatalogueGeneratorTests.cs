using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using Yaopai.Errors;
using Yaopai.Errors.Generator;

namespace Yaopai.Tests.Errors;

public sealed class CatalogueGeneratorTests
{
    private const string Header =
        "operation\tname\tchannel\tparent\tcode\thttp\tzh\ten\tremedy_zh\tremedy_en\tretry\taudience\torigin";

    private const string Good = "Pay\tCardExpired\thttp\t\t402\t402\t卡已过期\tThe card expired\t换卡\tUse another card\tno\tuser\tseed";

    private const string NumberedHeader = "code\tmodule\tname\thttp\tzh\ten\tremedy_zh\tremedy_en\tretry\taudience";

    private const string Numbered = "2-05-001\tPay\tDeclined\t402\t拒付\tDeclined\t换卡\tUse another card\tuser\tuser";

    [Fact]
    public void A_good_catalogue_compiles_into_typed_errors_in_the_projects_own_namespace()
    {
        var (diagnostics, source) = Generate(Header, Good, "Pay\tBusy\thttp\t1\t\"2\\\t503\t<忙>\tA & B\t等\tWait\tlater\toperator\tbeyond");

        Assert.Empty(diagnostics);
        Assert.Contains("namespace Shop;", source);
        Assert.Contains("public static class PaymentErrors", source);
        Assert.Contains("/// <summary>402: 卡已过期 — The card expired</summary>", source);
        Assert.DoesNotContain("ErrorCatalogue", source);
        Assert.Contains("&lt;忙&gt; — A &amp; B", source);
    }

    [Fact]
    public void A_property_chooses_another_namespace() =>
        Assert.Contains(
        "namespace Till;",
        Generate(new() { ["YaopaiErrorsNamespace"] = "Till" }, [("Payment.tsv", [Header, Good])]).Source);

    [Fact]
    public void Empty_lines_are_passed_over() => Assert.Empty(Generate(Header, "", Good, "").Diagnostics);

    [Theory]
    [InlineData("YAOPAI002", "Pay\tBusy\thttp")]
    [InlineData("YAOPAI002", Good + "\tmore")]
    [InlineData("YAOPAI003", "Pay\tBusy\thttp\t\t503\t503\t忙\t\t等\tWait\tlater\toperator\tseed")]
    [InlineData("YAOPAI003", "Pay\tBusy\thttp\t\t503\t503\t忙\tBusy\t等\t \tlater\toperator\tseed")]
    [InlineData("YAOPAI004", "Pay\tCardExpired\thttp\t\t503\t503\t忙\tBusy\t等\tWait\tlater\toperator\tseed")]
    [InlineData("YAOPAI005", "Pay\tBusy\thttp\t\t402\t503\t忙\tBusy\t等\tWait\tlater\toperator\tseed")]
    [InlineData("YAOPAI006", "Pay\tBusy\thttp\t\t503\tfive\t忙\tBusy\t等\tWait\tlater\toperator\tseed")]
    [InlineData("YAOPAI006", "Pay\tBusy\thttp\t\t503\t199\t忙\tBusy\t等\tWait\tlater\toperator\tseed")]
    [InlineData("YAOPAI006", "Pay\tBusy\thttp\t\t503\t600\t忙\tBusy\t等\tWait\tlater\toperator\tseed")]
    [InlineData("YAOPAI007", "Pay\tBusy\thttp\t\t503\t503\t忙\tBusy\t等\tWait\tsoon\toperator\tseed")]
    [InlineData("YAOPAI007", "Pay\tBusy\thttp\t\t503\t503\t忙\tBusy\t等\tWait\tlater\tnobody\tseed")]
    [InlineData("YAOPAI007", "Pay\tBusy\thttp\t\t503\t503\t忙\tBusy\t等\tWait\tlater\toperator\tmine")]
    [InlineData("YAOPAI008", "Pay\tToo busy\thttp\t\t503\t503\t忙\tBusy\t等\tWait\tlater\toperator\tseed")]
    [InlineData("YAOPAI008", "Pay\tclass\thttp\t\t503\t503\t忙\tBusy\t等\tWait\tlater\toperator\tseed")]
    [InlineData("YAOPAI008", "Pay\tAll\thttp\t\t503\t503\t忙\tBusy\t等\tWait\tlater\toperator\tseed")]
    [InlineData("YAOPAI008", "Pay\tPay\thttp\t\t503\t503\t忙\tBusy\t等\tWait\tlater\toperator\tseed")]
    [InlineData("YAOPAI008", "1\tBusy\thttp\t\t503\t503\t忙\tBusy\t等\tWait\tlater\toperator\tseed")]
    public void A_bad_row_is_an_error_on_that_row_and_the_others_stay(string id, string row)
    {
        var (diagnostics, source) = Generate(Header, Good, row);

        var diagnostic = Assert.Single(diagnostics);
        Assert.Equal((id, DiagnosticSeverity.Error), (diagnostic.Id, diagnostic.Severity));
        var place = diagnostic.Location.GetLineSpan();
        Assert.Equal(("Payment.tsv", 2), (place.Path, place.StartLinePosition.Line));
        Assert.Contains(" CardExpired = ", source);
        Assert.DoesNotContain("503", source);
    }

    [Theory]
    [InlineData("operation\tname")]
    [InlineData("")]
    public void A_wrong_header_is_an_error_on_the_first_line(string header)
    {
        var diagnostic = Assert.Single(Generate(header, Good).Diagnostics);

        Assert.Equal(("YAOPAI001", 0), (diagnostic.Id, diagnostic.Location.GetLineSpan().StartLinePosition.Line));
    }

    [Fact]
    public void A_file_whose_name_cannot_name_a_class_is_an_error() =>
        Assert.Equal("YAOPAI008", Assert.Single(Generate([], [("1st-try.tsv", [Header, Good])]).Diagnostics).Id);

    [Fact]
    public void Two_files_cannot_define_one_surface() =>
        Assert.Equal("YAOPAI009", Assert.Single(
            Generate([], [("a/Payment.tsv", [Header, Good]), ("b/Payment.tsv", [Header, Good])]).Diagnostics).Id);

    [Fact]
    public void A_table_of_ones_own_numbers_becomes_errors_by_module()
    {
        var (diagnostics, source) = Generate([], [("shop-floor/orderErrors.tsv",
            [NumberedHeader, Numbered, Numbered.Replace("2-05-001", "1-05-001").Replace("Declined\t402", "Offline\t-")])]);

        Assert.Empty(diagnostics);
        Assert.Contains("public static class OrderErrors\n", source);
        Assert.Contains("public static class Pay\n", source);
        Assert.Contains("\"Order\", \"Pay\", \"Declined\", \"code\", \"\", \"2-05-001\", 402, ", source);
        Assert.Contains("\"1-05-001\", 0, ", source);
    }

    [Theory]
    [InlineData("YAOPAI005", "2-05-001\tPay\tBusy\t503\t忙\tBusy\t等\tWait\tlater\toperator")]
    [InlineData("YAOPAI006", "2-05-002\tPay\tBusy\t0\t忙\tBusy\t等\tWait\tlater\toperator")]
    [InlineData("YAOPAI010", "205002\tPay\tBusy\t503\t忙\tBusy\t等\tWait\tlater\toperator")]
    [InlineData("YAOPAI010", "3-05-002\tPay\tBusy\t503\t忙\tBusy\t等\tWait\tlater\toperator")]
    [InlineData("YAOPAI010", "2-05-000\tPay\tBusy\t503\t忙\tBusy\t等\tWait\tlater\toperator")]
    [InlineData("YAOPAI011", "2-05-002\tTill\tBusy\t503\t忙\tBusy\t等\tWait\tlater\toperator")]
    [InlineData("YAOPAI011", "2-06-001\tPay\tBusy\t503\t忙\tBusy\t等\tWait\tlater\toperator")]
    [InlineData("YAOPAI003", "2-05-002\tPay\tBusy\t\t\t\t\t\t\t")]
    public void A_bad_number_is_an_error_on_its_row(string id, string row)
    {
        var diagnostic = Assert.Single(Generate(NumberedHeader, Numbered, row).Diagnostics);

        Assert.Equal((id, 2), (diagnostic.Id, diagnostic.Location.GetLineSpan().StartLinePosition.Line));
    }

    [Fact]
    public void Two_files_cannot_use_one_number() => Assert.Equal("YAOPAI012", Assert.Single(
        Generate([], [("Order.tsv", [NumberedHeader, Numbered]), ("Till.tsv", [NumberedHeader, Numbered])]).Diagnostics).Id);

    [Fact]
    public void Two_operations_may_share_a_name_and_a_code() =>
        Assert.Empty(Generate(Header, Good, Good.Replace("Pay\t", "Refund\t")).Diagnostics);

    private static (ImmutableArray<Diagnostic> Diagnostics, string Source) Generate(params string[] lines) =>
        Generate([], [("Payment.tsv", lines)]);

    /// <summary>Runs the generator in a project called Shop, and expects that what it writes compiles.</summary>
    private static (ImmutableArray<Diagnostic> Diagnostics, string Source) Generate(
        Dictionary<string, string> properties, (string Path, string[] Lines)[] files)
    {
        var framework = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path) is "System.Runtime.dll" or "System.Private.CoreLib.dll" or "System.Collections.dll");
        var compilation = CSharpCompilation.Create("Shop",
            references: framework.Append(typeof(ErrorDefinition).Assembly.Location).Select(path => MetadataReference.CreateFromFile(path)),
            options: new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        var driver = CSharpGeneratorDriver.Create(
            [new CatalogueGenerator().AsSourceGenerator()],
            files.Select(file => new CatalogueText(file.Path, string.Join('\n', file.Lines))),
            optionsProvider: new ProjectOptions(properties.Append(new("RootNamespace", "Shop")).ToDictionary()));

        driver.RunGeneratorsAndUpdateCompilation(compilation, out var compiled, out var diagnostics);

        Assert.Empty(compiled.GetDiagnostics().Where(diagnostic => diagnostic.Severity is not DiagnosticSeverity.Hidden));
        return (diagnostics, string.Concat(compiled.SyntaxTrees));
    }

    private sealed class CatalogueText(string path, string text) : AdditionalText
    {
        public override string Path => path;

        public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(text);
    }

    private sealed class ProjectOptions(Dictionary<string, string> properties) : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions { get; } = new Options(properties);

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => GlobalOptions;
    }

    private sealed class Options(Dictionary<string, string> properties) : AnalyzerConfigOptions
    {
        public override bool TryGetValue(string key, out string value) =>
            properties.TryGetValue(key.Replace("build_property.", ""), out value!);
    }
}
