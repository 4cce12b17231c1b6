using System.Diagnostics;
using Yaopai.Server.Admin;
using Yaopai.Server.Storage.Sqlite;
using Yaopai.Tests.Storage;
using E = Yaopai.Errors.OperatorErrors;

namespace Yaopai.Tests.Admin.Causes;

internal static class CausesInStorage
{
    private static readonly (string, string) s_impatient = ("YAOPAI_Storage__Timeout", "00:00:00.3");

    public static IReadOnlyList<Cause> All { get; } =
    [
        new(E.Storage.DatabaseUnreachable, 1, UnreachableAsync),
        new(E.Storage.DatabaseSilent,      1, SilentAsync),
        new(E.Storage.DatabaseBusy,        1, BusyAsync),
        new(E.Storage.DatabaseFailed,      1, MisspeltAsync),
        new(E.Storage.SchemaNewer,         1, SchemaNewerAsync),
        new(E.Storage.IdsTaken,            1,
            _ => SaidByAsync(() => NewIds.AddAsync(NewIds.App, (_, _) => Task.FromResult(false), default))),
        new(E.Storage.DatabaseReadOnly,    1, scene => scene.ServeAsync("--Storage:Database=sqlite:/proc/x/yaopai.db")),
        new(E.Storage.SessionsShared,      1, SessionsSharedAsync),
        new(E.Storage.BackupPresent,       1, scene => scene.Operator.RunAsync("backup", scene.Write("copy.db", ""))),
        new(E.Storage.BackupElsewhere,     1, BackupElsewhereAsync),
        new(E.Storage.FileShared,          0, FileSharedAsync),
        new(E.Keys.MasterKeyMissing,       1, scene => WithMasterKeyAsync(scene, File.Delete)),
        new(E.Keys.MasterKeyExposed,       1, scene => WithMasterKeyAsync(scene, Expose)),
        new(E.Keys.MasterKeyMalformed,     1, scene => WithMasterKeyAsync(scene, file => File.WriteAllText(file, "no key"))),
        new(E.Keys.MasterKeyForeign,       1,
            scene => WithMasterKeyAsync(scene, file => File.WriteAllText(file, Convert.ToBase64String(new byte[32])))),
        new(E.Keys.KeyUnopened,            1, KeyUnopenedAsync),
    ];

    private static Task<Operator.Heard> ListAsync(Scene scene, string database) =>
        Operator.OfflineAsync("app", "list", "--database", database, "--data", scene.Data);

    private static async Task<Operator.Heard> MisspeltAsync(Scene scene) =>
        await ListAsync(scene, $"postgres:{await (await PostgresServer.SharedAsync()).CreateDatabaseAsync()}_misspelt");

    private static async Task<Operator.Heard> UnreachableAsync(Scene scene)
    {
        using var away = new Closed();
        return await ListAsync(scene, away.Database);
    }

    private static async Task<Operator.Heard> SessionsSharedAsync(Scene scene)
    {
        var server = await PostgresServer.SharedAsync();
        var database = await server.CreateDatabaseAsync(PostgresServer.Template);
        using var pooler = await Pooler.StartAsync(server);
        return await scene.ServeAsync($"--Storage:Database=postgres:{pooler.Before(database)}");
    }

    private static async Task<Operator.Heard> BackupElsewhereAsync(Scene scene) => await Operator.OfflineAsync(
        "backup", Path.Combine(scene.Folder, "copy.db"), "--data", scene.Data,
        "--database", $"postgres:{await (await PostgresServer.SharedAsync()).CreateDatabaseAsync(PostgresServer.Template)}");

    private static async Task<Operator.Heard> SilentAsync(Scene scene)
    {
        using var silent = new Closed().Listening();
        return await scene.RunAsync([s_impatient], ["app", "list", "--database", silent.Database, "--data", scene.Data]);
    }

    private static async Task<Operator.Heard> BusyAsync(Scene scene)
    {
        await using var busy = await scene.Engine.BlockWritesAsync();
        return await scene.RunAsync([("YAOPAI_Storage__StartTimeout", "00:00:01")], ["app", "list", .. scene.Where]);
    }

    private static async Task<Operator.Heard> SchemaNewerAsync(Scene scene)
    {
        await scene.Engine.ExecuteAsync("INSERT INTO schema_version (version, name, applied_at) VALUES (9999, 'future', 0)");
        return await ListAsync(scene, scene.Engine.Location);
    }

    /// <summary>It serves all the same, and its log has the error.</summary>
    private static async Task<Operator.Heard> FileSharedAsync(Scene scene)
    {
        using var first = new SqliteFile(scene.Engine.Location["sqlite:".Length..]);
        Assert.True(first.TryClaim());
        var said = new List<string>();
        var heard = await scene.RunAsync(
            [("YAOPAI_MASTER_KEY", scene.Engine.MasterKey)],
            ["serve", "--urls=http://127.0.0.1:0", .. scene.Where],
            (process, line) =>
            {
                if (said.Count > 0 || line.Contains(E.Storage.FileShared.Code, StringComparison.Ordinal))
                    said.Add(line.Trim());
                if (!line.Contains("Application started", StringComparison.Ordinal))
                    return;
                using var kill = Process.Start("kill", ["-TERM", $"{process.Id}"]);
                kill.WaitForExit();
            });
        Assert.Equal("", heard.Error);
        return heard with { Error = string.Join('\n', said.Take(2)) + "\n" };
    }

    private static async Task<Operator.Heard> WithMasterKeyAsync(Scene scene, Action<string> spoil)
    {
        Assert.Equal(0, (await scene.Operator.RunAsync("keys", "list")).ExitCode);
        spoil(scene.MasterKeyFile);
        return await scene.Operator.RunAsync("keys", "list");
    }

    /// <summary>Failures are counted under hashes that the identifier key makes, and nothing stands in for that one.</summary>
    private static async Task<Operator.Heard> KeyUnopenedAsync(Scene scene)
    {
        var user = Operator.Id(await scene.Operator.NewUserAsync());
        Assert.Equal(0, (await scene.Operator.RunAsync("user", "unlock", user)).ExitCode);
        await scene.Engine.ExecuteAsync("UPDATE stored_key SET wrapped = zeroblob(61) WHERE slot = 'installation'");
        return await scene.Operator.RunAsync("user", "unlock", user);
    }

    private static void Expose(string file)
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(file, File.GetUnixFileMode(file) | UnixFileMode.OtherRead);
    }

    /// <summary>A store with no free id is too large to make; this one says that it is full.</summary>
    private static async Task<Operator.Heard> SaidByAsync(Func<Task> act)
    {
        var refusal = await Assert.ThrowsAsync<CommandException>(act);
        return new(refusal.ExitCode, "", $"{refusal.Complaint}\n");
    }
}
