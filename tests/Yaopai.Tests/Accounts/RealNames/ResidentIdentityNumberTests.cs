using FsCheck;
using FsCheck.Fluent;
using Yaopai.Server.Accounts.RealNames;

namespace Yaopai.Tests.Accounts.RealNames;

public sealed class ResidentIdentityNumberTests
{
    private static readonly DateTimeOffset s_now = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Numbers that are sound: a region, a day that was, a sequence, and the character that follows from them.</summary>
    private static Arbitrary<string> Sound => Arb.From(
        from province in Gen.Elements(Provinces.Codes)
        from district in Gen.Choose(0, 9999)
        from day in Gen.Choose(0, (int)(s_now - new DateTimeOffset(1850, 1, 1, 0, 0, 0, TimeSpan.Zero)).TotalDays)
        from sequence in Gen.Choose(0, 999)
        let digits = $"{province}{district:0000}{new DateOnly(1850, 1, 1).AddDays(day):yyyyMMdd}{sequence:000}"
        select digits + ResidentIdentityNumber.CheckCharacterOf(digits));

    // The two examples of GB 11643-1999.
    [Theory]
    [InlineData("11010519491231002X", "北京", "1949-12-31")]
    [InlineData("11010519491231002x", "北京", "1949-12-31")]
    [InlineData("440524188001010014", "广东", "1880-01-01")]
    public void The_examples_of_the_standard_are_sound(string text, string province, string birth)
    {
        Assert.True(ResidentIdentityNumber.TryParse(text, s_now, out var number, out var fault));
        Assert.Equal((text.ToUpperInvariant(), province, DateOnly.Parse(birth), IdentityNumberFault.None),
            (number.Text, number.Province, number.Birth, fault));
    }

    [Theory]
    [InlineData("", (int)IdentityNumberFault.Malformed)]
    [InlineData("11010519491231002", (int)IdentityNumberFault.Malformed)]
    [InlineData("11010519491231002XX", (int)IdentityNumberFault.Malformed)]
    [InlineData("110105491231002", (int)IdentityNumberFault.Malformed)] // fifteen digits, as before 1999
    [InlineData("1101051949123100XX", (int)IdentityNumberFault.Malformed)]
    [InlineData("11010519491231002Y", (int)IdentityNumberFault.Malformed)]
    [InlineData("１１０１０５１９４９１２３１００２X", (int)IdentityNumberFault.Malformed)]
    [InlineData("11010519491231002Ｘ", (int)IdentityNumberFault.Malformed)]
    [InlineData(" 1010519491231002X", (int)IdentityNumberFault.Malformed)]
    [InlineData("-10105194912310021", (int)IdentityNumberFault.Malformed)]
    [InlineData("01010519491231002X", (int)IdentityNumberFault.RegionUnknown)]
    [InlineData("990105194912310021", (int)IdentityNumberFault.RegionUnknown)]
    [InlineData("110105194902300021", (int)IdentityNumberFault.BirthDateImpossible)]
    [InlineData("110105190002290021", (int)IdentityNumberFault.BirthDateImpossible)] // 1900 was no leap year
    [InlineData("110105194913010021", (int)IdentityNumberFault.BirthDateImpossible)]
    [InlineData("110105000001010021", (int)IdentityNumberFault.BirthDateImpossible)]
    [InlineData("110105202611220021", (int)IdentityNumberFault.BirthDateInFuture)]
    [InlineData("110105194912310021", (int)IdentityNumberFault.CheckCharacterWrong)]
    public void Each_fault_has_its_name(string text, int expected)
    {
        Assert.False(ResidentIdentityNumber.TryParse(text, s_now, out var number, out var fault));
        Assert.Null(number);
        Assert.Equal((IdentityNumberFault)expected, fault);
    }

    [Theory]
    [InlineData("2026-11-20T15:59:59Z", false)]
    [InlineData("2026-11-20T16:00:00Z", true)] // midnight in China
    public void A_birth_is_no_later_than_today_in_China(string now, bool sound)
    {
        var digits = "11010520261121001";

        Assert.Equal(sound, ResidentIdentityNumber.TryParse(
            digits + ResidentIdentityNumber.CheckCharacterOf(digits), DateTimeOffset.Parse(now), out _, out _));
    }

    [Fact]
    public void Whatever_is_made_by_the_rules_is_sound_and_keeps_its_parts() => Check(Sound, text =>
        ResidentIdentityNumber.TryParse(text, s_now, out var number, out _)
        && number.Text == text && number.Birth.ToString("yyyyMMdd") == text[6..14] && number.Province == Provinces.NameOf(text[..2]));

    [Fact]
    public void One_wrong_digit_is_always_noticed() => Check(Arb.From(
        from text in Sound.Generator
        from at in Gen.Choose(0, 16)
        from other in Gen.Choose(1, 9)
        select $"{text[..at]}{(char)('0' + ((text[at] - '0' + other) % 10))}{text[(at + 1)..]}"), IsUnsound);

    [Fact]
    public void Two_neighbours_that_changed_places_are_always_noticed() => Check(Arb.From(
        from text in Sound.Generator
        from at in Gen.Choose(0, 15)
        where text[at] != text[at + 1]
        select $"{text[..at]}{text[at + 1]}{text[at]}{text[(at + 2)..]}"), IsUnsound);

    [Fact]
    public void Of_eleven_check_characters_one_fits() => Check(
        Sound, text => "0123456789X".Count(last => ResidentIdentityNumber.TryParse(text[..17] + last, s_now, out _, out _)) == 1);

    [Fact]
    public void Any_text_at_all_is_read_without_an_exception() => Check(
        ArbMap.Default.ArbFor<string>(),
        text => !ResidentIdentityNumber.TryParse(text ?? "", s_now, out _, out var fault) && fault is not IdentityNumberFault.None);

    [Fact]
    public void It_does_not_write_itself_into_logs()
    {
        ResidentIdentityNumber.TryParse("11010519491231002X", s_now, out var number, out _);

        Assert.DoesNotContain("1949", $"{number}", StringComparison.Ordinal);
    }

    private static bool IsUnsound(string text) => !ResidentIdentityNumber.TryParse(text, s_now, out _, out _);

    private static void Check(Arbitrary<string> texts, Func<string, bool> holds) =>
        Prop.ForAll(texts, holds).Check(Config.QuickThrowOnFailure.WithMaxTest(500).WithReplay(20261121, 7));
}
