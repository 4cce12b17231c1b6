using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Yaopai.Server.Accounts.RealNames;

internal enum IdentityNumberFault
{
    None,

    /// <summary>Not 17 digits and a digit or X.</summary>
    Malformed,

    RegionUnknown,

    BirthDateImpossible,

    BirthDateInFuture,

    CheckCharacterWrong,
}

/// <summary>A citizen's identity number, GB 11643-1999: address code (6), birth date (8), sequence (3), check character.</summary>
/// <param name="Text">With an upper-case X.</param>
internal sealed record ResidentIdentityNumber(string Text, string Province, DateOnly Birth)
{
    public const int Length = 18;

    private const string CheckCharacters = "10X98765432";

    private static readonly int[] s_weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

    /// <summary>Dates of birth are dates in China.</summary>
    private static readonly TimeSpan s_zone = TimeSpan.FromHours(8);

    public static bool TryParse(
        string text, DateTimeOffset now, [NotNullWhen(true)] out ResidentIdentityNumber? number, out IdentityNumberFault fault)
    {
        fault = Parse(text, DateOnly.FromDateTime(now.ToOffset(s_zone).DateTime), out number);
        return number is not null;
    }

    /// <summary>ISO 7064, MOD 11-2, of the first 17 digits.</summary>
    public static char CheckCharacterOf(ReadOnlySpan<char> digits)
    {
        var sum = 0;
        for (var i = 0; i < s_weights.Length; i++)
            sum += (digits[i] - '0') * s_weights[i];

        return CheckCharacters[sum % 11];
    }

    // Whatever writes records into logs finds no person in this one.
    public override string ToString() => nameof(ResidentIdentityNumber);

    private static IdentityNumberFault Parse(string text, DateOnly today, out ResidentIdentityNumber? number)
    {
        number = null;
        if (text.Length != Length || text.AsSpan(0, Length - 1).ContainsAnyExceptInRange('0', '9')
            || !(char.IsAsciiDigit(text[^1]) || text[^1] is 'X' or 'x'))
            return IdentityNumberFault.Malformed;

        if (Provinces.NameOf(text[..2]) is not { } province)
            return IdentityNumberFault.RegionUnknown;

        if (!DateOnly.TryParseExact(text.AsSpan(6, 8), "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var birth))
            return IdentityNumberFault.BirthDateImpossible;

        if (birth > today)
            return IdentityNumberFault.BirthDateInFuture;

        var upper = text.ToUpperInvariant();
        if (CheckCharacterOf(upper) != upper[^1])
            return IdentityNumberFault.CheckCharacterWrong;

        number = new(upper, province, birth);
        return IdentityNumberFault.None;
    }
}
