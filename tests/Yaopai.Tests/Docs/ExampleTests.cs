using System.Diagnostics;
using System.Text;
using Yaopai.Tests.Http;
using Yaopai.Tests.OrderService;
using Yaopai.Tests.Storage;

namespace Yaopai.Tests.Docs;

/// <summary>What the pages show is what happens.</summary>
public sealed class ExampleTests : IAsyncLifetime
{
    /// <summary>Where the pages have the server, and the sample.</summary>
    private const string Address = "127.0.0.1:7700";
    private const string SampleAddress = "127.0.0.1:5080";

    private readonly OnSqlite _engine = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("yaopai-docs-");

    [Theory]
    [InlineData("README.md")]
    [InlineData("README.zh-CN.md")]
    [InlineData("docs/admin-api.md")]
    [InlineData("docs/error-codes.md")]
    [InlineData("docs/operations.md")]
    [InlineData("docs/quickstart.md")]
    [InlineData("docs/sandbox.md")]
    [InlineData("docs/surfaces/huawei-account.md")]
    [InlineData("docs/surfaces/open-api.md")]
    [InlineData("docs/surfaces/identity.md")]
    [InlineData("docs/surfaces/welink.md")]
    public async Task Every_command_of_a_page_does_what_the_page_shows(string path)
    {
        await using var server = await TestServer.StartAsync(_engine);
        await RunAsync(path, Address, server.Address);
    }

    [Theory]
    [InlineData("samples/OrderService/README.md")]
    [InlineData("samples/OrderService/README.zh-CN.md")]
    public async Task Every_command_of_the_samples_page_does_what_the_page_shows(string path)
    {
        await using var sample = await OrderServiceProcess.StartAsync();
        await RunAsync(path, SampleAddress, sample.Address);
    }

    private async Task RunAsync(string path, string shown, Uri address)
    {
        var examples = Example.Of(path);
        Assert.NotEmpty(examples);
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "script"), Script(examples, shown, address));

        var exitCode = await BashAsync();

        for (var i = 0; i < examples.Count; i++)
        {
            // The next command's output begins when this one has ended well.
            var ended = i == examples.Count - 1 ? exitCode == 0 : Output(i + 1) is not null;
            var output = Output(i)?.Replace(address.Authority, shown, StringComparison.Ordinal) ?? "";
            Assert.True(ended, $"{examples[i].Place} failed with {exitCode}:\n{examples[i].Command}{output}{Output("complaints")}");
            Assert.True(examples[i].MissingIn(output) is null,
                $"{examples[i].Place} prints no line like {examples[i].MissingIn(output)}:\n{examples[i].Command}{output}");
        }
    }

    public ValueTask InitializeAsync() => _engine.InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        _folder.Delete(recursive: true);
        await _engine.DisposeAsync();
    }

    /// <summary>One shell for the page, because later commands use what earlier ones found. The first that fails ends it.</summary>
    private static string Script(IReadOnlyList<Example> examples, string shown, Uri address)
    {
        var script = new StringBuilder(
            $$"""
            set -euo pipefail
            tree='{{Repository.Root}}'
            run() { dotnet '{{Path.Combine(AppContext.BaseDirectory, "Yaopai.Server.dll")}}' "$@"; }
            curl() { command curl $fail "$@"; }

            """);
        for (var i = 0; i < examples.Count; i++)
        {
            // An HTTP error is a failure, unless the page shows what comes.
            script.Append($"fail={(examples[i].Expected.Count == 0 ? "--fail-with-body" : "")}\n{{\n");
            script.Append(examples[i].Command.Replace(shown, address.Authority, StringComparison.Ordinal)
                .Replace("./run.sh ", "run ", StringComparison.Ordinal)
                .Replace("< tests/", "< \"$tree\"/tests/", StringComparison.Ordinal)); // the shell is in a folder of its own
            script.Append($"}} > {i} 2>&1\n");
        }

        return script.ToString();
    }

    private async Task<int> BashAsync()
    {
        var start = new ProcessStartInfo("bash", ["script"]) { WorkingDirectory = _folder.FullName, RedirectStandardError = true };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        start.Environment["YAOPAI_DATABASE"] = _engine.Location;
        start.Environment["YAOPAI_MASTER_KEY"] = _engine.MasterKey;
        using var bash = Process.Start(start)!;
        var complaints = bash.StandardError.ReadToEndAsync();
        try
        {
            await bash.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(5));
        }
        finally
        {
            if (!bash.HasExited)
                bash.Kill(entireProcessTree: true);
        }

        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "complaints"), await complaints);
        return bash.ExitCode;
    }

    /// <summary>What a command printed; null when its turn did not come.</summary>
    private string? Output(object name) =>
        Path.Combine(_folder.FullName, $"{name}") is var file && File.Exists(file) ? File.ReadAllText(file) : null;
}
