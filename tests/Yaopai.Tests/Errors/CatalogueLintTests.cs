using Yaopai.Errors;

namespace Yaopai.Tests.Errors;

public sealed class CatalogueLintTests
{
    private static readonly ErrorDefinition s_good = new(
        "Shop", "Pay", "CardExpired", "http", "", "402", 402, "卡已过期。", "The card expired.", "换卡。", "Use another card.",
        Retry.No, Audience.User, Beyond: false);

    private static readonly ErrorDefinition s_other = s_good with { Name = "Busy", Code = "503", Zh = "忙", En = "Busy" };

    public static TheoryData<ErrorDefinition, LintSeverity, string> Faults { get; } = new()
    {
        { s_good with { Zh = "卡已过期 " },                LintSeverity.Error,   "zh begins or ends with a space" },
        { s_good with { RemedyEn = " Use another card" }, LintSeverity.Error,   "remedy_en begins or ends with a space" },
        { s_good with { Zh = "Expired" },                 LintSeverity.Error,   "zh has no Chinese character" },
        { s_good with { RemedyZh = "-" },                 LintSeverity.Error,   "remedy_zh has no Chinese character" },
        { s_good with { Zh = "卡已过期." },                LintSeverity.Warning, "zh ends with a half-width mark" },
        { s_good with { En = "The 卡 expired" },           LintSeverity.Error,   "en holds Chinese characters or full-width marks" },
        { s_good with { RemedyEn = "Use another card。" }, LintSeverity.Error,   "remedy_en holds Chinese characters or full-width marks" },
        { s_good with { En = "Busy" },                    LintSeverity.Warning, "en is the same as that of 503, though zh differs" },
        {
            s_other with { Operation = "Refund", En = "Overloaded" },
            LintSeverity.Warning, "en differs from that of Pay.Busy, though code and zh are the same"
        },
    };

    [Theory, MemberData(nameof(Faults))]
    public void A_fault_is_found_in_its_row(ErrorDefinition error, LintSeverity severity, string message) =>
        Assert.Equal(
            [new LintFinding("Shop.tsv", $"{error.Operation}.{error.Name}", severity, message)],
            CatalogueLint.Check([s_other, error]));

    [Fact]
    public void A_code_of_the_scheme_is_one_error_in_all_tables()
    {
        var one = s_good with { Code = "2-05-001" };

        Assert.Equal(
            [new LintFinding("Till.tsv", "Pay.CardExpired", LintSeverity.Error, "2-05-001 is Shop.Pay.CardExpired already")],
            CatalogueLint.Check([one, one with { Surface = "Till" }]));
    }

    [Fact]
    public void A_clean_catalogue_has_no_findings() =>
        Assert.Empty(CatalogueLint.Check(
            [s_good, s_other, s_good with { Operation = "Refund" }, s_good with { Name = "CardOld", Code = "403" }]));

    [Fact]
    public void A_finding_prints_like_a_compiler_message() => Assert.Equal(
        "Shop.tsv: Pay.Busy: warning: too short",
        $"{new LintFinding("Shop.tsv", "Pay.Busy", LintSeverity.Warning, "too short")}");

    [Fact]
    public void Our_own_catalogue_has_no_errors() =>
        Assert.DoesNotContain(CatalogueLint.Check(ErrorCatalogue.All), finding => finding.Severity is LintSeverity.Error);
}
