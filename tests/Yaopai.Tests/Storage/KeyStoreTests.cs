using Yaopai.Server.Keys;
using Yaopai.Server.Storage.Sql.Keys;

namespace Yaopai.Tests.Storage;

public sealed class SqliteKeyStoreTests(EmptySqlite engine) : KeyStoreContract(engine), IClassFixture<EmptySqlite>;

public sealed class PostgresKeyStoreTests(EmptyPostgres engine) : KeyStoreContract(engine), IClassFixture<EmptyPostgres>;

public abstract class KeyStoreContract(Engine engine)
{
    private readonly SqlKeyStore _keys = new(engine.Database);

    [Fact]
    public async Task Ten_callers_on_two_nodes_that_make_a_key_all_get_the_same()
    {
        await using var other = engine.Open();

        var got = await Task.WhenAll(Enumerable.Range(0, 10).Select(caller =>
            new SqlKeyStore(caller % 2 == 0 ? engine.Database : other).AddOrGetAsync(
                new(KeyKind.Sealing, "2026-03-01", Samples.Noon, [(byte)caller]), default)));

        Assert.All(got, key => Assert.Equal(got[0].Wrapped, key.Wrapped));
    }

    [Fact]
    public async Task Keys_read_back_as_given_and_old_ones_of_a_kind_can_be_removed()
    {
        StoredKey old = new(KeyKind.Signing, "old", Samples.Noon, [1, 2, 3]);
        StoredKey current = new(KeyKind.Signing, "current", Samples.Noon.AddDays(1), [4]);
        StoredKey another = new(KeyKind.Identifier, "old", Samples.Noon, [5]);
        foreach (var key in new[] { current, old, another })
            await _keys.AddOrGetAsync(key, default);

        var listed = Assert.Single(await _keys.ListAsync(default), key => key is { Kind: KeyKind.Signing, Slot: "old" });
        Assert.Equal(old.Wrapped, listed.Wrapped);
        Assert.Equal(old.ValidFrom, listed.ValidFrom);

        await _keys.RemoveAsync(KeyKind.Signing, current.ValidFrom, default);

        var left = await _keys.ListAsync(default);
        Assert.Equal(["current"], left.Where(key => key.Kind == KeyKind.Signing).Select(key => key.Slot));
        Assert.Single(left, key => key.Kind == KeyKind.Identifier);
    }
}
