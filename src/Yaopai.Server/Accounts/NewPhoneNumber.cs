using System.Diagnostics.CodeAnalysis;
using PhoneNumbers;

namespace Yaopai.Server.Accounts;

/// <summary>A number as a person typed it, not yet of any account. One line has one spelling, whatever was typed.</summary>
/// <remarks>What is possible is taken and not only what is in use: ranges open faster than tables of them are installed.</remarks>
internal sealed record NewPhoneNumber(string CallingCode, string National, string Region)
{
    /// <summary>What the number may be stored as: itself, or digit for digit as typed, as numbers once were.</summary>
    public IReadOnlyList<string> Nationals { get; private init; } = [National];

    private const int LongestInAll = 15; // E.164 §6.1
    private const int LongestTrunkPrefix = 2; // 0 nearly everywhere, 8 in Russia, 06 in Hungary

    /// <summary>The region of a calling code that belongs to none: satellites, for instance (UN M.49).</summary>
    private const string World = "001";

    private static PhoneNumberUtil Library => PhoneNumberUtil.GetInstance(); // made when it is first asked for, as its tables are

    /// <param name="text">With plus or 00 and the calling code, or, when the region is given, as it is dialled there.</param>
    /// <param name="region">ISO 3166-1 alpha-2; absent or empty lets the number say it.</param>
    public static bool TryParse(string text, string? region, [NotNullWhen(true)] out NewPhoneNumber? number, out PhoneNumberFault fault)
    {
        fault = Parse(text, region is "" ? null : region, out number);
        return number is not null;
    }

    /// <summary>Whether the text begins with a plus or 00, after which a calling code comes.</summary>
    public static bool IsInternational(string text) =>
        HalfWidth.Of(text).TrimStart() is ['+', ..] or ['0', '0', ..];

    public bool Is(PhoneNumber phone) => phone.CallingCode == CallingCode && Nationals.Contains(phone.National);

    private static PhoneNumberFault Parse(string text, string? region, out NewPhoneNumber? number)
    {
        number = null;
        var typed = string.Concat(HalfWidth.Of(text).Where(c => !char.IsWhiteSpace(c) && c is not ('-' or '.' or '(' or ')')));
        if (typed is "")
            return PhoneNumberFault.Missing;
        if (!typed.Skip(typed[0] is '+' ? 1 : 0).All(char.IsDigit))
            return PhoneNumberFault.CharacterUnexpected;
        if (region is not null && !Library.GetSupportedRegions().Contains(region))
            return PhoneNumberFault.RegionUnknown;

        var international = International(typed);
        if (international is null && region is null)
            return PhoneNumberFault.CallingCodeMissing;

        // With its calling code before it: the library would take 1111000… of the mainland for a way to dial abroad.
        international ??= $"+{Library.GetCountryCodeForRegion(region)}{typed}";
        if (!TryRead(international, out var read, out var unread))
            return unread;

        var callingCode = $"{read.CountryCode}";
        var national = Library.GetNationalSignificantNumber(read);
        if (region is not null && !Library.GetRegionCodesForCountryCode(read.CountryCode).Contains(region))
            return PhoneNumberFault.RegionOfAnotherCallingCode;
        // What the library takes away beyond that is a carrier's number to it: here it is a number with digits too many.
        var dialled = PhoneNumberUtil.NormalizeDigitsOnly(international)[callingCode.Length..];
        if (callingCode.Length + national.Length > LongestInAll || dialled.Length - national.Length > LongestTrunkPrefix)
            return PhoneNumberFault.TooLong;

        var fault = Library.IsPossibleNumberWithReason(read) switch
        {
            PhoneNumberUtil.ValidationResult.IS_POSSIBLE => PhoneNumberFault.None,
            PhoneNumberUtil.ValidationResult.TOO_LONG => PhoneNumberFault.TooLong,
            _ => PhoneNumberFault.TooShort, // also of a length between those in use, or good within one town alone
        };
        if (fault is PhoneNumberFault.None)
        {
            number = new(callingCode, national, region ?? RegionOf(read))
            {
                Nationals = dialled == national ? [national] : [national, dialled],
            };
        }

        return fault;
    }

    /// <summary>With a plus; null when the text does not begin with a calling code.</summary>
    private static string? International(string typed) =>
        typed[0] is '+' ? typed : typed.StartsWith("00", StringComparison.Ordinal) ? $"+{typed[2..]}" : null;

    private static bool TryRead(string text, [NotNullWhen(true)] out PhoneNumbers.PhoneNumber? read, out PhoneNumberFault fault)
    {
        (read, fault) = (null, PhoneNumberFault.None);
        try
        {
            read = Library.Parse(text, defaultRegion: null);
        }
        catch (NumberParseException exception)
        {
            fault = exception.ErrorType switch
            {
                ErrorType.INVALID_COUNTRY_CODE => PhoneNumberFault.CallingCodeUnknown,
                ErrorType.TOO_LONG => PhoneNumberFault.TooLong,
                _ => PhoneNumberFault.TooShort,
            };
        }

        return read is not null;
    }

    /// <summary>Of a number that is in no range in use, the main region of its calling code.</summary>
    private static string RegionOf(PhoneNumbers.PhoneNumber read) =>
        Library.GetRegionCodeForNumber(read) ?? Library.GetRegionCodeForCountryCode(read.CountryCode) ?? World;
}
