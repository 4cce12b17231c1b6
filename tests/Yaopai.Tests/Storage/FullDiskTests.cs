using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using Yaopai.Server.Credentials;
using Yaopai.Server.Storage.Sql.Credentials;
using Yaopai.Server.Stores;
using Yaopai.Tests.Http;
using E = Yaopai.Errors.HuaweiAccountErrors;

namespace Yaopai.Tests.Storage;

/// <summary>A disk on which nothing more fits: a small one of our own, in memory.</summary>
public sealed class FullDiskTests
{
    [Fact]
    public async Task F7_a_full_disk_shows_in_readyz_loses_nothing_and_ends_when_there_is_room()
    {
        Assert.SkipUnless(SmallDisk.IsPossible, "Only root mounts a disk.");
        await using var engine = new SmallDisk();
        await engine.InitializeAsync();
        var acknowledged = new ConcurrentBag<Guid>();
        await using (var server = await TestServer.StartAsync(engine))
        {
            var caller = new HuaweiCaller(server);
            var codes = server.Get<IUsedCodeStore>();
            var token = (await caller.SignInAsync()).Access;
            var unused = await caller.CodeAsync();
            Assert.Equal(HttpStatusCode.OK, await ReadyAsync(server));

            engine.Fill();
            await Eventually.HoldsAsync(async () => !await TryWriteAsync(codes, acknowledged));
            Assert.Equal(HttpStatusCode.ServiceUnavailable, await ReadyAsync(server));
            for (var i = 0; i < 20; i++)
            {
                await Task.Delay(100); // the node tries to write too
                if (!await TryWriteAsync(codes, acknowledged))
                    Assert.Equal(HttpStatusCode.ServiceUnavailable, await ReadyAsync(server));
            }

            await (await caller.GetTokenInfoAsync(token)).ShouldSucceedAsync(E.GetTokenInfo.Ok);

            engine.Empty();
            await Eventually.HoldsAsync(async () => await ReadyAsync(server) is HttpStatusCode.OK);
            await Eventually.HoldsAsync(() => TryWriteAsync(codes, acknowledged));
            await (await caller.ExchangeAsync(unused)).ShouldSucceedAsync(E.Token.Ok);
        }

        await using var again = engine.Open();
        var kept = new SqlUsedCodeStore(again);
        Assert.NotEmpty(acknowledged);
        foreach (var code in acknowledged)
            Assert.True(await kept.IsUsedAsync(1, code, default));
    }

    private static async Task<HttpStatusCode> ReadyAsync(TestServer server) => (await server.Http.GetAsync("/readyz")).StatusCode;

    private static async Task<bool> TryWriteAsync(IUsedCodeStore codes, ConcurrentBag<Guid> acknowledged)
    {
        var code = Guid.NewGuid();
        try
        {
            Assert.True(await codes.TryUseAsync(1, code, DateTimeOffset.UtcNow.AddDays(1), default));
        }
        catch (StorageException)
        {
            return false;
        }

        acknowledged.Add(code);
        return true;
    }

    private sealed class SmallDisk : OnSqlite
    {
        public static bool IsPossible { get; } = OperatingSystem.IsLinux() && Environment.UserName is "root";

        private string Folder => System.IO.Path.GetDirectoryName(Path)!;

        private string Ballast => System.IO.Path.Combine(Folder, "ballast");

        internal override async Task CreateAsync(bool isBare = false)
        {
            Directory.CreateDirectory(Folder);
            Run("mount", "-t", "tmpfs", "-o", "size=32m", "none", Folder);
            await base.CreateAsync(isBare);
        }

        /// <summary>Until not a byte more fits.</summary>
        public void Fill()
        {
            var some = new byte[4096];
            using var ballast = new FileStream(Ballast, FileMode.Append, FileAccess.Write, FileShare.None, bufferSize: 0);
            try
            {
                while (true)
                    ballast.Write(some);
            }
            catch (IOException)
            {
            }
        }

        public void Empty() => File.Delete(Ballast);

        public override async ValueTask DisposeAsync()
        {
            Run("umount", "--lazy", Folder);
            await base.DisposeAsync();
        }

        private static void Run(string program, params string[] arguments)
        {
            using var process = Process.Start(program, arguments);
            process.WaitForExit();
            Assert.Equal(0, process.ExitCode);
        }
    }
}
