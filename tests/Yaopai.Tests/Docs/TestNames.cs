using System.Reflection;
using System.Text.RegularExpressions;

namespace Yaopai.Tests.Docs;

/// <summary>Tests that a page names for what it says: by class and method, with as much of the namespace as tells it apart.</summary>
internal static partial class TestNames
{
    private static readonly string[] s_all =
    [
        .. (from type in typeof(TestNames).Assembly.GetTypes()
            from method in type.GetMethods(BindingFlags.Public | BindingFlags.Instance)
            where method.IsDefined(typeof(FactAttribute), inherit: true)
            select $".{type.FullName!.Split('`')[0]}.{method.Name}").Distinct(),
    ];

    /// <summary>One that is named in code.</summary>
    [GeneratedRegex(@"`((?:\w+\.)*\w+Tests\.\w+|\w+Contract\.\w+)`")]
    public static partial Regex Pattern { get; }

    /// <summary>Those that a page names.</summary>
    public static TheoryData<string> In(string page) =>
        [.. Pattern.Matches(new Document(page).Text).Select(match => match.Groups[1].Value).Distinct()];

    public static void ShouldBeOne(string name) => Assert.Single(s_all, test => test.EndsWith($".{name}", StringComparison.Ordinal));
}
