using Yaopai.Server.Accounts;

namespace Yaopai.Tests.Accounts;

public sealed class NewPhoneNumberTests
{
    [Theory]
    [InlineData("+86 111 3600 0008", null, "86", "11136000008", "CN")]
    [InlineData("+8611136000008", "CN", "86", "11136000008", "CN")]
    [InlineData("008611136000008", "", "86", "11136000008", "CN")]
    [InlineData("11136000008", "CN", "86", "11136000008", "CN")]
    [InlineData("0085261234567", null, "852", "61234567", "HK")]
    [InlineData("+8526123-4567", null, "852", "61234567", "HK")]
    [InlineData("6123 4567", "HK", "852", "61234567", "HK")]
    [InlineData("0079871234560", null, "7", "9871234560", "RU")]
    [InlineData("+7 701 234 56 78", null, "7", "7012345678", "KZ")]
    [InlineData("+7 701 234 56 78", "RU", "7", "7012345678", "RU")]
    [InlineData("7012345678", "KZ", "7", "7012345678", "KZ")]
    [InlineData("+1 (212) 555-0100", null, "1", "2125550100", "US")]
    [InlineData("+1.416.555.0100", null, "1", "4165550100", "CA")]
    [InlineData("+1 787 555 0100", null, "1", "7875550100", "PR")]
    [InlineData("+1 416 555 0100", "US", "1", "4165550100", "US")]
    [InlineData("(+44) 1534 123456", null, "44", "1534123456", "JE")]
    [InlineData("+39 06 1234567", null, "39", "061234567", "IT")]
    [InlineData(" +886\t912\u00a0345 678 ", null, "886", "912345678", "TW")]
    [InlineData("+290 22345", null, "290", "22345", "SH")]
    [InlineData("+881 612345678", null, "881", "612345678", "001")]
    // One line, as it is dialled at home and from abroad, and as an input method leaves it.
    [InlineData("+86013912345678", null, "86", "13912345678", "CN")]
    [InlineData("013912345678", "CN", "86", "13912345678", "CN")]
    [InlineData("１３９１２３４５６７８", "CN", "86", "13912345678", "CN")]
    [InlineData("＋86 139 1234 5678", null, "86", "13912345678", "CN")]
    [InlineData("００８６　１３９－１２３４－５６７８", null, "86", "13912345678", "CN")]
    [InlineData("（＋４４）　１５３４． 123456", null, "44", "1534123456", "JE")]
    [InlineData("６１２３ 4567", "HK", "852", "61234567", "HK")]
    [InlineData("+44 (0)20 7946 0958", null, "44", "2079460958", "GB")]
    [InlineData("020 7946 0958", "GB", "44", "2079460958", "GB")]
    [InlineData("11110004958", "CN", "86", "11110004958", "CN")] // not Germany, dialled through a carrier
    [InlineData("8 (987) 123-45-60", "RU", "7", "9871234560", "RU")]
    [InlineData("+49 1234567890123", null, "49", "1234567890123", "DE")]
    public void A_typed_number_says_calling_code_national_number_and_region(
        string text, string? region, string callingCode, string national, string expectedRegion)
    {
        Assert.True(NewPhoneNumber.TryParse(text, region, out var number, out var fault));
        Assert.Equal((callingCode, national, expectedRegion), (number.CallingCode, number.National, number.Region));
        Assert.Equal(PhoneNumberFault.None, fault);
    }

    [Fact]
    public void A_number_that_was_stored_as_typed_before_is_still_that_number()
    {
        Assert.True(NewPhoneNumber.TryParse("+86 (0)139 1234 5678", null, out var number, out _));

        Assert.Equal(["13912345678", "013912345678"], number.Nationals);
        Assert.True(number.Is(new PhoneNumber(1, "86", "013912345678", "CN", IsBound: true, VerifiedAt: null)));
        Assert.False(number.Is(new PhoneNumber(1, "852", "13912345678", "HK", IsBound: true, VerifiedAt: null)));
    }

    [Theory]
    [InlineData("", null, nameof(PhoneNumberFault.Missing))]
    [InlineData(" (-) ", "CN", nameof(PhoneNumberFault.Missing))]
    [InlineData("+86 111 3600 000x", null, nameof(PhoneNumberFault.CharacterUnexpected))]
    [InlineData("+86/11136000008", null, nameof(PhoneNumberFault.CharacterUnexpected))]
    [InlineData("++8611136000008", null, nameof(PhoneNumberFault.CharacterUnexpected))]
    [InlineData("86+11136000008", null, nameof(PhoneNumberFault.CharacterUnexpected))]
    [InlineData("11136000008", null, nameof(PhoneNumberFault.CallingCodeMissing))]
    [InlineData("85261234567", "", nameof(PhoneNumberFault.CallingCodeMissing))]
    [InlineData("01085261234567", null, nameof(PhoneNumberFault.CallingCodeMissing))]
    [InlineData("+", null, nameof(PhoneNumberFault.TooShort))]
    [InlineData("00", "CN", nameof(PhoneNumberFault.TooShort))]
    [InlineData("+008611136000008", null, nameof(PhoneNumberFault.CallingCodeUnknown))]
    [InlineData("+86٣٦٠٠٠٠", null, nameof(PhoneNumberFault.TooShort))]
    [InlineData("+999 1234 5678", null, nameof(PhoneNumberFault.CallingCodeUnknown))]
    [InlineData("+8611136000008", "ZZ", nameof(PhoneNumberFault.RegionUnknown))]
    [InlineData("11136000008", "cn", nameof(PhoneNumberFault.RegionUnknown))]
    [InlineData("+8611136000008", "HK", nameof(PhoneNumberFault.RegionOfAnotherCallingCode))]
    [InlineData("0085261234567", "CN", nameof(PhoneNumberFault.RegionOfAnotherCallingCode))]
    [InlineData("+86", null, nameof(PhoneNumberFault.TooShort))]
    [InlineData("+86 111", null, nameof(PhoneNumberFault.TooShort))]
    [InlineData("111", "CN", nameof(PhoneNumberFault.TooShort))]
    [InlineData("+49 12345678901234", null, nameof(PhoneNumberFault.TooLong))]
    [InlineData("12345678901234", "DE", nameof(PhoneNumberFault.TooLong))]
    [InlineData("+8612345678901234", null, nameof(PhoneNumberFault.TooLong))] // not a carrier's number and another behind it
    public void Any_other_text_says_what_is_wrong(string text, string? region, string expected)
    {
        Assert.False(NewPhoneNumber.TryParse(text, region, out var number, out var fault));
        Assert.Null(number);
        Assert.Equal(Enum.Parse<PhoneNumberFault>(expected), fault);
    }

    [Fact]
    public void Every_region_can_be_chosen_with_an_example_of_its_numbers() => Assert.All(CallingCodes.All, it =>
    {
        Assert.True(NewPhoneNumber.TryParse($"+{it.Code}{it.Example}", it.Region, out var number, out var fault), $"{it} {fault}");
        Assert.Equal((it.Code, it.Example, it.Region), (number.CallingCode, number.National, number.Region));
    });

    [Theory]
    [InlineData("86", "CN", true)]
    [InlineData("852", "HK", false)]
    [InlineData("853", "MO", false)]
    [InlineData("886", "TW", false)]
    [InlineData("86", "HK", false)]
    [InlineData("7", "RU", false)]
    public void A_mainland_number_has_86_and_the_region_CN(string callingCode, string region, bool mainland) =>
        Assert.Equal(mainland, new PhoneNumber(1, callingCode, "11136000008", region, IsBound: true, VerifiedAt: null).IsMainland);
}
