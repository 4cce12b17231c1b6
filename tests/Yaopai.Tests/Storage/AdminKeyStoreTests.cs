using Yaopai.Server.Administration;
using Yaopai.Server.Storage.Sql.Administration;

namespace Yaopai.Tests.Storage;

public sealed class SqliteAdminKeyStoreTests(OnSqlite engine) : AdminKeyStoreContract(engine), IClassFixture<OnSqlite>;

public sealed class PostgresAdminKeyStoreTests(OnPostgres engine) : AdminKeyStoreContract(engine), IClassFixture<OnPostgres>;

public abstract class AdminKeyStoreContract(Engine engine)
{
    private readonly SqlAdminKeyStore _keys = new(engine.Database);
    private readonly SqlStoredAnswers _answers = new(engine.Database);

    [Fact]
    public async Task A_key_is_read_as_it_was_stored_and_its_last_use_beside_it()
    {
        var key = NewKey() with
        {
            PreviousHash = AdminKeyText.Hash("before"),
            PreviousUntil = Samples.Noon.AddHours(1),
            RotatedAt = Samples.Noon,
            ExpiresAt = Samples.Noon.AddDays(9),
        };
        Assert.True(await _keys.TryAddAsync(key, default));
        await _keys.TouchAsync(key.Id, Samples.Noon.AddMinutes(2), "192.0.2.1", default);

        var found = await _keys.FindAsync(key.Id, default);

        Assert.Equivalent(key with { LastUsedAt = Samples.Noon.AddMinutes(2), LastAddress = "192.0.2.1" }, found);
    }

    [Fact]
    public async Task A_name_is_free_again_when_its_key_is_revoked()
    {
        var key = NewKey();
        await _keys.TryAddAsync(key, default);

        Assert.False(await _keys.TryAddAsync(NewKey() with { Name = key.Name }, default));
        Assert.NotNull(await _keys.ChangeAsync(key.Id, one => one with { RevokedAt = Samples.Noon }, default));
        Assert.True(await _keys.TryAddAsync(NewKey() with { Name = key.Name }, default));
    }

    [Fact]
    public async Task Changes_at_once_are_all_made()
    {
        var key = NewKey() with { Name = "" };
        await _keys.TryAddAsync(key, default);

        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(
            () => _keys.ChangeAsync(key.Id, one => one with { Name = one.Name + "x" }, default))));

        Assert.Equal("xxxxxxxxxx", (await _keys.FindAsync(key.Id, default))!.Name);
        Assert.Null(await _keys.ChangeAsync(key.Id, _ => null, default));
        Assert.Null(await _keys.ChangeAsync(1, one => one, default));
    }

    [Fact]
    public async Task A_question_is_asked_once_and_its_answer_is_kept_for_its_key()
    {
        byte[] asked = AdminKeyText.Hash($"{Guid.NewGuid()}"), fingerprint = AdminKeyText.Hash("request");
        var until = DateTimeOffset.UtcNow.AddDays(1);

        var begun = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(
            () => _answers.BeginAsync(7, asked, fingerprint, until, default))));
        Assert.Single(begun, answer => answer is null);
        Assert.All(begun.OfType<StoredAnswer>(), answer => Assert.Null(answer.Sealed));

        await _answers.CompleteAsync(7, asked, [1, 2, 3], default);
        await _answers.AbandonAsync(7, asked, default); // what is answered stays
        Assert.Equal([1, 2, 3], (await _answers.BeginAsync(7, asked, fingerprint, until, default))!.Sealed);
        Assert.Null(await _answers.BeginAsync(8, asked, fingerprint, until, default));
        await _answers.AbandonAsync(8, asked, default);
        Assert.Null(await _answers.BeginAsync(8, asked, fingerprint, until, default));
    }

    [Fact]
    public async Task An_answer_is_forgotten_when_its_day_is_over()
    {
        var asked = AdminKeyText.Hash($"{Guid.NewGuid()}");
        await _answers.BeginAsync(7, asked, asked, DateTimeOffset.UtcNow.AddDays(-1), default);
        await _answers.CompleteAsync(7, asked, [1], default);

        Assert.Null(await _answers.BeginAsync(7, asked, AdminKeyText.Hash("other"), DateTimeOffset.UtcNow.AddDays(1), default));
    }

    private static AdminKey NewKey() => new()
    {
        Id = AdminKeyText.NewId(),
        Name = $"key {Guid.NewGuid():n}",
        Role = AdminRole.Support,
        Hash = AdminKeyText.Hash(AdminKeyText.NewSecret()),
        CreatedAt = Samples.Noon,
    };
}
