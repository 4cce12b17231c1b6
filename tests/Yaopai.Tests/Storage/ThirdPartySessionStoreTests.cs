using Yaopai.Server.Accounts.Bindings;
using Yaopai.Server.Storage.Sql.Accounts;

namespace Yaopai.Tests.Storage;

public sealed class SqliteThirdPartySessionStoreTests(OnSqlite engine) : ThirdPartySessionStoreContract(engine), IClassFixture<OnSqlite>;

public sealed class PostgresThirdPartySessionStoreTests(OnPostgres engine)
    : ThirdPartySessionStoreContract(engine), IClassFixture<OnPostgres>;

public abstract class ThirdPartySessionStoreContract(Engine engine)
{
    [Fact]
    public async Task The_last_session_of_an_identity_takes_the_place_of_the_one_before()
    {
        var sessions = new SqlThirdPartySessionStore(engine.Database);
        byte[] id = BitConverter.GetBytes(Samples.NewId());
        var first = new StoredSession(id, new("provider", "app", $"{Samples.NewId()}", UnionId: null), [1], [2], Samples.Noon);
        await sessions.PutAsync(first, Samples.Noon.AddDays(1), default);
        await sessions.PutAsync(first with { SessionHash = [3], SealedKey = [4] }, Samples.Noon.AddDays(1), default);

        var found = (await sessions.FindAsync(id, default))!;
        Assert.Equal([[3], [4]], new[] { found.SessionHash, found.SealedKey });
        Assert.Equal((first.Identity, Samples.Noon), (found.Identity, found.ExpiresAt));
        Assert.Null(await sessions.FindAsync([9, 9], default));
    }
}
