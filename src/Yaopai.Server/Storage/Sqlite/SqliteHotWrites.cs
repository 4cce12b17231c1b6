using Microsoft.Data.Sqlite;
using Yaopai.Server.Credentials;
using Yaopai.Server.Storage.Engine;
using Yaopai.Server.Storage.Sql.Credentials;

namespace Yaopai.Server.Storage.Sqlite;

/// <summary>The hot writes, as commands that stay prepared.</summary>
internal static class SqliteHotWrites
{
    private const string Use =
        """
        INSERT INTO used_code (app_id, code_id, bucket)
        VALUES (@AppId, @CodeId, @Bucket)
        ON CONFLICT DO NOTHING
        """;

    private const string Increment =
        """
        UPDATE data_hash
           SET number = number + @By
         WHERE app_id = @AppId
           AND type_id = (SELECT id FROM data_type WHERE app_id = @AppId AND name = @Type)
           AND hash_key = @Key
           AND property_id = CASE WHEN @Property = '' THEN 0 ELSE (
                   SELECT property.id
                     FROM data_type type JOIN data_property property ON property.app_id = type.app_id AND property.type_id = type.id
                    WHERE type.app_id = @AppId AND type.name = @Type AND property.name = @Property) END
           AND number BETWEEN @Least AND @Most
        RETURNING number
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
            ("@GrantId", row.GrantId),
            ("@BeforeAt", row.BeforeAt),
            ("@RecordedAt", row.RecordedAt),
            ("@Bucket", row.Bucket));
    }

    public static long? TryIncrement(SqlitePrepared connection, HashIncrement increment) => (long?)Bind(
        connection.Prepared(Increment),
        ("@AppId", increment.AppId),
        ("@Type", increment.Type),
        ("@Key", increment.Key),
        ("@Property", increment.Property),
        ("@By", increment.By),
        ("@Least", increment.Least),
        ("@Most", increment.Most)).ExecuteScalar();

    private static bool Run(SqliteCommand command, params ReadOnlySpan<(string Name, object Value)> parameters) =>
        Bind(command, parameters).ExecuteNonQuery() == 1;

    private static SqliteCommand Bind(SqliteCommand command, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        for (var i = 0; i < parameters.Length; i++)
        {
            if (command.Parameters.Count == i)
                command.Parameters.Add(new SqliteParameter { ParameterName = parameters[i].Name });
            command.Parameters[i].Value = parameters[i].Value;
        }

        return command;
    }
}
