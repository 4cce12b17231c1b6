using Npgsql;
using Yaopai.Server.Storage.Engine;
using Yaopai.Server.Storage.Postgres;
using Yaopai.Server.Storage.Sqlite;

namespace Yaopai.Server.Storage.Hot;

/// <summary>
/// Adds to a number that is there, and answers what it was right after that. Null when there is none that can take it. On PostgreSQL each
/// number is changed once, by all that the group adds to it; each caller is answered the number after its own part, as if the group had
/// been added one by one.
/// </summary>
/// <remarks>Numbers are locked in one order, so that two nodes whose groups overlap cannot deadlock.</remarks>
internal sealed class IncrementHash : HotWrite<HashIncrement, long?>
{
    private const string Update =
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

    private const string UpdateAll =
        """
        WITH asked AS MATERIALIZED (
            SELECT n, asked.app_id, type.id AS type_id, hash_key, total, least, most,
                   CASE WHEN property_name = '' THEN 0 ELSE property.id END AS property_id
              FROM unnest(@apps, @types, @keys, @properties, @totals, @leasts, @mosts) WITH ORDINALITY
                   AS asked (app_id, type_name, hash_key, property_name, total, least, most, n)
              JOIN data_type type ON type.app_id = asked.app_id AND type.name = type_name
              LEFT JOIN data_property property
                ON property.app_id = asked.app_id AND property.type_id = type.id AND property.name = property_name
        ),
        held AS MATERIALIZED (
            SELECT n, total, app_id, type_id, hash_key, property_id
              FROM asked JOIN data_hash hash USING (app_id, type_id, hash_key, property_id)
             WHERE number BETWEEN least AND most
             ORDER BY n
               FOR UPDATE OF hash
        )
        UPDATE data_hash hash
           SET number = hash.number + held.total
          FROM held
         WHERE hash.app_id = held.app_id AND hash.type_id = held.type_id AND hash.hash_key = held.hash_key
           AND hash.property_id = held.property_id
        RETURNING held.n, hash.number
        """;

    public override long? Write(SqlitePrepared connection, HashIncrement row, DateTimeOffset now) => (long?)connection.Scalar(
        Update,
        ("@AppId", row.AppId),
        ("@Type", row.Type),
        ("@Key", row.Key),
        ("@Property", row.Property),
        ("@By", row.By),
        ("@Least", row.Least),
        ("@Most", row.Most));

    public override async Task<bool> RunAsync(
        NpgsqlDataSource pool, IReadOnlyList<PendingRow<HashIncrement, long?>> group, DateTimeOffset now, CancellationToken ct)
    {
        var sums = group
            .GroupBy(waiting => waiting.Row with { By = 0 })
            .OrderBy(same => same.Key.AppId)
            .ThenBy(same => same.Key.Type, StringComparer.Ordinal)
            .ThenBy(same => same.Key.Key, StringComparer.Ordinal)
            .ThenBy(same => same.Key.Property, StringComparer.Ordinal)
            .Select(same => new IncrementSum(same))
            .ToArray();

        await using var command = pool.CreateCommand(UpdateAll);
        command.AddColumn("apps", sums, sum => sum.Address.AppId);
        command.AddColumn("types", sums, sum => sum.Address.Type);
        command.AddColumn("keys", sums, sum => sum.Address.Key);
        command.AddColumn("properties", sums, sum => sum.Address.Property);
        command.AddColumn("totals", sums, sum => sum.Total);
        command.AddColumn("leasts", sums, sum => sum.Least);
        command.AddColumn("mosts", sums, sum => sum.Most);

        var after = new long?[sums.Length];
        await using (var reader = await command.ExecuteReaderAsync(ct))
        {
            while (await reader.ReadAsync(ct))
                after[(int)reader.GetInt64(0) - 1] = reader.GetInt64(1);
        }

        // The statement is committed when its reader is closed.
        for (var i = 0; i < sums.Length; i++)
            sums[i].Answer(after[i]);
        return true;
    }
}
