using System.Text;
using Yaopai.Server.Accounts;
using Yaopai.Server.Credentials;
using Yaopai.Server.Storage.Engine;
using Yaopai.Server.Storage.Sql.Accounts;
using Yaopai.Server.Storage.Sqlite;
using Yaopai.Server.Stores;

namespace Yaopai.Tests.Storage;

public sealed class SqliteFileTests : IAsyncLifetime
{
    private readonly OnSqlite _engine = new();

    public ValueTask InitializeAsync() => _engine.InitializeAsync();

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Theory]
    [InlineData(1)]
    [InlineData(1000)] // more than a page holds
    public async Task What_is_deleted_leaves_the_file(int times)
    {
        var secret = $"secret-{Guid.NewGuid():n}";
        await using (var database = _engine.Open())
        {
            var accounts = new SqlAccountStore(database);
            var account = Samples.NewAccount() with { Nickname = string.Concat(Enumerable.Repeat(secret, times)) };
            Assert.True(await accounts.TryAddAsync(account, default));
            await LogIsEmptiedAsync();
            Assert.True(await IsInFileAsync(secret));

            var revocation = new Revocation(0, account.Id, Guid.Empty, Samples.Noon, Samples.Noon.AddDays(1));
            Assert.True(await accounts.TryDeleteAsync(revocation, default));
        }

        await LogIsEmptiedAsync();
        Assert.False(await IsInFileAsync(secret));
    }

    [Fact]
    public async Task L4_a_person_who_is_deleted_leaves_the_log_too()
    {
        var secret = $"secret-{Guid.NewGuid():n}";
        await using var database = _engine.Open();
        var accounts = new SqlAccountStore(database);
        var account = Samples.NewAccount() with { Nickname = secret };
        Assert.True(await accounts.TryAddAsync(account, default));
        Assert.NotNull(await accounts.FindAsync(account.Id, default)); // a reader stays connected
        Assert.Contains(secret, await LogAsync(), StringComparison.Ordinal);

        Assert.True(await accounts.TryDeleteAsync(
            new Revocation(0, account.Id, Guid.Empty, Samples.Noon, Samples.Noon.AddDays(1)), default));

        Assert.Equal("", await LogAsync());
        Assert.False(await IsInFileAsync(secret));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task F8_a_file_that_is_deleted_or_replaced_takes_no_more_writes_until_it_is_back(bool isReplaced)
    {
        await using var node = await new Node(_engine.Location).StartAsync();
        await node.Get<WriteProbe>().Ready;
        var codes = node.Get<IUsedCodeStore>();
        Assert.True(await codes.TryUseAsync(1, Guid.NewGuid(), Samples.Noon, default));
        var (copy, away) = ($"{_engine.Path}.copy", $"{_engine.Path}.away");
        File.Copy(_engine.Path, copy);

        File.Move(_engine.Path, away);
        if (isReplaced)
            File.Move(copy, _engine.Path);
        for (var i = 0; i < 3; i++)
        {
            var refusal = await Assert.ThrowsAsync<StorageException>(() => codes.TryUseAsync(1, Guid.NewGuid(), Samples.Noon, default));
            Assert.Equal(StorageFailure.Unreachable, refusal.Failure);
            if (i == 0) // later it may be the circuit that refuses
                Assert.Contains("was deleted or replaced", refusal.InnerException!.Message, StringComparison.Ordinal);
        }

        Assert.False(node.Get<WriteProbe>().Succeeds);

        File.Move(away, _engine.Path, overwrite: true);
        await Eventually.HoldsAsync(() => Task.FromResult(node.Get<WriteProbe>().Succeeds));
        Assert.True(await codes.TryUseAsync(1, Guid.NewGuid(), Samples.Noon, default));
    }

    [Fact]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public async Task N11_L13_a_backup_has_what_the_log_holds_and_is_closed_to_others()
    {
        await using var node = await new Node(_engine.Location).StartAsync();
        await node.Get<WriteProbe>().Ready;
        var account = Samples.NewAccount();
        Assert.True(await node.Get<IAccountStore>().TryAddAsync(account, default));
        var copy = $"{_engine.Path}.copy";

        var heard = await new Admin.Operator(_engine.Location, Path.GetDirectoryName(copy)!).RunAsync("backup", copy);

        Assert.Equal((0, ""), (heard.ExitCode, heard.Error));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(copy));
        await using var restored = await new Node($"sqlite:{copy}").StartAsync();
        await restored.Feed.Ready;
        Assert.NotNull(await restored.Get<IAccountStore>().FindAsync(account.Id, default));
    }

    [Fact]
    public void N7_one_server_claims_a_file_and_the_next_can_once_it_has_ended()
    {
        using (var first = new SqliteFile(_engine.Path))
        using (var second = new SqliteFile(_engine.Path))
        {
            Assert.True(first.TryClaim());
            Assert.True(first.TryClaim());
            Assert.False(second.TryClaim());
        }

        using var third = new SqliteFile(_engine.Path);
        Assert.True(third.TryClaim());
    }

    private async Task<string> LogAsync()
    {
        await using var log = new FileStream($"{_engine.Path}-wal", FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(log, Encoding.Latin1);
        return await reader.ReadToEndAsync();
    }

    private Task LogIsEmptiedAsync() => _engine.ExecuteAsync("PRAGMA wal_checkpoint(TRUNCATE)");

    private async Task<bool> IsInFileAsync(string text) =>
        (await File.ReadAllBytesAsync(_engine.Location["sqlite:".Length..])).AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0;
}
