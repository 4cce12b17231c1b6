using System.Text.RegularExpressions;
using Yaopai.Server.Gateway;
using Yaopai.Tests.Http;

namespace Yaopai.Tests.Surfaces;

/// <summary>A surface says which names it reads, so that one of them which is repeated is refused before anything is done.</summary>
public sealed partial class ParameterNameTests(SharedServer shared)
{
    [Theory]
    [InlineData("huawei", "HuaweiAccount")]
    [InlineData("open", "OpenApi")]
    [InlineData("identity", "Identity")]
    [InlineData("welink", "WeLink")]
    public void FC_11_every_name_that_is_read_by_its_surface_is_known(string slug, string folder)
    {
        var known = shared.Server.GetAll<ISurface>().Single(surface => surface.Slug == slug).ParameterNames!;
        var read = Directory
            .GetFiles(Path.Combine(Repository.Root, "src/Yaopai.Server/Surfaces", folder), "*.cs", SearchOption.AllDirectories)
            .SelectMany(file => Indexed.Matches(File.ReadAllText(file)).Select(match => match.Groups["name"].Value));

        Assert.Empty(read.Except(known).Order());
    }

    [GeneratedRegex("""\b(?:this|x|call\.Parameters|Call\.Parameters|parameters)\["(?<name>[A-Za-z0-9_]+)"\]""")]
    private static partial Regex Indexed { get; }
}
