using System.Text.Json;
using Yaopai.Server.Admin;
using Yaopai.Server.Keys;
using Yaopai.Server.Storage.Sql.Keys;
using Yaopai.Tests.Storage;

namespace Yaopai.Tests.Admin;

/// <summary>Types commands, and reads what they answer.</summary>
internal sealed class Operator(string database, string dataFolder)
{
    public static async Task<Heard> TypeAsync(string typed, string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var exitCode = await CommandLine.RunAsync(args, new Terminal(new StringReader(typed), output, error));
        return new(exitCode, output.ToString(), error.ToString());
    }

    public static Task<Heard> OfflineAsync(params string[] args) => TypeAsync("", args);

    public Task<Heard> RunAsync(params string[] args) => TypeAsync("", [.. args, .. Where]);

    public Task<Heard> RunTypingAsync(string typed, params string[] args) => TypeAsync(typed, [.. args, .. Where]);

    /// <summary>Runs what has to succeed, and gives its answer.</summary>
    public async Task<JsonElement> AskAsync(params string[] args)
    {
        var heard = await RunAsync([.. args, "--json"]);
        Assert.True(heard.ExitCode == 0, heard.Error);
        return JsonDocument.Parse(heard.Output).RootElement;
    }

    public async Task<string> NewDeveloperAsync() => Id(await AskAsync("developer", "create", "--name", "Owner"));

    public async Task<JsonElement> NewAppAsync(params string[] options) =>
        await AskAsync(["app", "create", "--name", "App", "--developer", await NewDeveloperAsync(), .. options]);

    public Task<JsonElement> NewUserAsync(params string[] options) =>
        AskAsync(["user", "create", "--name", $"name-{Guid.NewGuid():n}", "--region", "CN", .. options]);

    public Task<JsonElement> NewTenantAsync(params string[] options) =>
        AskAsync(["tenant", "create", "--name", "公司", "--name-en", "Company", "--domain", $"d{Guid.NewGuid():n}", .. options]);

    public static string TenantId(JsonElement tenant) => tenant.GetProperty("id").GetString()!;

    public static string Id(JsonElement thing) =>
        (thing.TryGetProperty("client_id", out var id) ? id : thing.GetProperty("id")).ToString();

    private string[] Where => ["--database", database, "--data", dataFolder];

    internal sealed record Heard(int ExitCode, string Output, string Error)
    {
        public string[] Lines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}

/// <summary>An operator, and an empty database at hand whose keys are the operator's, for the tests of one class.</summary>
public abstract class Desk(Engine engine) : IAsyncLifetime
{
    private readonly string _dataFolder = Path.Combine(Path.GetTempPath(), $"yaopai-data-{Guid.NewGuid():n}");

    internal Operator Operator => new(engine.Location, _dataFolder);

    internal Engine Engine => engine;

    /// <summary>The installation's keys, as a node has them.</summary>
    internal async Task<KeyRing> KeysAsync()
    {
        var ring = new KeyRing(new SqlKeyStore(engine.Database), new MasterKeySource(new KeyOptions(), _dataFolder), TimeProvider.System);
        await ring.LoadAsync(default);
        return ring;
    }

    public ValueTask InitializeAsync() => engine.InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        await engine.DisposeAsync();
        if (Directory.Exists(_dataFolder))
            Directory.Delete(_dataFolder, recursive: true);
    }
}

public sealed class SqliteDesk() : Desk(new EmptySqlite());

public sealed class PostgresDesk() : Desk(new EmptyPostgres());
