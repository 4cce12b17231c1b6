using System.Text.Json;
using System.Xml.Linq;
using Yaopai.Tests.Docs;

namespace Yaopai.Tests.Strangers;

/// <summary>The page of the tests says which programs of other hands sign in, and in which version.</summary>
public sealed class PinnedVersionsTests
{
    public static TheoryData<string, string> Packages { get; } = [.. Npm.Concat(NuGet)];

    private static IEnumerable<(string Name, string Version)> Npm
    {
        get
        {
            using var file = JsonDocument.Parse(Read("tests", "Strangers", "package.json"));
            return [.. file.RootElement.GetProperty("dependencies").EnumerateObject().Select(pin => (pin.Name, pin.Value.GetString()!))];
        }
    }

    private static IEnumerable<(string Name, string Version)> NuGet =>
        from pin in XDocument.Parse(Read("Directory.Packages.props")).Descendants("PackageVersion")
        let name = pin.Attribute("Include")!.Value
        where name is "Microsoft.AspNetCore.Authentication.OpenIdConnect" or "OpenIddict.Client.AspNetCore"
        select (name, pin.Attribute("Version")!.Value);

    [Theory, MemberData(nameof(Packages))]
    public void The_page_names_the_version_that_is_pinned(string name, string version) =>
        Assert.Contains($"`{name}` {version}", new Document("docs/tests.md").Text);

    private static string Read(params string[] path) => File.ReadAllText(Path.Combine([Repository.Root, .. path]));
}
