using System.Text.RegularExpressions;

namespace Yaopai.Tests;

/// <summary>The architecture, held where folders alone cannot hold it.</summary>
public sealed class TidyTests
{
    private static readonly string s_server = Path.Combine(Repository.Root, "src", "Yaopai.Server");

    [Theory]
    [InlineData("Surfaces", @"\busing (static )?(Dapper|Npgsql|Microsoft\.Data)", "SQL stays in Storage")]
    [InlineData("Gateway", @"\busing (static )?(Dapper|Npgsql|Microsoft\.Data)", "SQL stays in Storage")]
    [InlineData("Sandbox", @"\busing (static )?(Dapper|Npgsql|Microsoft\.Data)", "SQL stays in Storage")]
    [InlineData("Admin", @"\busing (static )?(Dapper|Npgsql|Microsoft\.Data)", "SQL stays in Storage")]
    [InlineData("DataStore", @"\busing (static )?(Dapper|Npgsql|Microsoft\.Data)", "SQL stays in Storage")]
    [InlineData("Pages", @"\bYaopai\.Server\.Surfaces", "pages use the domain, never a surface")]
    [InlineData("Gateway", @"\b(HuaweiAccount|OpenApi|Identity|WeLink)Errors\b", "what all surfaces share names no error of one")]
    [InlineData("Accounts", @"Yaopai\.Errors|Yaopai\.Server\.(Surfaces|Gateway|OAuth|Sandbox|Pages|Admin)\b", "the domain knows no wire")]
    [InlineData("Apps", @"Yaopai\.Errors|Yaopai\.Server\.(Surfaces|Gateway|OAuth|Sandbox|Pages|Admin)\b", "the domain knows no wire")]
    [InlineData("Credentials", @"Yaopai\.Errors|Yaopai\.Server\.(Surfaces|Gateway|OAuth|Sandbox|Pages|Admin)\b", "the domain knows no wire")]
    [InlineData("Consents", @"Yaopai\.Errors|Yaopai\.Server\.(Surfaces|Gateway|OAuth|Sandbox|Pages|Admin)\b", "the domain knows no wire")]
    [InlineData("Identifiers", @"Yaopai\.Errors|Yaopai\.Server\.(Surfaces|Gateway|OAuth|Sandbox|Pages|Admin)\b", "the domain knows no wire")]
    [InlineData("Stores", @"Yaopai\.Errors|Yaopai\.Server\.(Surfaces|Gateway|OAuth|Sandbox|Pages|Admin)\b", "the domain knows no wire")]
    [InlineData("Events", @"Yaopai\.Errors|Yaopai\.Server\.(Surfaces|Gateway|OAuth|Sandbox|Pages|Admin)\b", "the domain knows no wire")]
    [InlineData("Keys", @"Yaopai\.Errors|Yaopai\.Server\.(Surfaces|Gateway|OAuth|Sandbox|Pages|Admin)\b", "the domain knows no wire")]
    [InlineData("DataStore", @"Yaopai\.Errors|Yaopai\.Server\.(Surfaces|Gateway|OAuth|Sandbox|Pages|Admin)\b", "the domain knows no wire")]
    [InlineData("Storage", @"Yaopai\.Errors|Yaopai\.Server\.(Surfaces|Gateway|OAuth|Sandbox|Pages|Admin)\b", "storage knows the domain and nothing above it")]
    [InlineData("Surfaces", @"Yaopai\.Server\.(Sandbox|Pages|Admin)\b", "a surface is the same inside the sandbox and outside")]
    public void Layers_hold(string folder, string forbidden, string because)
    {
        var files = Directory.GetFiles(Path.Combine(s_server, folder), "*.cs", SearchOption.AllDirectories);
        Assert.NotEmpty(files);
        Assert.All(files, file => Assert.False(Regex.IsMatch(File.ReadAllText(file), forbidden), $"{Path.GetRelativePath(s_server, file)}: {because}."));
    }

    [Fact]
    public void A_surface_never_uses_another_surface()
    {
        foreach (var surface in Directory.GetDirectories(Path.Combine(s_server, "Surfaces")).Select(folder => Path.GetFileName(folder)!))
        {
            foreach (var file in Directory.GetFiles(Path.Combine(s_server, "Surfaces", surface), "*.cs", SearchOption.AllDirectories))
                Assert.DoesNotMatch($@"Yaopai\.Server\.Surfaces\.(?!{surface}\b)", File.ReadAllText(file));
        }
    }

    [Fact]
    public void Time_comes_from_a_TimeProvider()
    {
        foreach (var file in Sources())
            Assert.DoesNotMatch(@"\bDateTime(Offset)?\.(Utc)?Now\b", File.ReadAllText(file));
    }

    [Fact]
    public void Nothing_is_left_for_later_or_silenced_without_a_reason()
    {
        foreach (var file in Sources())
        {
            var text = File.ReadAllText(file);
            Assert.DoesNotMatch(@"\b(TODO|FIXME|HACK|NotImplementedException)\b", text);
            Assert.DoesNotMatch(@"#pragma warning disable [A-Z0-9]+\s*$", text);
        }
    }

    [Fact]
    public void Statements_are_constant_and_their_values_are_bound()
    {
        // An interpolated statement may only take constants of this program into it; they are few enough to be named.
        string[] constants = ["RevocationRow.Merge", "PostgresDatabase.Channel", "Channel", "MigrationLock", "Select",
            "SqlRevocationStore.Touching", "IsLocked", "IsCounting", "IsDue", "AssociationDefinitionRow.Select",
            "AssociationRow.FirstIsSeen", "AssociationRow.SecondIsSeen"];
        foreach (var file in Directory.GetFiles(Path.Combine(s_server, "Storage"), "*.cs", SearchOption.AllDirectories))
        {
            var text = File.ReadAllText(file);
            foreach (Match statement in Regex.Matches(text, "\\$+\"\"\"(.*?)\"\"\"|\\$\"([^\"]*)\"", RegexOptions.Singleline))
            {
                if (!Regex.IsMatch(statement.Value, @"\b(SELECT|INSERT|UPDATE|DELETE|LISTEN|NOTIFY)\b"))
                    continue;

                var taken = Regex.Matches(statement.Value, @"\{+([^{}]+)\}+").Select(match => match.Groups[1].Value.Trim());
                Assert.All(taken, name => Assert.Contains(name, constants));
            }
        }
    }

    private static IEnumerable<string> Sources() =>
        Directory.GetFiles(Path.Combine(Repository.Root, "src"), "*.cs", SearchOption.AllDirectories)
            .Concat(Directory.GetFiles(Path.Combine(Repository.Root, "gen"), "*.cs", SearchOption.AllDirectories));
}
