using Yaopai.Server.Accounts;

namespace Yaopai.Tests.Accounts;

public sealed class CallingCodesTests
{
    private const string Iso3166 =
        """
        AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD CF CG CH
        CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN
        GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI
        LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM
        PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD
        TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW
        """;

    /// <summary>E.164 zone by zone; what is missing here has no country: spare, or a service or network of the whole world.</summary>
    private static readonly (int First, string Assigned)[] Zones =
    [
        (1, "1"),
        (2, "20 211 212 213 216 218 220-258 260-269 27 290 291 297 298 299"),
        (3, "30-34 36 39 350-359 370-383 385 386 387 389"),
        (4, "40 41 43-49 420 421 423"),
        (5, "51-58 500-509 590-599"),
        (6, "60-66 670 672-683 685-692"),
        (7, "7"),
        (8, "81 82 84 86 850 852 853 855 856 880 886"),
        (9, "90-95 98 960-968 970-977 992-998"),
    ];

    private static IEnumerable<string> RegionsOfAll => CallingCodes.All.SelectMany(code => code.Regions);

    [Fact]
    public void Every_zone_has_exactly_its_assigned_codes() => Assert.All(Zones, zone => Assert.Equal(
        zone.Assigned.Split(' ').SelectMany(Expanded).Order(StringComparer.Ordinal),
        CallingCodes.All.Select(code => code.Code).Where(code => code[0] - '0' == zone.First).Order(StringComparer.Ordinal)));

    [Fact]
    public void Every_code_has_one_to_three_digits_and_no_zero_in_front() =>
        Assert.All(CallingCodes.All, code => Assert.Matches("^[1-9][0-9]{0,2}$", code.Code));

    [Fact]
    public void No_code_begins_another() => Assert.DoesNotContain(
        from one in CallingCodes.All
        from other in CallingCodes.All
        where one != other && other.Code.StartsWith(one.Code, StringComparison.Ordinal)
        select (one.Code, other.Code), _ => true);

    [Fact]
    public void Codes_are_in_the_order_of_the_numbers() =>
        Assert.Equal(CallingCodes.All.OrderBy(code => int.Parse(code.Code)), CallingCodes.All);

    [Fact]
    public void Every_region_is_two_upper_case_letters() => Assert.All(RegionsOfAll, region => Assert.Matches("^[A-Z]{2}$", region));

    [Fact]
    public void Every_region_of_ISO_3166_1_is_there_and_only_Ascension_Tristan_da_Cunha_and_Kosovo_beside_it()
    {
        var iso = Iso3166.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(249, iso.Length);
        Assert.Equal(iso.Concat(["AC", "TA", "XK"]).Order(StringComparer.Ordinal), RegionsOfAll.Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Only_Vatican_and_Kazakhstan_have_two_codes() => Assert.Equal(
        ["KZ", "VA"],
        RegionsOfAll.CountBy(region => region).Where(codes => codes.Value > 1).Select(codes => codes.Key).Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("CN", "86")]
    [InlineData("HK", "852")]
    [InlineData("MO", "853")]
    [InlineData("TW", "886")]
    [InlineData("CA", "1")]
    [InlineData("KZ", "7")]
    [InlineData("VA", "39")]
    public void A_region_knows_its_code_in_use(string region, string callingCode)
    {
        Assert.True(CallingCodes.TryOfRegion(region, out var found));
        Assert.Equal(callingCode, found);
    }

    [Theory]
    [InlineData("1", "US")]
    [InlineData("7", "RU")]
    [InlineData("39", "IT")]
    [InlineData("44", "GB")]
    [InlineData("47", "NO")]
    [InlineData("61", "AU")]
    [InlineData("64", "NZ")]
    [InlineData("212", "MA")]
    [InlineData("262", "RE")]
    [InlineData("290", "SH")]
    [InlineData("358", "FI")]
    [InlineData("500", "FK")]
    [InlineData("590", "GP")]
    [InlineData("599", "CW")]
    [InlineData("672", "NF")]
    public void A_shared_code_names_its_main_region_first(string callingCode, string region)
    {
        Assert.True(CallingCodes.RegionsOf(callingCode).Count > 1);
        Assert.Equal(region, CallingCodes.RegionsOf(callingCode)[0]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("999")]
    [InlineData("800")]
    public void What_is_no_geographic_code_has_no_regions(string callingCode) => Assert.Empty(CallingCodes.RegionsOf(callingCode));

    [Theory]
    [InlineData("8611136000008", "86", "11136000008")]
    [InlineData("85261234567", "852", "61234567")]
    [InlineData("79871234560", "7", "9871234560")]
    [InlineData("39066982", "39", "066982")]
    [InlineData("86", "86", "")]
    public void Digits_part_behind_the_calling_code(string digits, string callingCode, string national)
    {
        Assert.True(CallingCodes.TrySplit(digits, out var code, out var rest));
        Assert.Equal((callingCode, national), (code, rest));
    }

    [Fact]
    public void Digits_part_behind_every_calling_code() => Assert.All(CallingCodes.All, code =>
    {
        Assert.True(CallingCodes.TrySplit(code.Code + "0123456", out var callingCode, out var national));
        Assert.Equal((code.Code, "0123456"), (callingCode, national));
    });

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("85")]
    [InlineData("80012345678")]
    [InlineData("88212345678")]
    [InlineData("99912345678")]
    public void Digits_without_a_geographic_calling_code_do_not_part(string digits) =>
        Assert.False(CallingCodes.TrySplit(digits, out _, out _));

    private static IEnumerable<string> Expanded(string range) =>
        range.Split('-').Select(int.Parse).ToArray() is [var first, var last]
            ? Enumerable.Range(first, last - first + 1).Select(code => $"{code}")
            : [range];
}
