using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Yaopai.Tests.Containers;

/// <summary>What Containerfile, .dockerignore and compose.yaml say, held against the tree and against each other.</summary>
public sealed partial class ContainerFilesTests
{
    private const string Port = "7700";
    private const string Server = "src/Yaopai.Server/Yaopai.Server.csproj";

    [Fact]
    public void Everything_that_is_copied_is_there_and_reaches_the_builder() => Assert.All(
        Containerfile.Build.Copies().SelectMany(copy => copy.Sources),
        source =>
        {
            Assert.True(Path.Exists(Path.Combine(Repository.Root, source)), $"There is no {source}.");
            Assert.True(DockerIgnore.Allows(source), $".dockerignore keeps {source} away.");
        });

    [Theory]
    [InlineData("data/yaopai.db")]
    [InlineData("artifacts/bin/Yaopai.Server/debug/Yaopai.Server.dll")]
    [InlineData("tests/Yaopai.Tests/Yaopai.Tests.csproj")]
    [InlineData("src/Yaopai.Server/bin/Yaopai.Server.dll")]
    [InlineData("src/Yaopai.Server/Yaopai.Server.csproj.user")]
    [InlineData(".git/config")]
    public void What_the_image_does_not_need_stays_outside(string path) => Assert.False(DockerIgnore.Allows(path));

    /// <summary>Else a restore fails, or is repeated with each change of the code.</summary>
    [Fact]
    public void Every_project_of_the_program_is_copied_before_the_restore()
    {
        var before = Containerfile.Build.TakeWhile(line => line.Name is not "RUN").Copies()
            .SelectMany(copy => copy.Sources.Select(source => Path.Combine(copy.Target, Path.GetFileName(source))));

        Assert.Empty(ProjectsFrom(Server).SelectMany(project => new[] { project, LockOf(project) })
            .Concat(["./global.json", "./Directory.Build.props", "./Directory.Packages.props"]).Except(before));
        Assert.StartsWith("dotnet restore", Containerfile.Build.First(line => line.Name is "RUN").Text);
    }

    [Fact]
    public void It_runs_as_a_plain_user_who_may_write_the_volume_alone()
    {
        Assert.Equal(["ENV", "RUN", "COPY", "USER", "WORKDIR", "VOLUME", "EXPOSE", "HEALTHCHECK", "ENTRYPOINT"],
            Containerfile.Image.Select(line => line.Name));
        Assert.Equal("mkdir -m 700 /data && chown $APP_UID /data", TextOf("RUN"));
        Assert.Equal("--from=build /app /app", TextOf("COPY")); // root's, as nothing says otherwise
        Assert.Equal("$APP_UID", TextOf("USER"));
        Assert.Equal("/data", TextOf("VOLUME"));
        Assert.All(ComposeFile.OfServer, service => Assert.Equal("true", $"{ComposeFile.Services[service]!["read_only"]}"));
    }

    [Fact]
    public void No_layer_has_a_secret() => Assert.DoesNotContain(
        Containerfile.Build.Concat(Containerfile.Image), line => line.Name is "ARG" || Secret.IsMatch(line.Text));

    [Fact]
    public void One_port_is_listened_on_exposed_asked_and_published_to_this_machine_alone()
    {
        Assert.Equal(Port, TextOf("EXPOSE"));
        Assert.Equal($"http://*:{Port}", Containerfile.Environment["ASPNETCORE_URLS"]);
        Assert.Contains($"/{Port} ", Containerfile.HealthCheck[^1]);

        var published = from service in ComposeFile.Services
                        from port in service.Value!["ports"]?.AsArray() ?? []
                        select $"{port}";
        Assert.NotEmpty(published);
        Assert.All(published, port => Assert.StartsWith("127.0.0.1:", port));
        foreach (var (service, address) in new[] { ("yaopai", "yaopai"), ("node-1", "proxy"), ("node-2", "proxy") })
        {
            var port = $"{ComposeFile.Services[address]!["ports"]![0]}".Split(':')[1];
            Assert.Equal($"http://localhost:{port}", ComposeFile.EnvironmentOf(service)["YAOPAI_Gateway__PublicAddress"]);
        }
    }

    [Fact]
    public void What_a_service_needs_is_there_and_is_waited_for()
    {
        foreach (var (name, service) in ComposeFile.Services)
        {
            foreach (var (needed, how) in service!["depends_on"]?.AsObject() ?? [])
            {
                Assert.Equal("service_healthy", $"{how!["condition"]}");
                Assert.NotNull(ComposeFile.Services[needed]?["healthcheck"]);
                Assert.Equal($"{service["profiles"]}", $"{ComposeFile.Services[needed]!["profiles"]}");
            }

            foreach (var volume in service["volumes"]?.AsArray() ?? [])
                Assert.True(ComposeFile.Volumes.ContainsKey($"{volume}".Split(':')[0]), $"{name}: {volume}");
        }

        Assert.Equal(["yaopai", "node-1", "node-2"], ComposeFile.OfServer);
        var built = Assert.Single(ComposeFile.Services, service => service.Value!["build"] is not null);
        Assert.Equal("Containerfile", $"{built.Value!["build"]!["dockerfile"]}");
        foreach (var service in ComposeFile.OfServer)
        {
            var test = ComposeFile.Services[service]!["healthcheck"]!["test"]!.AsArray().Select(word => $"{word}");
            Assert.Equal(["CMD", .. Containerfile.HealthCheck], test);
        }
    }

    private static string TextOf(string name) => Assert.Single(Containerfile.Image, line => line.Name == name).Text;

    /// <summary>A project, and all that it refers to.</summary>
    private static IEnumerable<string> ProjectsFrom(string project) =>
    [
        project,
        .. from reference in XDocument.Load(Path.Combine(Repository.Root, project)).Descendants("ProjectReference")
           let path = Path.Combine(Repository.Root, Path.GetDirectoryName(project)!, (string)reference.Attribute("Include")!)
           from found in ProjectsFrom(Path.GetRelativePath(Repository.Root, Path.GetFullPath(path)))
           select found,
    ];

    private static string LockOf(string project) => Path.Combine(Path.GetDirectoryName(project)!, "packages.lock.json");

    [GeneratedRegex("secret|password|token|_KEY", RegexOptions.IgnoreCase)]
    private static partial Regex Secret { get; }
}
