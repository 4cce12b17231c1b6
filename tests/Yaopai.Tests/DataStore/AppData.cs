using System.Text;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Yaopai.Server.Apps;
using Yaopai.Server.Credentials;
using Yaopai.Server.DataStore;
using Yaopai.Server.Storage.Engine;
using Yaopai.Server.Storage.Sql.Accounts;
using Yaopai.Server.Storage.Sql.DataStore;
using Yaopai.Tests.Storage;

namespace Yaopai.Tests.DataStore;

/// <summary>The data store over one database, and an app of its own.</summary>
internal sealed class AppData
{
    private readonly Database _database;
    private readonly DataLedger _ledger;
    private readonly SqlAccountStore _accounts;

    public AppData(Database database, DataStoreOptions? options = null, long? app = null)
    {
        _database = database;
        _ledger = new(database, Options.Create(options ?? new()));
        _accounts = new(database);
        App = app ?? Samples.NewId();
        Preferences = new(new SqlPreferenceStore(database, _ledger));
        Types = new(new SqlObjectTypeStore(database, _ledger), new SqlPropertyStore(_ledger));
        Objects = new(new SqlObjectStore(database, _ledger));
        Hash = new(new SqlHashStore(database, _ledger));
        Definitions = new(new SqlAssociationDefinitionStore(database, _ledger));
        Associations = new(new SqlAssociationStore(database, _ledger), new WallClock(new FakeTimeProvider(Samples.Noon)));
    }

    public long App { get; }
    public Preferences Preferences { get; }
    public ObjectTypes Types { get; }
    public Objects Objects { get; }
    public HashValues Hash { get; }
    public AssociationDefinitions Definitions { get; }
    public Associations Associations { get; }

    /// <summary>What the server does every minute.</summary>
    public async Task PurgeAsync()
    {
        await new DroppedTypes(_database, _ledger).PurgeAsync(default);
        await new DroppedDefinitions(_database, _ledger).PurgeAsync(default);
    }

    public Task<DataUsage> UsageAsync() => _ledger.FindAsync(App, default);

    /// <summary>What the app stores, counted anew from what is there.</summary>
    public Task<DataUsage> RecountAsync() => _database.ReadAsync(
        async session =>
        {
            long objects = 0, bytes = 0;
            foreach (var sql in s_counted)
            {
                var rows = await session.ListAsync<Row>(sql, new { App });
                objects += rows.Count(row => row.IsObject == 1);
                bytes += rows.Sum(row => Encoding.UTF8.GetByteCount(row.HashKey + row.Text) + (row.Number is null ? 0 : 8) + row.Overhead);
            }

            return new DataUsage(objects, bytes);
        }, default);

    public async Task<long> NewPersonAsync()
    {
        var account = Samples.NewAccount();
        Assert.True(await _accounts.TryAddAsync(account, default));
        return account.Id;
    }

    public Task<bool> DeletePersonAsync(long person) =>
        _accounts.TryDeleteAsync(new Revocation(0, person, Guid.Empty, Samples.Noon, Samples.Noon.AddDays(1)), default);

    /// <summary>A type with a property of each kind.</summary>
    public async Task<AppData> WithTypeAsync(string type = "note")
    {
        Assert.Equal(DataOutcome.Done, await Types.CreateAsync(App, type, default));
        Assert.Equal(DataOutcome.Done, await Types.DefinePropertyAsync(App, type, "count", PropertyKind.Integer, default));
        Assert.Equal(DataOutcome.Done, await Types.DefinePropertyAsync(App, type, "title", PropertyKind.String, default));
        Assert.Equal(DataOutcome.Done, await Types.DefinePropertyAsync(App, type, "body", PropertyKind.Blob, default));
        return this;
    }

    public async Task<long> NewObjectAsync(string type = "note", params (string Name, DataValue? Value)[] properties)
    {
        var created = await Objects.CreateAsync(App, type, Map(properties), default);
        Assert.Equal(DataOutcome.Done, created.Outcome);
        return created.Value;
    }

    public async Task<AppData> WithAssociationAsync(
        string name, AssociationKind kind, string? inverse = null, string? first = null, string? second = null)
    {
        var definition = new AssociationDefinition(name, kind, new(null, first), new(null, second), inverse);
        Assert.Equal(DataOutcome.Done, await Definitions.DefineAsync(App, definition, default));
        return this;
    }

    public Task<DataOutcome> AssociateAsync(string name, long first, long second, string? data = null, DateTimeOffset? time = null) =>
        Associations.SetAsync(App, new(name, first, second), data, time, default);

    public async Task<IEnumerable<long>> AssociatedAsync(string name, long id)
    {
        var found = await Associations.GetAsync(App, name, id, DataPage.First, default);
        Assert.Equal(DataOutcome.Done, found.Outcome);
        return found.Value!.Select(other => other.Id);
    }

    public static Dictionary<string, DataValue?> Map(params (string Name, DataValue? Value)[] properties) =>
        properties.ToDictionary(property => property.Name, property => property.Value);

    private static readonly string[] s_counted =
    [
        "SELECT 1 AS is_object, value AS text FROM data_preference WHERE app_id = @App",
        "SELECT 1 AS is_object FROM data_object WHERE app_id = @App",
        "SELECT 0 AS is_object, number, text, 32 AS overhead FROM data_value WHERE app_id = @App",
        "SELECT 1 AS is_object, hash_key, number, text, 32 AS overhead FROM data_hash WHERE app_id = @App",
        "SELECT 1 AS is_object, data AS text FROM data_link WHERE app_id = @App",
    ];

    private sealed class Row
    {
        public long IsObject { get; init; }
        public string? HashKey { get; init; }
        public string? Text { get; init; }
        public long? Number { get; init; }
        public long Overhead { get; init; }
    }
}
