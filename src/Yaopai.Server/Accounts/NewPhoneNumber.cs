using System.Diagnostics.CodeAnalysis;

namespace Yaopai.Server.Accounts;

/// <summary>A number as a person typed it, not yet of any account.</summary>
internal sealed record NewPhoneNumber(string CallingCode, string National, string Region)
{
    private const int LongestInAll = 15; // E.164 §6.1
    private const int ShortestNational = 4;

    /// <param name="text">With plus or 00 and the calling code, or, when the region is given, the national number alone.</param>
    /// <param name="region">ISO 3166-1 alpha-2; absent or empty lets the number say it.</param>
    public static bool TryParse(string text, string? region, [NotNullWhen(true)] out NewPhoneNumber? number, out PhoneNumberFault fault)
    {
        fault = Parse(text, region is "" ? null : region, out number);
        return number is not null;
    }

    private static PhoneNumberFault Parse(string text, string? region, out NewPhoneNumber? number)
    {
        number = null;
        var spaceless = string.Concat(text.Where(c => !char.IsWhiteSpace(c)));
        var typed = string.Concat(spaceless.Where(c => c is not ('-' or '.' or '(' or ')')));
        if (typed is "")
            return PhoneNumberFault.Missing;
        if (!typed.Skip(typed[0] is '+' ? 1 : 0).All(char.IsAsciiDigit))
            return PhoneNumberFault.CharacterUnexpected;

        string? codeOfRegion = null;
        if (region is not null && !CallingCodes.TryOfRegion(region, out codeOfRegion))
            return PhoneNumberFault.RegionUnknown;

        string? callingCode, national;
        if (International(typed) is { } digits)
        {
            if (!CallingCodes.TrySplit(digits, out callingCode, out national))
                return PhoneNumberFault.CallingCodeUnknown;
            if (region is not null && !CallingCodes.RegionsOf(callingCode).Contains(region))
                return PhoneNumberFault.RegionOfAnotherCallingCode;
            if (spaceless.Contains("(0)", StringComparison.Ordinal))
                return PhoneNumberFault.ZeroAmbiguous;
        }
        else
        {
            if (codeOfRegion is null)
                return PhoneNumberFault.CallingCodeMissing;
            if (typed[0] is '0')
                return PhoneNumberFault.ZeroAmbiguous;

            (callingCode, national) = (codeOfRegion, typed);
        }

        if (national.Length < ShortestNational)
            return PhoneNumberFault.TooShort;
        if (callingCode.Length + national.Length > LongestInAll)
            return PhoneNumberFault.TooLong;

        region ??= NumberRanges.RegionOf(callingCode, national) ?? CallingCodes.RegionsOf(callingCode)[0];
        number = new(callingCode, national, region);
        return PhoneNumberFault.None;
    }

    /// <summary>The calling code and what follows, or null when the text does not begin with a calling code.</summary>
    private static string? International(string typed) =>
        typed[0] is '+' ? typed[1..] : typed.StartsWith("00", StringComparison.Ordinal) ? typed[2..] : null;
}
