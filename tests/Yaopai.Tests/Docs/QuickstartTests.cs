using System.Diagnostics;
using Yaopai.Tests.Http;

namespace Yaopai.Tests.Docs;

/// <summary>docs/quickstart.md shows programs that are files, and that work.</summary>
public sealed class QuickstartTests(SharedServer fixture)
{
    private const string Page = "docs/quickstart.md";

    private const int MostLines = 40;

    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(3); // .NET builds its file first

    /// <summary>The language of the block, and the file. curl stands on the page itself, which runs it (ExampleTests).</summary>
    public static TheoryData<string, string> Programs { get; } = new()
    {
        { "js", "quickstart.mjs" },
        { "python", "quickstart.py" },
        { "java", "Quickstart.java" },
        { "csharp", "quickstart.cs" },
        { "go", "quickstart.go" },
    };

    [Theory, MemberData(nameof(Programs))]
    public void The_page_shows_the_file_as_it_is(string language, string file)
    {
        var shown = Assert.Single(new Document(Page).Blocks(), block => block.Language == language).Lines;

        Assert.Equal(File.ReadAllLines(PathOf(file)), shown);
        Assert.InRange(shown.Count(line => line is not ""), 1, MostLines);
        Assert.All(shown, line => Assert.InRange(line.Length, 0, 140));
    }

    /// <summary>tests/Strangers/run.sh --all runs the one in Go, whose compiler is too large for every run.</summary>
    [Theory]
    [InlineData("node", "quickstart.mjs")]
    [InlineData("python3", "quickstart.py")]
    [InlineData("java", "Quickstart.java")]
    [InlineData("dotnet", "run", "quickstart.cs")]
    public async Task Every_program_signs_a_person_in_and_makes_a_signed_call(string program, params string[] arguments)
    {
        Assert.SkipUnless(IsInstalled(program), $"There is no {program}; ./test.sh installs it.");
        var folder = Directory.CreateTempSubdirectory("yaopai-quickstart-"); // as somebody else has the file: outside this tree
        try
        {
            File.Copy(PathOf(arguments[^1]), Path.Combine(folder.FullName, arguments[^1]));
            var start = new ProcessStartInfo(program, arguments)
            {
                WorkingDirectory = folder.FullName,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            start.Environment["YAOPAI_URL"] = fixture.Server.Address.OriginalString.TrimEnd('/');
            using var process = Process.Start(start)!;
            using var late = new CancellationTokenSource(s_patience);
            var complaints = process.StandardError.ReadToEndAsync(late.Token);
            var said = await process.StandardOutput.ReadToEndAsync(late.Token);
            await process.WaitForExitAsync(late.Token);

            Assert.True(process.ExitCode == 0, said + await complaints);
            Assert.Equal("signed in: mainland\nuses the app: true\n", said);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static bool IsInstalled(string program) => Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator)
        .Any(folder => File.Exists(Path.Combine(folder, program)) || File.Exists(Path.Combine(folder, $"{program}.exe")));

    private static string PathOf(string file) => Path.Combine(Repository.Root, "samples", "quickstart", file);
}
