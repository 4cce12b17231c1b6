using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace Yaopai.Server.Storage.Postgres;

/// <summary>Writes <c>IN @list</c> with one parameter that is an array, so that lists of any length are one statement.</summary>
internal static partial class PostgresLists
{
    private static readonly ConcurrentDictionary<string, string> s_translated = new();

    public static string Translate(string sql) =>
        sql.Contains(" IN @", StringComparison.Ordinal) ? s_translated.GetOrAdd(sql, static sql => List.Replace(sql, " = ANY ($1)")) : sql;

    [GeneratedRegex(@" IN (@\w+)")]
    private static partial Regex List { get; }
}
