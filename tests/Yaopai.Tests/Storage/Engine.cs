using Microsoft.Data.Sqlite;
using Npgsql;
using Yaopai.Server.Storage;
using Yaopai.Server.Storage.Engine;
using Yaopai.Server.Storage.Postgres;
using Yaopai.Server.Storage.Sqlite;
using Yaopai.Server.Stores;

namespace Yaopai.Tests.Storage;

/// <summary>An empty database of one engine, for the tests of one class.</summary>
public abstract class Engine : IAsyncLifetime
{
    private Database? _database;

    internal Database Database => _database ?? throw new InvalidOperationException("Not initialised.");

    /// <summary>Where the database is, as in the setting.</summary>
    internal abstract string Location { get; }

    /// <summary>For servers over this database: all of them open what one of them wrapped.</summary>
    internal string MasterKey { get; } = Http.TestServer.NewMasterKey();

    public async Task InitializeAsync()
    {
        _database = Open();
        await _database.MigrateAsync(default);
    }

    public virtual async Task DisposeAsync()
    {
        if (_database is not null)
            await _database.DisposeAsync();
    }

    /// <summary>Another node on the same database.</summary>
    internal Database Open(Action<StorageOptions>? configure = null, IStorageSeam? seam = null, TimeProvider? clock = null)
    {
        // Timeout that a busy machine does not exhaust; tests about time-outs set their own.
        var options = new StorageOptions { Database = Location, Timeout = TimeSpan.FromSeconds(30) };
        configure?.Invoke(options);
        return Open(options, clock ?? TimeProvider.System, seam);
    }

    /// <summary>Keeps other writers out until disposed.</summary>
    internal abstract Task<IAsyncDisposable> BlockWritesAsync();

    /// <summary>Keeps other writers of an app's data out until disposed.</summary>
    internal abstract Task<IAsyncDisposable> BlockDataOfAsync(long appId);

    internal abstract Task ExecuteAsync(string sql);

    private protected abstract Database Open(StorageOptions options, TimeProvider clock, IStorageSeam? seam);
}

public sealed class OnSqlite : Engine
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"yaopai-sqlite-{Guid.NewGuid():n}");

    internal override string Location => $"sqlite:{Path.Combine(_folder, "yaopai.db")}";

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    internal override async Task<IAsyncDisposable> BlockWritesAsync()
    {
        var connection = await ConnectAsync();
        await RunAsync(connection, "BEGIN EXCLUSIVE");
        return connection;
    }

    // SQLite has one writer, whoever it writes for.
    internal override async Task<IAsyncDisposable> BlockDataOfAsync(long appId)
    {
        var connection = await ConnectAsync();
        await RunAsync(connection, "BEGIN IMMEDIATE");
        return connection;
    }

    internal override async Task ExecuteAsync(string sql)
    {
        await using var connection = await ConnectAsync();
        await RunAsync(connection, sql);
    }

    private protected override Database Open(StorageOptions options, TimeProvider clock, IStorageSeam? seam) =>
        new SqliteDatabase(options, clock, seam);

    private async Task<SqliteConnection> ConnectAsync()
    {
        var connection = new SqliteConnection($"Data Source={Location["sqlite:".Length..]};Pooling=false");
        await connection.OpenAsync();
        return connection;
    }

    private static async Task RunAsync(SqliteConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }
}

public sealed class OnPostgres : Engine
{
    private readonly Lazy<string> _location;

    /// <summary>In the PostgreSQL that all tests share.</summary>
    public OnPostgres() : this(() => PostgresServer.Shared)
    {
    }

    /// <summary>In one that the test may stop.</summary>
    internal OnPostgres(PostgresServer server) : this(() => server)
    {
    }

    private OnPostgres(Func<PostgresServer> server) => _location = new(() => $"postgres:{server().CreateDatabase()}");

    internal override string Location => _location.Value;

    internal override async Task<IAsyncDisposable> BlockWritesAsync()
    {
        var connection = await ConnectAsync();
        await RunAsync(connection, "BEGIN; LOCK TABLE used_code, revocation, consent, stored_key IN ACCESS EXCLUSIVE MODE");
        return connection;
    }

    internal override async Task<IAsyncDisposable> BlockDataOfAsync(long appId)
    {
        var connection = await ConnectAsync();
        await RunAsync(connection, $"BEGIN; SELECT objects FROM data_usage WHERE app_id = {appId} FOR UPDATE");
        return connection;
    }

    internal override async Task ExecuteAsync(string sql)
    {
        await using var connection = await ConnectAsync();
        await RunAsync(connection, sql);
    }

    private protected override Database Open(StorageOptions options, TimeProvider clock, IStorageSeam? seam) =>
        new PostgresDatabase(options, clock, seam);

    private async Task<NpgsqlConnection> ConnectAsync()
    {
        var connection = new NpgsqlConnection(Location["postgres:".Length..] + ";Pooling=false");
        await connection.OpenAsync();
        return connection;
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
