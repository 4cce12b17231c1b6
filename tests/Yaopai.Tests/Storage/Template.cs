using Yaopai.Server.Keys;
using Yaopai.Tests.Http;

namespace Yaopai.Tests.Storage;

/// <summary>A database as a server leaves it after its first start, with the demo data and the keys of the day;
/// and one only migrated.</summary>
/// <remarks>Made once a run for each engine, by that first start itself, and copied for each test that wants a database.</remarks>
internal static class Template
{
    private static readonly Lazy<Task<byte[]>> s_empty = new(() => MakeSqliteAsync(isEmpty: true));
    private static readonly Lazy<Task<byte[]>> s_started = new(() => MakeSqliteAsync(isEmpty: false));

    /// <summary>Wraps the keys of every copy.</summary>
    public static string MasterKey { get; } = TestServer.NewMasterKey();

    /// <summary>The file of an embedded database.</summary>
    public static Task<byte[]> SqliteAsync(bool isEmpty) => (isEmpty ? s_empty : s_started).Value;

    /// <summary>Starts a server for the first time, and stops it when all that it makes then is there.</summary>
    public static async Task StartOnceAsync(Engine empty)
    {
        await using var server = await TestServer.StartAsync(empty);
        await server.Get<KeyRing>().PrepareAsync(DateTimeOffset.UtcNow, default);
    }

    public static async Task MigrateAsync(Engine bare)
    {
        await using var database = bare.Open();
        await database.MigrateAsync(default);
    }

    private static async Task<byte[]> MakeSqliteAsync(bool isEmpty)
    {
        await using var engine = new EmptySqlite(MasterKey);
        await engine.CreateAsync(isBare: true);
        await (isEmpty ? MigrateAsync(engine) : StartOnceAsync(engine));
        await engine.ExecuteAsync("PRAGMA wal_checkpoint(TRUNCATE)");
        return await File.ReadAllBytesAsync(engine.Path);
    }
}
