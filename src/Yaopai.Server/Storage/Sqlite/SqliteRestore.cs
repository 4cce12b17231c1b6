using Microsoft.Data.Sqlite;

namespace Yaopai.Server.Storage.Sqlite;

/// <summary>Takes over what a copy of the database has.</summary>
internal static class SqliteRestore
{
    // Keys serve on, as tokens that were made with them are told apart by when they were made;
    // what other parts of the program hear of changes by goes on, too; and so do admin keys and what was done with them.
    private const string Tables =
        """
        SELECT name
          FROM main.sqlite_master
         WHERE type = 'table' AND name NOT LIKE 'sqlite_%'
           AND name NOT IN ('schema_version', 'stored_key', 'change_feed', 'write_probe', 'void_span',
                          'admin_key', 'audit_log', 'audit_head', 'audit_intent', 'admin_answer')
         ORDER BY name
        """;

    private const string Differences =
        """
        SELECT COUNT(*)
          FROM (SELECT version FROM main.schema_version EXCEPT SELECT version FROM copy.schema_version
                UNION ALL
                SELECT version FROM copy.schema_version EXCEPT SELECT version FROM main.schema_version)
        """;

    /// <summary>False where the copy is of another version of the schema.</summary>
    public static bool TryRun(SqliteConnection connection, string path)
    {
        Execute(connection, "ATTACH @path AS copy", path);
        try
        {
            Execute(connection, "BEGIN IMMEDIATE");
            if (List(connection, Differences) is not ["0"])
            {
                Execute(connection, "ROLLBACK");
                return false;
            }

            foreach (var table in List(connection, Tables))
            {
                Execute(connection, "DELETE FROM main." + table);
                Execute(connection, "INSERT INTO main." + table + " SELECT * FROM copy." + table);
            }

            Execute(connection, "COMMIT");
            return true;
        }
        finally
        {
            Execute(connection, "DETACH copy");
        }
    }

    private static void Execute(SqliteConnection connection, string sql, string? path = null)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        if (path is not null)
            command.Parameters.AddWithValue("@path", path);
        command.ExecuteNonQuery();
    }

    private static List<string> List(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
            rows.Add(reader.GetString(0));
        return rows;
    }
}
