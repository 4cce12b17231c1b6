using Npgsql;
using Yaopai.Server.Storage.Engine;

namespace Yaopai.Server.Storage.Postgres;

/// <summary>Increments: a whole group is one statement that changes each number once, by all that the group adds to it.</summary>
/// <remarks>
/// Each caller is answered the number after its own part, as if the group had been added one by one. Numbers are locked in one order,
/// so that two nodes whose groups overlap cannot deadlock.
/// </remarks>
internal static class PostgresIncrements
{
    private const string Update =
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

    public static async Task<bool> AddAsync(
        NpgsqlDataSource pool, IReadOnlyList<PendingRow<HashIncrement, long?>> group, CancellationToken ct)
    {
        var sums = group
            .GroupBy(waiting => waiting.Row with { By = 0 })
            .OrderBy(same => same.Key.AppId)
            .ThenBy(same => same.Key.Type, StringComparer.Ordinal)
            .ThenBy(same => same.Key.Key, StringComparer.Ordinal)
            .ThenBy(same => same.Key.Property, StringComparer.Ordinal)
            .Select(same => new IncrementSum(same))
            .ToArray();

        await using var command = pool.CreateCommand(Update);
        Add(command, "apps", sums, sum => sum.Address.AppId);
        Add(command, "types", sums, sum => sum.Address.Type);
        Add(command, "keys", sums, sum => sum.Address.Key);
        Add(command, "properties", sums, sum => sum.Address.Property);
        Add(command, "totals", sums, sum => sum.Total);
        Add(command, "leasts", sums, sum => sum.Least);
        Add(command, "mosts", sums, sum => sum.Most);

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

    private static void Add<TValue>(NpgsqlCommand command, string name, IncrementSum[] sums, Func<IncrementSum, TValue> column) =>
        command.Parameters.Add(new NpgsqlParameter<TValue[]>(name, Array.ConvertAll(sums, sum => column(sum))));
}
