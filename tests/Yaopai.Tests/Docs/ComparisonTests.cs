namespace Yaopai.Tests.Docs;

/// <summary>docs/comparison.md: what it says of this server a test holds, and what it says of others has an address.</summary>
public sealed class ComparisonTests
{
    private const string Page = "docs/comparison.md";

    /// <summary>What is compared, ours, the five others, and the tests.</summary>
    private const int Columns = 8;

    private const string Nothing = "—"; // found nothing

    private static readonly string[][] s_rows =
    [
        .. from row in new Document(Page).Tables().First().Skip(2)
           select row.Split('|', StringSplitOptions.TrimEntries)[1..^1],
    ];

    public static TheoryData<string> Rows { get; } = [.. s_rows.Select(row => row[0])];

    public static TheoryData<string> Named { get; } = TestNames.In(Page);

    [Theory, MemberData(nameof(Rows))]
    public void Every_line_names_a_test_of_ours_and_where_the_others_say_so(string what)
    {
        var row = Assert.Single(s_rows, row => row[0] == what);

        Assert.Equal(Columns, row.Length);
        Assert.DoesNotContain("", row);
        Assert.Matches(TestNames.Pattern, row[^1]);
        Assert.All(row[2..^1], other => Assert.True(other is Nothing || other.Contains("](https://", StringComparison.Ordinal), other));
    }

    [Theory, MemberData(nameof(Named))]
    public void Every_test_that_is_named_is_one_and_one_alone(string name) => TestNames.ShouldBeOne(name);
}
