using Yaopai.Server.Storage.Sql.Apps;
using Yaopai.Server.Storage.Sql.Consents;
using Yaopai.Server.Storage.Sql.Credentials;
using Yaopai.Server.Stores;

namespace Yaopai.Tests.Storage;

public sealed class SqliteSeamTests(OnSqlite engine) : SeamContract(engine), IClassFixture<OnSqlite>;

public sealed class PostgresSeamTests(OnPostgres engine) : SeamContract(engine), IClassFixture<OnPostgres>;

public abstract class SeamContract(Engine engine)
{
    private readonly Seam _seam = new();

    public static TheoryData<string, string> Faults { get; } = new()
    {
        { nameof(StorageFault.Down),     nameof(StorageFailure.Unreachable) },
        { nameof(StorageFault.Slow),     nameof(StorageFailure.Timeout) },
        { nameof(StorageFault.Error),    nameof(StorageFailure.Failed) },
        { nameof(StorageFault.Conflict), nameof(StorageFailure.Conflict) },
    };

    [Theory, MemberData(nameof(Faults))]
    public async Task Each_fault_really_happens_and_is_told_as_what_it_is(string fault, string failure)
    {
        // A slow database takes all the time there is; the others are not to run out of theirs.
        var patience = TimeSpan.FromSeconds(fault is nameof(StorageFault.Slow) ? 1 : 20);
        await using var database = engine.Open(options => options.Timeout = patience, _seam);
        Func<Task>[] uses =
        [
            () => new SqlConsentStore(database, Samples.Identifiers).FindAsync(1, 1, default),
            () => new SqlUsedCodeStore(database).TryUseAsync(1, Guid.NewGuid(), Samples.Noon, default),
            () => new SqlDeveloperStore(database).TryAddAsync(new(Samples.NewId(), "dev", null, Samples.Noon, null), default),
        ];
        _seam.Current = Enum.Parse<StorageFault>(fault);

        foreach (var use in uses)
        {
            var exception = await Assert.ThrowsAsync<StorageException>(use);
            Assert.Equal(failure, exception.Failure.ToString());
            Assert.NotNull(exception.InnerException);
        }

        // What was abandoned may still hold a connection for a moment, and one second is little on a busy machine.
        _seam.Current = null;
        await Eventually.SucceedsAsync<StorageException>(() => new SqlConsentStore(database, Samples.Identifiers).FindAsync(1, 1, default));
    }

    [Fact]
    public async Task What_one_caller_breaks_on_purpose_does_not_turn_others_away()
    {
        await using var database = engine.Open(options => options.BreakAfter = 2, _seam);
        var consents = new SqlConsentStore(database, Samples.Identifiers);
        _seam.Current = StorageFault.Down;
        for (var i = 0; i < 10; i++)
            await Assert.ThrowsAsync<StorageException>(() => consents.FindAsync(1, 1, default));

        _seam.Current = null;

        Assert.Null(await consents.FindAsync(1, 1, default));
    }

    private sealed class Seam : IStorageSeam
    {
        public StorageFault? Current { get; set; }
    }
}
