using Npgsql;

namespace Yaopai.Server.Storage.Postgres;

/// <summary>Parameters that are arrays: the rows of a group, column by column.</summary>
internal static class PostgresColumns
{
    public static void AddColumn<TRow, TValue>(
        this NpgsqlCommand command, string name, IReadOnlyList<TRow> rows, Func<TRow, TValue> valueOf)
    {
        var values = new TValue[rows.Count];
        for (var i = 0; i < values.Length; i++)
            values[i] = valueOf(rows[i]);
        command.Parameters.Add(new NpgsqlParameter<TValue[]>(name, values));
    }
}
