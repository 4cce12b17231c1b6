using PhoneNumbers;

namespace Yaopai.Tests.Accounts;

/// <summary>Every region that has numbers, with its calling code and a number of its own.</summary>
internal static class CallingCodes
{
    public static IReadOnlyList<(string Code, string Region, string Example)> All { get; } =
    [
        .. from region in PhoneNumberUtil.GetInstance().GetSupportedRegions()
           let example = PhoneNumberUtil.GetInstance().GetExampleNumber(region)
           orderby example.CountryCode, region
           select ($"{example.CountryCode}", region, PhoneNumberUtil.GetInstance().GetNationalSignificantNumber(example)),
    ];
}
