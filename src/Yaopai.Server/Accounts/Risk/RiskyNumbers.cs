using System.Collections.Frozen;

namespace Yaopai.Server.Accounts.Risk;

/// <summary>Ranges of numbers that are had without being known to anybody:
/// over the internet, or of operators that own no network.</summary>
internal static class RiskyNumbers
{
    private static readonly FrozenDictionary<string, string[]> s_prefixes = EmbeddedTable
        .Rows("Risk.RiskyNumbers.tsv")
        .GroupBy(row => row[0])
        .ToFrozenDictionary(code => code.Key, code => code.SelectMany(row => row[2].Split(',')).ToArray());

    public static IEnumerable<(string CallingCode, string Prefix)> All =>
        s_prefixes.SelectMany(code => code.Value.Select(prefix => (code.Key, prefix)));

    public static bool Contain(PhoneNumber phone) =>
        s_prefixes.TryGetValue(phone.CallingCode, out var prefixes)
        && prefixes.Any(prefix => phone.National.StartsWith(prefix, StringComparison.Ordinal));
}
