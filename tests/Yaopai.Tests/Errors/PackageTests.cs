namespace Yaopai.Tests.Errors;

/// <summary>The library as others get it: a package, in a project that has nothing else of this tree.</summary>
[Collection(Packing)]
public sealed class PackageTests : IDisposable
{
    /// <summary>Tests that pack come one after another: a project is packed in the folder where it was built.</summary>
    internal const string Packing = "packing";

    private const string Header = "code\tmodule\tname\thttp\tzh\ten\tremedy_zh\tremedy_en\tretry\taudience\n";
    private const string Row = "2-05-001\tOrders\tStockShort\t409\t库存不足。\tThere is not enough in stock.\t减少数量。\tOrder less.\tuser\tuser\n";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("yaopai-package-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_project_with_the_package_gets_constants_of_its_own_table_and_faults_on_its_rows()
    {
        await Dotnet.PackAsync(_folder, "Yaopai.Errors");
        var version = Path.GetFileNameWithoutExtension(Assert.Single(_folder.GetFiles("*.nupkg")).Name)["Yaopai.Errors.".Length..];
        Write("nuget.config", """<configuration><packageSources><clear /><add key="here" value="." /></packageSources></configuration>""");
        Write("Shop.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <OutputType>Exe</OutputType>
                <UseAppHost>false</UseAppHost>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="Yaopai.Errors" Version="{version}" />
                <YaopaiErrors Include="OrderErrors.tsv" />
              </ItemGroup>
            </Project>
            """);
        Write("Program.cs", """System.Console.Write(Shop.OrderErrors.Orders.StockShort.ServiceCode);""");
        Write("OrderErrors.tsv", Header + Row);

        var said = await DotnetAsync("run");
        Assert.Equal((0, "2-05-001"), said);

        Write("OrderErrors.tsv", Header + Row + Row);
        var refused = await DotnetAsync("build", "--no-restore", "--nologo");
        Assert.NotEqual(0, refused.ExitCode);
        Assert.Contains(
            "OrderErrors.tsv(3,1): error YAOPAI004: Orders.StockShort is in line 2 already", refused.Output, StringComparison.Ordinal);
    }

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_folder.FullName, name), text);

    private Task<(int ExitCode, string Output)> DotnetAsync(params string[] args) =>
        Dotnet.RunAsync(_folder.FullName, args, ("NUGET_PACKAGES", Path.Combine(_folder.FullName, "packages")));
}
