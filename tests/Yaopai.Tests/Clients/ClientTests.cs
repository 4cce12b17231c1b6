namespace Yaopai.Tests.Clients;

/// <summary>The clients of one file each: what they start, they stop, and nothing else.</summary>
public sealed class ClientTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("yaopai-clients-");

    /// <summary>The same suite without a server: it starts its own, and settings that are meant for others do not reach that.</summary>
    [Theory]
    [InlineData("node")]
    [InlineData("python")]
    [InlineData("java")]
    public async Task A_suite_starts_a_server_and_leaves_no_process_and_no_file(string language)
    {
        var (exitCode, output) = await SampleSuite.RunAsync(language, Own);

        Assert.True(exitCode == 0, output);
        NothingIsLeft();
    }

    [Theory]
    [InlineData("node", "const platform = await startYaopai(); await platform.createWorld(); console.log('made');")]
    [InlineData("python", "start_yaopai().create_world(); print('made')")]
    [InlineData("java", """Yaopai.start().createWorld(); System.out.println("made");""")]
    public async Task A_program_that_forgets_to_stop_it_leaves_no_process_and_no_file(string language, string script)
    {
        var (exitCode, output) = await SampleSuite.RunScriptAsync(language, script, Own);

        Assert.True(exitCode == 0, output);
        Assert.Contains("made", output, StringComparison.Ordinal);
        NothingIsLeft();
    }

    [Theory]
    [InlineData("node", "await startYaopai({ args: ['--Storage:Timeuot=00:00:05'] });")]
    [InlineData("python", "start_yaopai(args=['--Storage:Timeuot=00:00:05'])")]
    [InlineData("java", """
        Yaopai.Options options = new Yaopai.Options();
        options.args = java.util.List.of("--Storage:Timeuot=00:00:05");
        Yaopai.start(options);
        """)]
    public async Task A_start_that_fails_says_why_and_leaves_no_file(string language, string script)
    {
        var (exitCode, output) = await SampleSuite.RunScriptAsync(language, script, Own);

        Assert.NotEqual(0, exitCode);
        Assert.Contains("The server ended before it was ready", output, StringComparison.Ordinal);
        Assert.Contains("Did you mean --Storage:Timeout?", output, StringComparison.Ordinal);
        NothingIsLeft();
    }

    /// <summary>A tree with the clients, and a script that starts what is built already.</summary>
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    [Theory]
    [InlineData("node", "const platform = await startYaopai(); console.log(platform.app.client_id); await platform.stop();")]
    [InlineData("python", "with start_yaopai() as platform: print(platform.app['client_id'])")]
    [InlineData("java", "try (Yaopai.Platform platform = Yaopai.start()) { System.out.println(platform.clientId); }")]
    public async Task Without_a_name_the_nearest_script_is_started(string language, string script)
    {
        var tree = Directory.CreateTempSubdirectory("yaopai-tree-");
        try
        {
            foreach (var file in new[] { "node/yaopai.mjs", "python/yaopai.py" })
            {
                var copy = Path.Combine(tree.FullName, "clients", file);
                Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
                File.Copy(Path.Combine(Repository.Root, "clients", file), copy);
            }

            var run = Path.Combine(tree.FullName, "run.sh");
            await File.WriteAllTextAsync(Path.Combine(tree.FullName, "Yaopai.slnx"), "");
            await File.WriteAllTextAsync(run, $"#!/bin/sh\nexec dotnet '{SampleSuite.ServerProgram}' \"$@\"\n");
            File.SetUnixFileMode(run, File.GetUnixFileMode(run) | UnixFileMode.UserExecute);

            var (exitCode, output) = await SampleSuite.RunScriptInAsync(
                tree.FullName, language, script, [.. Own, ("YAOPAI_SERVER", null)]);

            Assert.True(exitCode == 0, output);
            Assert.Contains("100000001", output, StringComparison.Ordinal);
        }
        finally
        {
            tree.Delete(recursive: true);
        }

        NothingIsLeft();
    }

    [Theory]
    [InlineData("node", "await startYaopai();")]
    [InlineData("python", "start_yaopai()")]
    [InlineData("java", "Yaopai.start();")]
    public async Task A_program_that_is_not_there_is_named(string language, string script)
    {
        var (exitCode, output) = await SampleSuite.RunScriptAsync(
            language, script, [.. Own, ("YAOPAI_SERVER", "/no/such/program")]);

        Assert.NotEqual(0, exitCode);
        Assert.Contains("/no/such/program", output, StringComparison.Ordinal);
        NothingIsLeft();
    }

    /// <summary>What the suites do not do.</summary>
    [Theory]
    [InlineData("node", """
        const platform = await startYaopai();
        const world = await platform.createWorld();
        const now = await world.clock.set('2031-05-01T00:00:00Z');
        await world.clock.advance(-3600);
        console.log((await world.clock.now()).getUTCFullYear(), (now - await world.clock.now()) / 1000 | 0);
        await world.clock.reset();
        const fault = await world.faults.add({ target: 'huawei.token', error: 'http/503' });
        await world.faults.add({ fault: 'delay', delay: 'PT0.1S' });
        console.log((await world.faults.list()).length, (await platform.faults.list()).length);
        await world.faults.remove(fault.id);
        await world.faults.clear();
        console.log((await world.faults.list()).length);
        console.log((await world.tokens('mainland', undefined, { surface: 'open' })).access_token.slice(0, 3));
        console.log((await world.requests({ code: '*', limit: 5 })).length, (await world.coverageAsJUnit()).slice(0, 5));
        await platform.call('POST', '/sandbox/users', { name: 'laowang' });
        console.log((await platform.signIn('laowang')).code.length > 20);
        await world.remove();
        await platform.reset();
        await world.remove();
        try { await platform.faults.add({ target: 'huawei.token', error: '1' }); } catch (error) { console.log(error.status); }
        await platform.stop();
        """)]
    [InlineData("python", """
        import datetime
        with start_yaopai() as platform:
            with platform.create_world() as world:
                now = world.clock.set("2031-05-01T00:00:00Z")
                world.clock.advance(datetime.timedelta(hours=-1))
                print(world.clock.now().year, int((now - world.clock.now()).total_seconds()))
                world.clock.reset()
                fault = world.faults.add(target="huawei.token", error="http/503")
                world.faults.add(fault="delay", delay=datetime.timedelta(seconds=0.1))
                print(len(world.faults.list()), len(platform.faults.list()))
                world.faults.remove(fault["id"])
                world.faults.clear()
                print(len(world.faults.list()))
                print(world.tokens("mainland", surface="open")["access_token"][:3])
                print(len(world.requests(code="*", limit=5)), world.coverage_as_junit()[:5])
                platform.call("POST", "/sandbox/users", {"name": "laowang"})
                print(str(len(platform.sign_in("laowang")["code"]) > 20).lower())
                platform.reset()
            try:
                platform.faults.add(target="huawei.token", error="1")
            except YaopaiError as error:
                print(error.status)
        """)]
    [InlineData("java", """
        try (Yaopai.Platform platform = Yaopai.start()) {
            try (Yaopai.World world = platform.createWorld()) {
                java.time.Instant now = world.clock.set(java.time.Instant.parse("2031-05-01T00:00:00Z"));
                world.clock.advance(java.time.Duration.ofHours(-1));
                System.out.println("2031 " + java.time.Duration.between(world.clock.now(), now).getSeconds());
                world.clock.reset();
                Yaopai.Json fault = world.faults.add(java.util.Map.of("target", "huawei.token", "error", "http/503"));
                world.faults.add(java.util.Map.of("fault", "delay", "delay", java.time.Duration.ofMillis(100)));
                System.out.println(world.faults.list().size() + " " + platform.faults.list().size());
                world.faults.remove((long) fault.at("id").number());
                world.faults.clear();
                System.out.println(world.faults.list().size());
                Yaopai.Json tokens = world.tokens("mainland", null, java.util.Map.of("surface", "open"));
                System.out.println(tokens.at("access_token").text().substring(0, 3));
                System.out.print(world.requests(java.util.Map.of("code", "*", "limit", 5)).size());
                System.out.println(" " + world.coverageAsJUnit(java.util.Map.of()).substring(0, 5));
                platform.call("POST", "/sandbox/users", java.util.Map.of("name", "laowang"));
                System.out.println(platform.signIn("laowang", null).at("code").text().length() > 20);
                platform.reset();
            }
            try {
                platform.faults.add(java.util.Map.of("target", "huawei.token", "error", "1"));
            } catch (Yaopai.Failure error) {
                System.out.println(error.status);
            }
        }
        """)]
    public async Task Every_part_of_a_client_does_what_it_says(string language, string script)
    {
        var (exitCode, output) = await SampleSuite.RunScriptAsync(language, script, Own);

        Assert.True(exitCode == 0, output);
        Assert.Matches(@"^20\d\d 3\d\d\d\n2 0\n0\n21\.\n0 <\?xml\ntrue\n400\n", output.Replace("\r", "", StringComparison.Ordinal));
        NothingIsLeft();
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private (string Name, string? Value)[] Own =>
    [
        ("YAOPAI_SERVER", SampleSuite.ServerProgram),
        ("YAOPAI_DATABASE", "postgres:Host=another.internal"),
        ("YAOPAI_Nonsense__Setting", "1"),
        ("YAOPAI_URL", null),
        ("ASPNETCORE_ENVIRONMENT", "Production"),
        ("DOTNET_EnableDiagnostics", "0"), // or a killed server leaves the sockets of the debugger behind
        ("TMPDIR", _folder.FullName),
        ("JAVA_TOOL_OPTIONS", $"-Djava.io.tmpdir={_folder.FullName} -XX:-UsePerfData"),
    ];

    private void NothingIsLeft()
    {
        Assert.Empty(_folder.GetFileSystemInfos());
        Assert.DoesNotContain(
            Directory.GetDirectories("/proc"),
            process => File.Exists($"{process}/cmdline")
                && Read($"{process}/cmdline").Contains(_folder.FullName, StringComparison.Ordinal));
    }

    private static string Read(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
