using System.Diagnostics;
using System.IO.Compression;
using System.Text.Json;
using System.Xml.Linq;
using Yaopai.Tests.Errors;

namespace Yaopai.Tests.Testing;

/// <summary>The test host as others get it: packages in a folder, and a project that has nothing else of this tree. No registry is
/// asked: what the packages need comes from where this tree was restored to.</summary>
[Collection(PackageTests.Packing)]
public sealed class TestingPackageTests(TestingPackageTests.Packed packed) : IClassFixture<TestingPackageTests.Packed>
{
    private static readonly string[] s_packages = ["Yaopai.Errors", "Yaopai.Server", "Yaopai.Testing"];

    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);

    private readonly DirectoryInfo _folder = packed.Folder;

    [Fact]
    public async Task A_project_outside_this_tree_restores_it_from_a_folder_and_runs_a_platform()
    {
        var version = VersionOf("Yaopai.Testing");
        Write("nuget.config", $"""
            <configuration>
              <packageSources><clear /><add key="here" value="." /></packageSources>
              <fallbackPackageFolders><clear /><add key="restored" value="{RestoredTo()}" /></fallbackPackageFolders>
            </configuration>
            """);
        Write("Shop.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <OutputType>Exe</OutputType>
                <ImplicitUsings>enable</ImplicitUsings>
                <UseAppHost>false</UseAppHost>
                <InvariantGlobalization>true</InvariantGlobalization>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="Yaopai.Testing" Version="{version}" />
                <None Update="appsettings.json" CopyToOutputDirectory="PreserveNewest" />
              </ItemGroup>
            </Project>
            """);
        // The program's own settings, which are none of the server's; and a culture in which times look different.
        Write("appsettings.json", """{"Storage":{"Databse":"x"},"Kestrel":{"Endpoints":{"X":{"Url":"http://127.0.0.1:1"}}}}""");
        Write("Program.cs", """
            using System.Globalization;
            using System.Text.RegularExpressions;
            using Yaopai.Testing;

            var odd = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            (odd.NumberFormat.NumberDecimalSeparator, odd.DateTimeFormat.TimeSeparator) = (",", ".");
            CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = odd;

            if (args is [var forgetful])
            {
                await YaopaiSandbox.StartAsync();
                Console.WriteLine("started"); // and never ended
                if (forgetful is "wait")
                    await Task.Delay(Timeout.Infinite);
                return;
            }

            await using var platform = await YaopaiSandbox.StartAsync();
            await using var world = await platform.CreateWorldAsync();
            var code = await world.SignInAsync(world.User("mainland"), "openid profile");
            await world.Clock.AdvanceAsync(TimeSpan.FromMinutes(-1.5));
            await world.Clock.AdvanceAsync(TimeSpan.FromMinutes(7.5));
            var answer = await platform.Http.PostAsync("/huawei/oauth2/v3/token", new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["grant_type"] = "authorization_code",
                ["client_id"] = world.App.ClientId,
                ["client_secret"] = world.App.ClientSecret,
                ["code"] = code.Code,
            }));
            var refused = await world.ExplainAsync(answer);
            using var visit = new HttpRequestMessage(HttpMethod.Get, $"/sandbox/requests/{refused.Id}");
            visit.Headers.Accept.ParseAdd("text/html");
            var page = await (await platform.Http.SendAsync(visit)).Content.ReadAsStringAsync();
            Console.Write($"{refused.Refusal!.Number} {Regex.IsMatch(page, @">\d{4}-\d\d-\d\d \d\d:\d\d:\d\d")}");
            """);

        var said = await Dotnet.RunAsync(
            _folder.FullName, ["run"],
            ("NUGET_PACKAGES", Path.Combine(_folder.FullName, "packages")), ("YAOPAI_DATABASE", "postgres:Host=another.internal"),
            ("YAOPAI_Nonsense__Setting", "1"), ("ASPNETCORE_ENVIRONMENT", "Production"), ("ASPNETCORE_URLS", "http://127.0.0.1:2"),
            ("Kestrel__Endpoints__Y__Url", "http://127.0.0.1:3"));

        Assert.Equal((0, "1101/20155 True"), said);
        await AForgottenPlatformLeavesNoFilesAsync();
        await SignalsAreTheProgramsAsync();
    }

    private async Task AForgottenPlatformLeavesNoFilesAsync()
    {
        var temporary = _folder.CreateSubdirectory("temporary");
        using var process = StartForgetful("end", temporary);

        await process.WaitForExitAsync().WaitAsync(s_patience);

        Assert.Equal(0, process.ExitCode);
        Assert.Empty(temporary.GetFileSystemInfos());
    }

    /// <summary>A signal ends the program as if there were no server in it.</summary>
    private async Task SignalsAreTheProgramsAsync()
    {
        using var process = StartForgetful("wait", _folder);
        try
        {
            Assert.Equal("started", await process.StandardOutput.ReadLineAsync().WaitAsync(s_patience));

            using var kill = Process.Start("kill", ["-TERM", $"{process.Id}"]);
            await process.WaitForExitAsync().WaitAsync(s_patience);

            Assert.Equal(143, process.ExitCode);
        }
        finally
        {
            process.Kill(); // does nothing where it has ended
        }
    }

    private Process StartForgetful(string how, DirectoryInfo temporary)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(_folder.FullName, "bin", "Debug", "net10.0", "Shop.dll"), how])
        {
            RedirectStandardOutput = true,
        };
        start.Environment["TMPDIR"] = temporary.FullName;
        start.Environment["DOTNET_EnableDiagnostics"] = "0"; // or there are sockets of the debugger, too
        return Process.Start(start)!;
    }

    /// <summary>Beside the code: what a package shows of itself, and that nobody compiles against the server.</summary>
    [Fact]
    public async Task The_packages_say_what_they_are()
    {
        foreach (var package in s_packages)
        {
            using var archive = await ZipFile.OpenReadAsync(FileOf(package));
            var metadata = Metadata(archive, package);
            Assert.Equal("Apache-2.0", Text(metadata, "license"));
            Assert.NotEqual("Package Description", Text(metadata, "description"));
            Assert.All(archive.Entries, entry => Assert.DoesNotContain("appsettings", entry.FullName, StringComparison.Ordinal));
        }

        using var testing = await ZipFile.OpenReadAsync(FileOf("Yaopai.Testing"));
        Assert.Contains(testing.Entries, entry => entry.FullName == "README.md");
        Assert.Contains(testing.Entries, entry => entry.FullName == "lib/net10.0/Yaopai.Testing.xml");
        Assert.Equal("README.md", Text(Metadata(testing, "Yaopai.Testing"), "readme"));
        var server = Metadata(testing, "Yaopai.Testing").Descendants()
            .Single(element => element.Name.LocalName is "dependency" && element.Attribute("id")!.Value is "Yaopai.Server");
        Assert.Contains("Compile", server.Attribute("exclude")!.Value, StringComparison.Ordinal);
    }

    private string FileOf(string package) => Assert.Single(_folder.GetFiles($"{package}.*.nupkg")).FullName;

    private string VersionOf(string package) => Path.GetFileNameWithoutExtension(FileOf(package))[$"{package}.".Length..];

    private static XElement Metadata(ZipArchive archive, string package)
    {
        using var nuspec = archive.GetEntry($"{package}.nuspec")!.Open();
        return XDocument.Load(nuspec).Root!.Elements().Single();
    }

    private static string? Text(XElement metadata, string name) =>
        metadata.Elements().SingleOrDefault(element => element.Name.LocalName == name)?.Value;

    private static string RestoredTo()
    {
        using var assets = JsonDocument.Parse(
            File.ReadAllBytes(Path.Combine(Repository.Root, "artifacts", "obj", "Yaopai.Testing", "project.assets.json")));
        return assets.RootElement.GetProperty("packageFolders").EnumerateObject().First().Name;
    }

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_folder.FullName, name), text);

    public sealed class Packed : IAsyncLifetime
    {
        public DirectoryInfo Folder { get; } = Directory.CreateTempSubdirectory("yaopai-testing-package-");

        public async ValueTask InitializeAsync() => await Dotnet.PackAsync(Folder, s_packages);

        public ValueTask DisposeAsync()
        {
            Folder.Delete(recursive: true);
            return ValueTask.CompletedTask;
        }
    }
}
