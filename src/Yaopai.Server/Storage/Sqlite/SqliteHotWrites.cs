using Microsoft.Data.Sqlite;
using Yaopai.Server.Grants;
using Yaopai.Server.Storage.Sql;

namespace Yaopai.Server.Storage.Sqlite;

/// <summary>The two hot writes, as commands that stay prepared.</summary>
internal static class SqliteHotWrites
{
    private const string Use =
        """
        INSERT INTO used_code (app_id, code_id, bucket)
        VALUES (@AppId, @CodeId, @Bucket)
        ON CONFLICT DO NOTHING
        """;

    public static bool TryUseCode(SqlitePrepared connection, UsedCode code) => Run(
        connection.Prepared(Use),
        ("@AppId", code.AppId),
        ("@CodeId", RevocationRow.BlobOf(code.CodeId)),
        ("@Bucket", Bucket.Of(code.KeepUntil)));

    public static bool AddRevocation(SqlitePrepared connection, Revocation revocation, DateTimeOffset now)
    {
        var row = RevocationRow.Of(revocation, now);
        return Run(
            connection.Prepared(RevocationRow.Put),
            ("@AppId", row.AppId),
            ("@AccountId", row.AccountId),
            ("@PairId", row.PairId),
            ("@BeforeAt", row.BeforeAt),
            ("@RecordedAt", row.RecordedAt),
            ("@Bucket", row.Bucket));
    }

    private static bool Run(SqliteCommand command, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        for (var i = 0; i < parameters.Length; i++)
        {
            if (command.Parameters.Count == i)
                command.Parameters.Add(new SqliteParameter { ParameterName = parameters[i].Name });
            command.Parameters[i].Value = parameters[i].Value;
        }

        return command.ExecuteNonQuery() == 1;
    }
}
