using System.Text.RegularExpressions;

namespace Yaopai.Tests.Docs;

/// <summary>docs/security.md has a row for each clause of RFC 9700 that asks something of an authorization server,
/// and names tests that there are.</summary>
public sealed partial class SecurityTests
{
    /// <summary>Sections and paragraphs, as the RFC numbers them.</summary>
    private static readonly string[] s_clauses =
    [
        "2.1-1", "2.1-2", "2.1-3", "2.1-4", "2.1-7", "2.1.1-1", "2.1.1-5", "2.1.1-6", "2.1.1-7", "2.1.1-8", "2.1.1-9", "2.1.2-3",
        "2.2.1-2", "2.2.2-1", "2.3-1", "2.3-2", "2.3-3", "2.4-1", "2.5-1", "2.5-2", "2.6-3", "2.6-4", "2.6-5", "2.6-6", "2.6-7",
        "2.6-8", "4.1.1-7", "4.1.3-1", "4.2.4-1", "4.2.4-3", "4.3.2", "4.4.2.1-1", "4.5.2", "4.7.1-4", "4.8.2-6", "4.9.3-1",
        "4.10-1", "4.11.2-5", "4.12-6", "4.13-5", "4.13-6", "4.14.2-1", "4.14.2-2", "4.14.2-4", "4.14.2-5", "4.14.2-8",
        "4.15.1-1", "4.16-3", "4.16-4", "4.16-7", "4.17.2-1",
    ];

    private static readonly string[][] s_rows =
    [
        .. from line in new Document("docs/security.md").Text.Split('\n')
           where Clause.IsMatch(line)
           select line.Split('|', StringSplitOptions.TrimEntries)[1..^1],
    ];

    public static TheoryData<string> Clauses { get; } = [.. s_clauses];

    public static TheoryData<string> Named { get; } = TestNames.In("docs/security.md");

    [Theory, MemberData(nameof(Clauses))]
    public void Every_clause_has_one_row_that_says_how_it_is_on_each_surface_and_which_test_holds_it(string clause)
    {
        var row = Assert.Single(s_rows, row => row[0] == clause);

        Assert.Equal(7, row.Length);
        Assert.DoesNotContain("", row);
        Assert.Matches(TestNames.Pattern, row[^1]);
    }

    [Fact]
    public void No_row_is_of_another_clause() => Assert.Empty(s_rows.Select(row => row[0]).Except(s_clauses));

    [Theory, MemberData(nameof(Named))]
    public void Every_test_that_is_named_is_one_and_one_alone(string name) => TestNames.ShouldBeOne(name);

    [GeneratedRegex(@"^\| \d[\d.-]* \|")]
    private static partial Regex Clause { get; }
}
