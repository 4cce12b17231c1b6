using System.Text;
using Yaopai.Server.Credentials;
using Yaopai.Server.Storage.Sql.Accounts;

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

    private Task LogIsEmptiedAsync() => _engine.ExecuteAsync("PRAGMA wal_checkpoint(TRUNCATE)");

    private async Task<bool> IsInFileAsync(string text) =>
        (await File.ReadAllBytesAsync(_engine.Location["sqlite:".Length..])).AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0;
}
