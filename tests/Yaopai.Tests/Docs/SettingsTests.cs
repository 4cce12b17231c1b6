using System.Reflection;
using Yaopai.Server;

namespace Yaopai.Tests.Docs;

public sealed class SettingsTests
{
    private static readonly (string Section, Type Type)[] s_options =
    [
        .. from type in typeof(YaopaiServer).Assembly.GetTypes()
           let section = type.GetField("SectionName", BindingFlags.Public | BindingFlags.Static)
           where section is not null
           orderby type.Name
           select ((string)section.GetValue(null)!, type),
    ];

    private static readonly string[] s_sections = [.. s_options.Select(options => options.Section)];

    private static readonly string[] s_keys =
    [
        .. from options in s_options
           from property in options.Type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
           where property.CanWrite
           select $"{options.Section}:{property.Name}",
    ];

    public static TheoryData<string> Keys { get; } = [.. s_keys];

    [Theory, MemberData(nameof(Keys))]
    public void Every_setting_is_in_the_table(string key) => Assert.Contains($"| `{key}` |", new Document("docs/operations.md").Text);

    [Fact]
    public void The_table_holds_no_setting_that_is_not_there() => Assert.Empty(
        from line in new Document("docs/operations.md").Text.Split('\n')
        where line.StartsWith("| `", StringComparison.Ordinal)
        let key = line.Split('`')[1]
        where s_sections.Any(section => key.StartsWith($"{section}:", StringComparison.Ordinal)) && !s_keys.Contains(key)
        select key);
}
