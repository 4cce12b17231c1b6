using System.Collections.Frozen;

namespace Yaopai.Server.Accounts;

/// <summary>
/// Tells the regions of a shared calling code apart by how the national number begins. Only ranges that belong to one region as a whole
/// are listed; any other number counts as the main region's.
/// </summary>
internal static class NumberRanges
{
    private static readonly FrozenDictionary<string, (string Prefix, string Region)[]> ByCallingCode = EmbeddedTable
        .Rows("NumberRanges.tsv")
        .SelectMany(row => row[2].Split(',').Select(prefix => (CallingCode: row[0], Prefix: prefix, Region: row[1])))
        .GroupBy(range => range.CallingCode)
        .ToFrozenDictionary(code => code.Key, code => code.Select(range => (range.Prefix, range.Region)).ToArray());

    public static IEnumerable<(string CallingCode, string Prefix, string Region)> All =>
        ByCallingCode.SelectMany(code => code.Value.Select(range => (code.Key, range.Prefix, range.Region)));

    public static string? RegionOf(string callingCode, string national) =>
        ByCallingCode.TryGetValue(callingCode, out var ranges)
            ? ranges.FirstOrDefault(range => national.StartsWith(range.Prefix, StringComparison.Ordinal)).Region
            : null;
}
