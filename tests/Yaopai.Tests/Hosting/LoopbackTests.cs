using System.Diagnostics;
using Yaopai.Server.Hosting;
using Yaopai.Tests.Http;
using Yaopai.Tests.Storage;

namespace Yaopai.Tests.Hosting;

/// <summary>Where the server listens when nobody says where.</summary>
public sealed class LoopbackTests(OnSqlite engine) : IClassFixture<OnSqlite>
{
    private const string Listening = "0A";
    private const string Port = "1E14"; // 7700
    private const string IPv4 = "0100007F", IPv6 = "00000000000000000000000001000000";

    /// <summary>In a network of its own, which has the port to itself.</summary>
    [Theory]
    [InlineData("ip link set lo up", IPv4, IPv6)]
    [InlineData("ip link set lo up && echo 1 > /proc/sys/net/ipv6/conf/all/disable_ipv6", IPv4)]
    public async Task FC_27_it_listens_on_both_loopbacks_as_far_as_they_are_there(string network, params string[] expected)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.UserName is "root", "Only root makes networks.");
        var start = new ProcessStartInfo(
            "unshare",
            ["-n", "sh", "-c", network + " && exec \"$@\"", "sh", "dotnet", Path.Combine(AppContext.BaseDirectory, "Yaopai.Server.dll")])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        start.Environment["YAOPAI_DATABASE"] = engine.Location;
        start.Environment["YAOPAI_MASTER_KEY"] = engine.MasterKey;
        using var process = Process.Start(start)!;
        try
        {
            Assert.Equal("http://localhost:7700/", $"{await ServerProcess.AddressAsync(process).WaitAsync(TimeSpan.FromSeconds(60))}");
            var tables = $"/proc/{process.Id}/net/tcp";
            Assert.Equal(expected, (string[])[.. ListeningIn(tables), .. ListeningIn(tables + "6")]);
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync();
        }
    }

    [Theory]
    [InlineData("8080", "--urls=http://localhost:8080")]
    [InlineData("0", "--urls=http://127.0.0.1:0")]
    public void FC_27_a_port_alone_is_one_of_both_loopbacks(string port, string expected) =>
        Assert.Equal([expected], Settings.Arguments(["--port", port]));

    private static IEnumerable<string> ListeningIn(string table) =>
        from line in File.ReadLines(table).Skip(1)
        let columns = line.Split(' ', StringSplitOptions.RemoveEmptyEntries)
        let address = columns[1].Split(':')
        where columns[3] is Listening && address[1] is Port
        select address[0];
}
