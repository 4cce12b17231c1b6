using System.Data.Common;
using System.Reflection;
using Dapper;

namespace Yaopai.Server.Storage.Engine;

/// <summary>One numbered SQL file, <c>0001_initial.sql</c> onwards; its number and name are the same for both engines.</summary>
internal sealed record Migration(long Version, string Name, string Sql)
{
    /// <param name="engine">The folder: <c>Sqlite</c> or <c>Postgres</c>.</param>
    public static IReadOnlyList<Migration> Of(string engine)
    {
        var assembly = Assembly.GetExecutingAssembly();
        return
        [
            .. from path in assembly.GetManifestResourceNames()
               let parts = path.Split('/', '\\')
               where parts is ["Storage", _, _] && parts[1] == engine
               let name = Path.GetFileNameWithoutExtension(parts[2])
               orderby name
               select new Migration(long.Parse(name[..4]), name[5..], Read(assembly, path)),
        ];
    }

    private static string Read(Assembly assembly, string path)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(path)!);
        return reader.ReadToEnd();
    }
}

/// <summary>Applies what a database lacks. The caller holds the engine's lock and commits.</summary>
internal static class Migrations
{
    public static async Task ApplyAsync(
        DbConnection connection, DbTransaction? transaction, IReadOnlyList<Migration> migrations, DateTimeOffset now, CancellationToken ct)
    {
        await RunAsync(
            """
            CREATE TABLE IF NOT EXISTS schema_version (
                version    BIGINT NOT NULL PRIMARY KEY,
                name       TEXT   NOT NULL,
                applied_at BIGINT NOT NULL
            )
            """);

        var applied = (await connection.QueryAsync<long>(
            new CommandDefinition("SELECT version FROM schema_version", transaction: transaction, cancellationToken: ct))).ToHashSet();
        var known = migrations[^1].Version;
        if (applied.Any(version => version > known))
        {
            throw new UnusableDatabaseException(
                DatabaseFault.SchemaNewer, $"The database has schema version {applied.Max()}, this program knows versions up to {known}.");
        }

        // By number and not from the last one on: a number may have been left free, and taken later.
        foreach (var migration in migrations.Where(migration => !applied.Contains(migration.Version)))
        {
            await RunAsync(migration.Sql);
            await RunAsync(
                """
                INSERT INTO schema_version (version, name, applied_at)
                VALUES (@Version, @Name, @appliedAt)
                """, new { migration.Version, migration.Name, appliedAt = now.ToMilliseconds() });
        }

        Task RunAsync(string sql, object? parameters = null) => connection.ExecuteAsync(
            new CommandDefinition(sql, parameters, transaction, commandTimeout: 0, cancellationToken: ct));
    }
}
