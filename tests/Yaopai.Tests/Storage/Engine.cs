using Microsoft.Data.Sqlite;
using Npgsql;
using Yaopai.Server.Storage;
using Yaopai.Server.Storage.Engine;
using Yaopai.Server.Storage.Postgres;
using Yaopai.Server.Storage.Sqlite;
using Yaopai.Server.Stores;

namespace Yaopai.Tests.Storage;

/// <summary>A database of one engine for the tests of one class: a copy of the <see cref="Template"/>.</summary>
public abstract class Engine : IAsyncLifetime
{
    private readonly string? _masterKey;

    private Database? _database;

    /// <param name="masterKey">The master key of a database that begins empty; null for one that begins as the template.</param>
    private protected Engine(string? masterKey) => _masterKey = masterKey;

    internal Database Database => _database ?? throw new InvalidOperationException("Not initialised.");

    /// <summary>Where the database is, as in the setting.</summary>
    internal abstract string Location { get; }

    /// <summary>For servers over this database: all of them open what one of them wrapped.</summary>
    internal string MasterKey => _masterKey ?? Template.MasterKey;

    private protected bool IsEmpty => _masterKey is not null;

    /// <summary>The database itself, which nobody has opened yet.</summary>
    /// <param name="isBare">Without a schema, for tests of migrations.</param>
    internal abstract Task CreateAsync(bool isBare = false);

    public async ValueTask InitializeAsync()
    {
        await CreateAsync();
        _database = Open();
        await _database.MigrateAsync(default);
    }

    public virtual async ValueTask DisposeAsync()
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

public class OnSqlite : Engine
{
    private readonly string _folder = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"yaopai-sqlite-{Guid.NewGuid():n}");

    public OnSqlite() : this(masterKey: null)
    {
    }

    private protected OnSqlite(string? masterKey) : base(masterKey)
    {
    }

    internal string Path => System.IO.Path.Combine(_folder, "yaopai.db");

    internal override string Location => $"sqlite:{Path}";

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (Directory.Exists(_folder))
            Directory.Delete(_folder, recursive: true);
    }

    internal override async Task CreateAsync(bool isBare = false)
    {
        if (isBare)
            return; // whoever opens it makes it

        Directory.CreateDirectory(_folder);
        await File.WriteAllBytesAsync(Path, await Template.SqliteAsync(IsEmpty));
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
        var connection = new SqliteConnection($"Data Source={Path};Pooling=false");
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

/// <summary>A database with a schema and nothing in it, for tests of what comes first: first starts, keys and their master key.</summary>
public sealed class EmptySqlite : OnSqlite
{
    public EmptySqlite() : this(Http.TestServer.NewMasterKey())
    {
    }

    internal EmptySqlite(string masterKey) : base(masterKey)
    {
    }
}

public class OnPostgres : Engine
{
    private readonly PostgresServer? _server;

    private string? _location;

    /// <summary>In the PostgreSQL that all tests share.</summary>
    public OnPostgres() : this(server: null)
    {
    }

    /// <summary>In one that the test may stop.</summary>
    internal OnPostgres(PostgresServer? server) : base(masterKey: null) => _server = server;

    /// <param name="masterKey">As of <see cref="Engine"/>.</param>
    /// <param name="location">Of a database that is there already.</param>
    private protected OnPostgres(string masterKey, string? location) : base(masterKey) => _location = location;

    internal override string Location => _location ?? throw new InvalidOperationException("Not created.");

    internal override async Task CreateAsync(bool isBare = false)
    {
        var server = _server ?? await PostgresServer.SharedAsync();
        var template = isBare ? null : IsEmpty ? PostgresServer.EmptyTemplate : PostgresServer.Template;
        _location = $"postgres:{await server.CreateDatabaseAsync(template)}";
    }

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

/// <inheritdoc cref="EmptySqlite"/>
public sealed class EmptyPostgres : OnPostgres
{
    public EmptyPostgres() : this(Http.TestServer.NewMasterKey())
    {
    }

    internal EmptyPostgres(string masterKey, string? location = null) : base(masterKey, location)
    {
    }
}
