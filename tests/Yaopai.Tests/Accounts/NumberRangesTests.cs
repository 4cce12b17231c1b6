using Yaopai.Server.Accounts;

namespace Yaopai.Tests.Accounts;

public sealed class NumberRangesTests
{
    [Fact]
    public void Every_range_is_digits_of_a_lesser_region_of_its_calling_code() => Assert.All(NumberRanges.All, range =>
    {
        Assert.Matches("^[0-9]+$", range.Prefix);
        Assert.Contains(range.Region, CallingCodes.RegionsOf(range.CallingCode).Skip(1));
    });

    [Fact]
    public void No_range_lies_in_another_of_its_calling_code() => Assert.DoesNotContain(
        from one in NumberRanges.All.Index()
        from other in NumberRanges.All.Index()
        where one.Index != other.Index && one.Item.CallingCode == other.Item.CallingCode
            && other.Item.Prefix.StartsWith(one.Item.Prefix, StringComparison.Ordinal)
        select (one.Item, other.Item), _ => true);

    [Fact]
    public void An_area_code_of_North_America_has_three_digits_and_begins_with_two_or_more() =>
        Assert.All(NumberRanges.All.Where(range => range.CallingCode is "1"), range => Assert.Matches("^[2-9][0-8][0-9]$", range.Prefix));

    [Fact]
    public void Every_region_of_North_America_but_the_main_and_the_minor_islands_has_an_area_code() => Assert.Equal(
        CallingCodes.RegionsOf("1").Except(["US", "UM"]).Order(StringComparer.Ordinal),
        NumberRanges.All.Where(range => range.CallingCode is "1").Select(range => range.Region).Distinct().Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("1", "4165550100", "CA")]
    [InlineData("1", "8765550100", "JM")]
    [InlineData("7", "7012345678", "KZ")]
    [InlineData("44", "1534123456", "JE")]
    [InlineData("39", "0669812345", "VA")]
    public void A_number_in_a_range_is_of_its_region(string callingCode, string national, string region) =>
        Assert.Equal(region, NumberRanges.RegionOf(callingCode, national));

    [Theory]
    [InlineData("1", "2125550100")]
    [InlineData("1", "41")]
    [InlineData("7", "9871234560")]
    [InlineData("86", "11136000008")]
    public void A_number_in_no_range_is_left_to_the_main_region(string callingCode, string national) =>
        Assert.Null(NumberRanges.RegionOf(callingCode, national));
}
