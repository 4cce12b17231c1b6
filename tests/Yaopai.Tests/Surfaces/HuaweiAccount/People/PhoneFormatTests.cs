using Yaopai.Server.Accounts;
using Yaopai.Server.Surfaces.HuaweiAccount.People;
using Yaopai.Tests.Accounts;

namespace Yaopai.Tests.Surfaces.HuaweiAccount.People;

/// <summary>
/// 当账号注册地为中国境内（不包含中国香港、中国澳门、中国台湾）且绑定手机号为中国境内（不包含中国香港、中国澳门、中国台湾）手机号码时，
/// 省略国际冠码与国际电话区号，直接返回手机号码。其它情况则遵循格式：国际冠码(统一使用00) + 国际电话区号 + 手机号码。
/// </summary>
public sealed class PhoneFormatTests
{
    public static TheoryData<string, string> EveryCallingCodeAndRegion
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var (code, region, _) in CallingCodes.All)
                data.Add(code, region);

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(EveryCallingCodeAndRegion))]
    public void A_mainland_account_writes_a_mainland_number_bare_and_any_other_with_00(string callingCode, string region)
    {
        var mobile = callingCode == "86" ? "61234567" : $"00{callingCode}61234567";

        AssertWritten(AccountOf("CN"), Number(callingCode, "61234567", region), mobile, "61234567", $"00{callingCode}");
    }

    [Theory]
    [MemberData(nameof(EveryCallingCodeAndRegion))]
    public void A_mainland_number_is_bare_in_a_mainland_account_only(string callingCode, string region)
    {
        var mobile = callingCode == "86" ? "11136000008" : "008611136000008";

        AssertWritten(AccountOf(region), Number("86", "11136000008", "CN"), mobile, "11136000008", "0086");
    }

    [Theory]
    [InlineData("CN", "86", "11136000008", "CN", "11136000008", "0086")]
    [InlineData("CN", "852", "61234567", "HK", "0085261234567", "00852")]
    [InlineData("CN", "853", "61234567", "MO", "0085361234567", "00853")]
    [InlineData("CN", "886", "912345678", "TW", "00886912345678", "00886")]
    [InlineData("CN", "7", "9871234560", "RU", "0079871234560", "007")]
    [InlineData("HK", "86", "11136000008", "CN", "008611136000008", "0086")]
    [InlineData("MO", "86", "11136000008", "CN", "008611136000008", "0086")]
    [InlineData("TW", "86", "11136000008", "CN", "008611136000008", "0086")]
    [InlineData("HK", "852", "61234567", "HK", "0085261234567", "00852")]
    [InlineData("RU", "7", "9871234560", "RU", "0079871234560", "007")]
    [InlineData("IT", "39", "061234567", "IT", "0039061234567", "0039")]
    public void The_documented_examples_and_their_neighbours_are_written_so(
        string account, string callingCode, string national, string region, string mobile, string countryCode) =>
        AssertWritten(AccountOf(account), Number(callingCode, national, region), mobile, national, countryCode);

    [Fact]
    public void Of_all_accounts_and_numbers_only_mainland_with_mainland_is_bare()
    {
        var regions = CallingCodes.All.Select(code => code.Region).Distinct();
        var numbers = CallingCodes.All.Select(code => Number(code.Code, "61234567", code.Region)).ToList();

        var bare = from region in regions
                   let account = AccountOf(region)
                   from number in numbers
                   where !PhoneFormat.Mobile(account, number).StartsWith("00", StringComparison.Ordinal)
                   select (region, number.CallingCode, number.Region);

        Assert.Equal([("CN", "86", "CN")], bare);
    }

    private static void AssertWritten(
        Account account, PhoneNumber phone, string mobileNumber, string purePhoneNumber, string phoneCountryCode)
    {
        Assert.Equal(mobileNumber, PhoneFormat.Mobile(account, phone));
        Assert.Equal(purePhoneNumber, PhoneFormat.Pure(phone));
        Assert.Equal(phoneCountryCode, PhoneFormat.CountryCode(phone));
    }

    private static PhoneNumber Number(string callingCode, string national, string region) =>
        new(1, callingCode, national, region, IsBound: true, VerifiedAt: null);

    private static Account AccountOf(string region) => new()
    {
        Id = 1,
        Name = "lin",
        PasswordHash = "",
        Region = region,
        CreatedAt = DateTimeOffset.UnixEpoch,
    };
}
