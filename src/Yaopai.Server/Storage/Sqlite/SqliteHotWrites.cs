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

    public static bool TryUseCode(SqliteWriteConnection connection, UsedCode code)
    {
        var command = connection.Prepared(Use, "@AppId", "@CodeId", "@Bucket");
        command.Parameters[0].Value = code.AppId;
        command.Parameters[1].Value = RevocationRow.BlobOf(code.CodeId);
        command.Parameters[2].Value = Bucket.Of(code.KeepUntil);
        return command.ExecuteNonQuery() == 1;
    }

    public static bool AddRevocation(SqliteWriteConnection connection, Revocation revocation, DateTimeOffset now)
    {
        var row = RevocationRow.Of(revocation, now);
        var command = connection.Prepared(
            RevocationRow.Put, "@AppId", "@AccountId", "@PairId", "@BeforeAt", "@RecordedAt", "@Bucket");
        command.Parameters[0].Value = row.AppId;
        command.Parameters[1].Value = row.AccountId;
        command.Parameters[2].Value = row.PairId;
        command.Parameters[3].Value = row.BeforeAt;
        command.Parameters[4].Value = row.RecordedAt;
        command.Parameters[5].Value = row.Bucket;
        return command.ExecuteNonQuery() == 1;
    }
}
