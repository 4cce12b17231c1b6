using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;

namespace Yaopai.Server.Accounts;

/// <summary>
/// The geographic calling codes of ITU-T E.164 and the regions that use them. Beside ISO 3166-1 the regions are <c>AC</c> and <c>TA</c>,
/// which it reserves for Ascension and Tristan da Cunha, and <c>XK</c>, which everybody uses for Kosovo. <c>379</c> (Vatican) and
/// <c>997</c> (Kazakhstan) are assigned but not in use; both places are reached by the code they share.
/// </summary>
internal static class CallingCodes
{
    // E.164 §6.1: a country code has one to three digits.
    private const int LongestCode = 3;

    private static readonly FrozenDictionary<string, CallingCode> ByCode;
    private static readonly FrozenDictionary<string, string> ByRegion;

    static CallingCodes()
    {
        All = [.. EmbeddedTable.Rows("CallingCodes.tsv").Select(row => new CallingCode(row[0], row[1].Split(',')))];
        ByCode = All.ToFrozenDictionary(code => code.Code);

        var byRegion = new Dictionary<string, string>();
        foreach (var (code, regions) in All)
            foreach (var region in regions)
                byRegion.TryAdd(region, code); // the smaller of two codes is the one in use

        ByRegion = byRegion.ToFrozenDictionary();
    }

    /// <summary>In the order of the numbers.</summary>
    public static IReadOnlyList<CallingCode> All { get; }

    /// <summary>The main region first; empty for a code that is no geographic calling code.</summary>
    public static IReadOnlyList<string> RegionsOf(string callingCode) => ByCode.TryGetValue(callingCode, out var code) ? code.Regions : [];

    /// <summary>The calling code in use in the region.</summary>
    public static bool TryOfRegion(string region, [NotNullWhen(true)] out string? callingCode) =>
        ByRegion.TryGetValue(region, out callingCode);

    /// <summary>Parts digits that begin with a calling code; nothing may be left for the national number.</summary>
    public static bool TrySplit(string e164Digits, [NotNullWhen(true)] out string? callingCode, [NotNullWhen(true)] out string? national)
    {
        for (var length = Math.Min(LongestCode, e164Digits.Length); length > 0; length--)
        {
            if (ByCode.TryGetValue(e164Digits[..length], out var known))
            {
                callingCode = known.Code;
                national = e164Digits[length..];
                return true;
            }
        }

        callingCode = national = null;
        return false;
    }
}
